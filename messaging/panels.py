"""The home page's panels: messages that wait to be read, and what pupils wrote that waits to be let go."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from messaging.care import messages_to_review
from messaging.enums import Box
from messaging.lines import box_lines, waiting_lines
from messaging.querysets import box, page
from messaging.views.requests import person_of
from ui import panels
from ui.navigation import signed_in

SHOWN = 3


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="messaging.unread",
            order=15,
            template="messaging/panels/unread.html",
            predicate=signed_in,
            context=_unread,
            side=True,
        )
    )
    panels.register(
        panels.Panel(
            key="messaging.reviews",
            order=14,
            template="messaging/panels/to_review.html",
            predicate=lambda request: signed_in(request) and person_of(request).profile == Profile.TEACHER,
            context=_to_review,
            side=True,
        )
    )


def _unread(request: HttpRequest) -> Mapping[str, Any] | None:
    """The last ones; nothing to read, no panel. A query."""
    person = person_of(request)
    waiting = page(box(person, Box.RECEIVED).filter(read_at__isnull=True), count=SHOWN)
    return {"lines": box_lines(waiting, person)} if waiting else None


def _to_review(request: HttpRequest) -> Mapping[str, Any] | None:
    """The first ones that wait for a teacher, or a director; nothing waits, no panel. A query."""
    waiting = messages_to_review(person_of(request), viewer_of(request).standpoint)
    found = list(waiting.defer("body", "words")[: SHOWN + 1])
    if not found:
        return None
    return {"lines": waiting_lines(found[:SHOWN]), "more": len(found) > SHOWN}
