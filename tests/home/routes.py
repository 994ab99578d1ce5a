"""Rows of the table of routes: notices of the school, for everybody; the director's to write."""

from datetime import timedelta
from typing import Any

from accounts.enums import Profile
from core import clock
from home.models import Notice
from home.services import notices
from home.services.notices import Words
from tests.house.rows import ADMINISTRATORS, Row, row, signed_in
from tests.house.world import (
    DIRECTOR,
    PUPIL,
    RELATIVE,
    SCHOOL_ADMINS,
    STAFF,
    TEACHER,
    HouseWorld,
)

OF_THE_SCHOOL = (PUPIL, RELATIVE, TEACHER, STAFF, *SCHOOL_ADMINS)


def _words(title: str) -> Words:
    today = clock.today()
    return Words(
        title=title,
        body="<p>Lundi</p>",
        profiles=list(Profile),
        starts_on=today,
        ends_on=today + timedelta(days=3),
        asks=True,
    )


def draft(world: HouseWorld) -> dict[str, Any]:
    found = Notice.objects.filter(title="Brouillon").first()
    made = found or notices.write(by=world.people[DIRECTOR], school=world.school, words=_words("Brouillon"))
    return {"uuid": made.uuid}


def posted(world: HouseWorld) -> dict[str, Any]:
    found = Notice.objects.filter(title="Photo de classe").first()
    if found is None:
        director = world.people[DIRECTOR]
        found = notices.write(by=director, school=world.school, words=_words("Photo de classe"))
        notices.post(by=director, notice=found)
    return {"uuid": found.uuid}


def withdrawn(world: HouseWorld) -> dict[str, Any]:
    found = Notice.objects.get(**posted(world))
    if found.withdrawn_at is None:
        notices.withdraw(by=world.people[DIRECTOR], notice=found)
    return {"uuid": found.uuid}


def _managed(address: Any, *, good: int = 200, **rest: Any) -> Row:
    return row(*SCHOOL_ADMINS, good=good, address=address, **rest)


APP = {"app": "documents"}

PAGES: dict[str, Row] = {
    "home:apps": signed_in(),
    "home:app_favourite": signed_in(302, method="post", data=lambda world: APP),
    "home:search": signed_in(query="?q=a"),
    "notices:index": signed_in(),
    "notices:notice": row(*OF_THE_SCHOOL, address=posted),
    # Who is not asked comes back with a word.
    "notices:acknowledge": row(
        PUPIL, RELATIVE, TEACHER, STAFF, DIRECTOR, good=302, address=posted, method="post"
    ),
    "notices:manage": row(*ADMINISTRATORS),
    "notices:write": row(*ADMINISTRATORS),
    "notices:edit": _managed(posted),
    "notices:readers": _managed(posted),
    "notices:remind": _managed(posted, good=302, method="post"),
    "notices:post": _managed(draft, good=302, method="post"),
    "notices:withdraw": _managed(posted, good=302, method="post"),
    "notices:put_back": _managed(withdrawn, good=302, method="post"),
    "notices:erase": _managed(draft),
}


API: dict[str, Row] = {
    "applications-list": signed_in(anonymous=403),
    "applications-favourite": signed_in(
        204, anonymous=403, address=lambda world: {"key": "documents"}, method="post"
    ),
    "search": signed_in(anonymous=403, query="?q=a"),
    "afterlife": signed_in(anonymous=403),
    "notices-list": signed_in(anonymous=403),
    "notices-detail": row(PUPIL, RELATIVE, TEACHER, STAFF, DIRECTOR, anonymous=403, address=posted),
    "notices-acknowledge": Row(
        row(RELATIVE, good=204, anonymous=403).answers
        | dict.fromkeys((PUPIL, TEACHER, STAFF, DIRECTOR), 403),
        address=posted,
        method="post",
    ),
    "notices-publish": _managed(draft, anonymous=403, method="post"),
    "notices-withdraw": _managed(posted, anonymous=403, method="post"),
    "notices-put-back": _managed(withdrawn, anonymous=403, method="post"),
    "notices-readers": _managed(posted, anonymous=403),
    "notices-remind": _managed(posted, anonymous=403, method="post"),
}
