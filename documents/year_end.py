"""« Libérer de l’espace » in the page of the year's end: what is used, and what each step would free."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from documents.enums import Step
from documents.services.space import free_space
from documents.views.requests import person_of
from documents.views.space import told_of
from ui import year_end
from ui.navigation import signed_in
from ui.panels import Panel

ICONS = {Step.MESSAGES: "mail", Step.MESSAGES_TRASH: "trash", Step.FILES: "folder", Step.TRASH: "trash"}


def register() -> None:
    """To be called in `ready()`."""
    year_end.register(
        Panel(
            key="documents.space",
            order=10,
            template="documents/panels/year_end.html",
            predicate=signed_in,
            context=_space,
        )
    )


def _space(request: HttpRequest) -> Mapping[str, Any]:
    told = free_space(person_of(request))
    return {
        "quota": told.quota,
        "steps": [told_of(request, freed) | {"icon": ICONS[freed.step]} for freed in told.steps],
    }
