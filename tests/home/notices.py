"""Notices, for tests: each written by the services that pages call."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.models import SchoolClass
from home.models import Notice
from home.querysets import notices_visible_to
from home.services import notices
from home.services.notices import Words
from sharing.querysets import reach_of
from tests.directory.worlds import SchoolWorld

FAMILIES = (Profile.RELATIVE,)


def words(title: str = "Photo de classe", **given: Any) -> Words:
    """What a form holds: for relatives, from today, two weeks."""
    today = clock.today()
    told: dict[str, Any] = {
        "body": "<p>Lundi matin.</p>",
        "profiles": FAMILIES,
        "starts_on": today,
        "ends_on": today + timedelta(days=14),
    }
    return Words(title=title, **told | given)


def drafted(
    world: SchoolWorld, title: str = "Photo de classe", *, by: User | None = None, **given: Any
) -> Notice:
    """Written by the director, where nobody else is named."""
    return notices.write(by=by or world.director, school=world.school, words=words(title, **given))


def posted(
    world: SchoolWorld, title: str = "Photo de classe", *, by: User | None = None, **given: Any
) -> Notice:
    return notices.post(by=by or world.director, notice=drafted(world, title, by=by, **given))


def read_by(person: User) -> list[str]:
    """Titles of the notices that stand for somebody now."""
    return sorted(notices_visible_to(reach_of(person)).values_list("title", flat=True))


def in_classes(*classes: SchoolClass) -> dict[str, Sequence[SchoolClass]]:
    return {"classes": list(classes)}


def days(first: int, last: int) -> dict[str, date]:
    """Dates counted from today."""
    today = clock.today()
    return {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
