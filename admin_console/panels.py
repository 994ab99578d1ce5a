"""The home page's panel of administrators: their schools in figures and what waits for them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from admin_console import overview
from admin_console.access import administers, standpoint
from directory.querysets.administered import administered_schools
from feeds.querysets import runs_seen_from, runs_to_decide
from ui import panels

SHOWN = 3


def register() -> None:
    """Called by `ready()`."""
    panels.register(
        panels.Panel(
            key="console",
            order=5,
            template="admin_console/panel.html",
            predicate=administers,
            context=administration,
            later=True,
        )
    )


def administration(request: HttpRequest) -> Mapping[str, Any] | None:
    """A few schools in figures; of more, their number: the console tells the rest."""
    me = standpoint(request)
    schools = administered_schools(me)
    few = list(schools[: overview.SMALL + 1])
    if not few:
        return None
    seen = runs_seen_from(standpoint(request))
    small = len(few) <= overview.SMALL
    return {
        "cards": [overview.told(card) for card in overview.cards(few, seen)] if small else [],
        "scope": overview.scope_words(me, few, len(few) if small else schools.count()),
        "decisions": list(runs_to_decide(seen)[:SHOWN]),
    }
