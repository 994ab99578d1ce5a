"""What one's schools say today, at the top of the home page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from schools.querysets import messages_of_day
from ui import panels
from ui.navigation import signed_in


def register() -> None:
    """Called by `ready()`."""
    panels.register(
        panels.Panel(
            key="school.message",
            order=15,
            template="directory/panels/school_message.html",
            predicate=signed_in,
            context=messages,
            top=True,
        )
    )


def messages(request: HttpRequest) -> Mapping[str, Any] | None:
    """The message of each school, for what one is there: of one's own, or of one's children's."""
    viewer = viewer_of(request)
    me = viewer.standpoint
    told = []
    for settings in messages_of_day(viewer.own_schools):
        mine = {me.profile} if settings.school_id in me.schools else set()
        if settings.school_id in me.child_schools:
            mine.add(Profile.RELATIVE)
        if not settings.message_profiles or mine & set(settings.message_profiles):
            told.append(settings)
    return {"messages": told} if told else None
