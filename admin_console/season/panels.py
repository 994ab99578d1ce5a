"""The home page's panel of the season, for whoever administers schools: how many points are to be looked at."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from admin_console.access import administers, standpoint
from admin_console.season.telling import points
from core import clock
from feeds.season_scope import BATCH, by_need, is_many, schools_of
from schools.boards import boards
from ui import panels

SHOWN = 3


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="console.season",
            order=4,
            template="admin_console/season/rentree_panel.html",
            predicate=administers,
            context=season,
            later=True,
        )
    )


def season(request: HttpRequest) -> Mapping[str, Any] | None:
    """In its months, the schools with the most to look at; nothing of several districts, which their page tells."""
    me = standpoint(request)
    if is_many(me):
        return None
    schools = list(schools_of(me)[: BATCH + 1])
    if not schools or len(schools) > BATCH:
        return None
    found = [board for board in by_need(boards(schools, clock.today())) if board.standing.in_season]
    open_ones = [board for board in found if board.open]
    if not open_ones:
        return None
    number = sum(board.open for board in open_ones)
    return {
        "points": points(number),
        "board": open_ones[0] if len(schools) == 1 else None,
        "lines": [(board, points(board.open)) for board in open_ones[:SHOWN]] if len(schools) > 1 else [],
        "helped": len(open_ones),
        "schools": len(schools),
    }
