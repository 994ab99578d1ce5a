"""The home page's panel: messages that wait to be read."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from messaging.enums import Box
from messaging.lines import box_lines
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


def _unread(request: HttpRequest) -> Mapping[str, Any] | None:
    """The last ones; nothing to read, no panel. A query."""
    person = person_of(request)
    waiting = page(box(person, Box.RECEIVED).filter(read_at__isnull=True), count=SHOWN)
    return {"lines": box_lines(waiting, person)} if waiting else None
