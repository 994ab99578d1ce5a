"""Rows of cahiers de textes in the table of routes: one of the teacher's, shared with their class's families; the
direction sees none of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core import clock
from directory.models import SchoolClass
from notebooks.models import HomeworkBook, HomeworkEntry
from notebooks.services import homework_calendars, homework_entries
from tests.house.rows import Answer, Row, public, row, signed_in
from tests.house.world import DIRECTOR, OTHER_DIRECTOR, PUPIL, RELATIVE, STAFF, TEACHER, HouseWorld
from tests.notebooks import factories as made

TITLE = "Cahier de la classe"
READERS = (TEACHER, PUPIL, RELATIVE)
FAMILY = (PUPIL, RELATIVE)
MAKERS = (
    TEACHER,
    STAFF,
    DIRECTOR,
    OTHER_DIRECTOR,
    "district_admin",
    "academy_admin",
    "platform_admin",
)


def _class(world: HouseWorld) -> SchoolClass:
    return world.school_class


def _book(world: HouseWorld) -> HomeworkBook:
    found = HomeworkBook.objects.filter(resource__title=TITLE).select_related("resource").first()
    return found or made.homework_book(world.people[TEACHER], _class(world), title=TITLE)


def _entry(world: HouseWorld, *, out: bool = False) -> HomeworkEntry:
    book, teacher = _book(world), world.people[TEACHER]
    found = HomeworkEntry.objects.filter(book=book, trashed_at__isnull=not out, stage="PUBLISHED").first()
    if found is None:
        found = made.homework(teacher, book)
        if out:
            found = homework_entries.take_out(by=teacher, entry=found)
    return found


def book(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _book(world).resource.uuid}


def entry(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _entry(world).uuid}


def entry_out(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _entry(world, out=True).uuid}


def token(world: HouseWorld) -> dict[str, Any]:
    calendar = homework_calendars.open_calendar(by=world.people[RELATIVE], pupil=world.people[PUPIL])
    return {"token": homework_calendars.token_of(calendar)}


def _words(world: HouseWorld) -> dict[str, Any]:
    today = clock.today().isoformat()
    return {"subject": "Maths", "body": "<p>Page 3</p>", "given_on": today, "due_on": today}


def _week(world: HouseWorld) -> dict[str, Any]:
    return {"week": clock.today().isoformat()}


def _copied(world: HouseWorld) -> dict[str, Any]:
    _entry(world)
    first = HomeworkEntry.objects.filter(book=_book(world), trashed_at=None).order_by("due_on").first()
    day = (first.due_on if first else clock.today()).isoformat()
    return {"source": day, "target": day, "title": "Copie", "first": day}


def answering(found: Row, answers: Mapping[str, Answer]) -> Row:
    """The same row, with other answers for some."""
    return replace(found, answers=found.answers | answers)


PAGES: dict[str, Row] = {
    "notebooks:index": signed_in(),
    "notebooks:homework_feed": public(address=token),
    "notebooks:homework_new": row(*MAKERS),
    # A pupil's is the index.
    "notebooks:homework_week": answering(row(RELATIVE), {PUPIL: 302}),
    "notebooks:homework_week_print": row(*FAMILY),
    "notebooks:homework_calendar": row(*FAMILY),
    "notebooks:homework_book": row(*READERS, address=book),
    "notebooks:homework_print": row(*READERS, address=book),
    "notebooks:homework_settings": row(TEACHER, address=book),
    "notebooks:homework_share": row(TEACHER, good=302, method="post", address=book),
    "notebooks:homework_publish": row(TEACHER, good=302, method="post", address=book),
    "notebooks:homework_copy": row(TEACHER, address=book),
    "notebooks:homework_begin": row(TEACHER, good=302, method="post", address=book),
    "notebooks:homework_out": row(TEACHER, address=book),
    "notebooks:homework_entry": row(*READERS, address=entry),
    "notebooks:homework_write": row(TEACHER, address=entry),
    # Who may not is sent back with a word.
    "notebooks:homework_tick": row(*READERS, good=302, method="post", address=entry),
    "notebooks:homework_take_out": row(*READERS, good=302, method="post", address=entry),
    "notebooks:homework_put_back": row(TEACHER, good=302, method="post", address=entry_out),
    "notebooks:homework_erase": row(TEACHER, address=entry_out),
}


def _told(*kinds: str, **rest: Any) -> Row:
    """Who writes there; who only reads is told that they may not, the others that there is nothing."""
    return answering(row(TEACHER, anonymous=403, **rest), dict.fromkeys(kinds, 403))


API: dict[str, Row] = {
    "notebooks-list": signed_in(anonymous=403),
    "homework-books-list": signed_in(anonymous=403),
    "homework-books-detail": row(*READERS, anonymous=403, address=book),
    "homework-books-entries": row(*READERS, anonymous=403, address=book),
    "homework-books-share-with-families": _told(*FAMILY, good=204, method="post", address=book),
    "homework-books-publish-week": _told(*FAMILY, method="post", address=book, data=_week),
    "homework-books-copy-week": _told(*FAMILY, method="post", address=book, data=_copied),
    "homework-books-copy": _told(*FAMILY, good=201, method="post", address=book, data=_copied),
    # A relative says of which child.
    "homework-list": row(PUPIL, anonymous=403),
    "homework-detail": row(*READERS, anonymous=403, address=entry),
    "homework-publish": _told(*FAMILY, method="post", address=entry),
    "homework-unpublish": _told(*FAMILY, method="post", address=entry),
    "homework-put-back": row(TEACHER, anonymous=403, method="post", address=entry_out),
    "homework-tick": answering(
        row(PUPIL, anonymous=403, method="post", address=entry, data=lambda world: {"done": True}),
        {TEACHER: 403, RELATIVE: 403},
    ),
    "homework-calendar": row(
        *FAMILY,
        anonymous=403,
        method="post",
        data=lambda world: {"pupil": str(world.people[PUPIL].uuid)},
    ),
}
