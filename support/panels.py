"""The home page of whoever helps: what waits for them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.requests import person_of
from directory.annuaire.viewer import viewer_of
from directory.querysets.administrators import ADMINISTER
from support.lines import line_of
from support.querysets import COUNTED, waiting_for
from ui import panels
from ui.navigation import signed_in

SHOWN = 3


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="support.waiting",
            order=13,
            template="support/panels/waiting.html",
            predicate=_may_help,
            context=_waiting,
            side=True,
        )
    )


def _may_help(request: HttpRequest) -> bool:
    return signed_in(request) and person_of(request).profile in ADMINISTER


def _waiting(request: HttpRequest) -> Mapping[str, Any] | None:
    """The ones that wait longest, and how many do; nothing waits, no panel. A query, for administrators alone."""
    me = viewer_of(request).standpoint
    if not me.administers_something:
        return None
    waiting = list(waiting_for(me).order_by("-urgency", "opened_at", "pk")[:COUNTED])
    if not waiting:
        return None
    return {
        "count": len(waiting),
        "many": len(waiting) >= COUNTED,
        "lines": [line_of(me, ticket) for ticket in waiting[:SHOWN]],
    }
