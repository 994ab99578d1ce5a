"""The home page's panel of the season: what teachers and staff prepare before the year turns."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from core import clock
from rollover.views import prepares
from ui import panels

# From the last weeks of a year to the first of the next: outside them nothing is to be prepared.
SEASON = frozenset({6, 7, 8, 9})


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="rollover",
            order=8,
            template="rollover/panel.html",
            predicate=prepares,
            context=season,
        )
    )


def season(request: HttpRequest) -> Mapping[str, Any] | None:
    """A way to the preview, in its months; what it tells is too much for a first page. No query."""
    month = clock.today().month
    return {"ending": month < 8} if month in SEASON else None
