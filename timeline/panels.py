"""The home page's panel: the last of what is new."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from sharing.reaching import reach_in
from timeline.lines import lines_of
from timeline.querysets import news_of
from ui import applications, panels
from ui.navigation import signed_in

SHOWN = 5


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="timeline",
            order=20,
            template="timeline/panel.html",
            predicate=signed_in,
            context=newest,
            side=True,
        )
    )


def newest(request: HttpRequest) -> Mapping[str, Any] | None:
    """A few lines, but for what a room has its own panel of; nothing where nothing happened."""
    person = viewer_of(request).person
    shut = applications.closed(request)
    news = news_of(person, reach_in(request), count=3 * SHOWN, shut=shut, aside=True)
    lines = lines_of(news, pupil=person.profile == Profile.PUPIL)[:SHOWN]
    return {"lines": lines} if lines else None
