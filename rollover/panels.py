"""The home page's panel of the season: what teachers and staff prepare before the year turns."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from core import clock
from rollover.season import ending, prepares
from ui import panels

# From the last weeks of a year to the first of the next: outside them nothing is to be prepared.
SEASON = frozenset({5, 6, 7, 8, 9})


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
    """A way to the preview, in its months; what it tells is too much for a first page."""
    month = clock.today().month
    return {"ending": ending(request)} if month in SEASON else None
