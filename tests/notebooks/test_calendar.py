"""A pupil's homework in a calendar: RFC 5545, and an address that gives what its holder may see now."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.assurance import Assurance, acting_with
from accounts.enums import Profile
from accounts.errors import LowAssurance
from accounts.models import User
from core import clock
from directory.services.blocks import block_person
from notebooks import homework_calendar as calendars
from notebooks.errors import NoCalendar
from notebooks.models import HomeworkCalendar
from notebooks.services.homework_calendars import open_calendar, renew_calendar, token_of
from schools.models import ApplicationOff
from sharing.services.share import remove
from tests.directory.factories import TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, relative_of
from tests.notebooks.factories import DAY, homework, homework_book

pytestmark = pytest.mark.django_db
type At = Callable[[Any], None]


def address(by: User, pupil: User) -> str:
    return f"/cahiers/agenda/{token_of(open_calendar(by=by, pupil=pupil))}.ics"


def read(path: str) -> str:
    """What a calendar reads, its lines unfolded; « » where there is nothing."""
    answer = Client().get(path)
    if answer.status_code == 404:
        return ""
    return answer.content.decode().replace("\r\n ", "")


def test_a_calendar_is_well_formed(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    entry = homework(
        room.teacher,
        book,
        date(2026, 10, 8),
        subject="Maths",
        body=f"<p>Apporter : règle, équerre ; compas\\</p><p>{'é' * 120}</p>",
        minutes=20,
    )
    answer = Client().get(address(room.relatives[0], room.pupils[0]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    sent = answer.content
    assert all(len(line) <= calendars.LINE for line in sent.split(b"\r\n"))
    assert b"\n" not in sent.replace(b"\r\n", b"")
    lines = sent.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[1], lines[-2], lines[-1]) == (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "END:VCALENDAR",
        "",
    )
    assert f"UID:{entry.uuid}@cartable" in lines
    assert "DTSTART;VALUE=DATE:20261008" in lines
    assert "DTEND;VALUE=DATE:20261009" in lines
    [told] = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert told == (
        "DESCRIPTION:Apporter : règle\\, équerre \\; compas\\\\\\n"
        + "é" * 120
        + "\\nTemps prévu\u00a0: 20\u00a0min"
    )
    assert sum(line.startswith("DTSTAMP:") for line in lines) == 1


@pytest.mark.parametrize("text", ["a" * 200, "é" * 100, "😀" * 50, "a" * 74 + "é", "a" * 75, ""])
def test_lines_are_folded_between_characters(text: str) -> None:
    pieces = list(calendars.folded(f"X:{text}"))
    assert all(len(piece) <= calendars.LINE + 2 for piece in pieces)
    whole = b"".join(pieces).decode()
    assert re.sub("\r\n ", "", whole) == f"X:{text}\r\n"


def test_no_line_is_made_of_what_somebody_typed() -> None:
    event = calendars.Event(
        uuid4(), date(2026, 10, 8), "Un\r\nBEGIN:VALARM\rDeux\x00\x07", "", datetime(2026, 10, 6, tzinfo=UTC)
    )
    assert b"SUMMARY:Un\\nBEGIN:VALARM\\nDeux\r\n" in calendars.written([event], name="a")


def test_each_has_their_own_address_and_renews_theirs(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, first, second = room.pupils[0], room.relatives[0], relative_of(room.pupils[0])
    homework(room.teacher, homework_book(room.teacher, room.school_class))
    mine, theirs, own = address(first, pupil), address(second, pupil), address(pupil, pupil)
    assert len({mine, theirs, own}) == 3
    assert address(first, pupil) == mine
    renew_calendar(by=first, pupil=pupil)
    assert read(mine) == ""
    for path in (address(first, pupil), theirs, own):
        assert "Exercices 3 et 4" in read(path)
    for stranger in (room.relatives[1], room.teacher, room.pupils[1], world.director):
        with pytest.raises(NoCalendar):
            open_calendar(by=stranger, pupil=pupil)
    with acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        renew_calendar(by=pupil, pupil=pupil)


def test_an_address_is_nowhere_in_the_database(world: SchoolWorld) -> None:
    room = world.classes[0]
    token = token_of(open_calendar(by=room.relatives[0], pupil=room.pupils[0]))
    row = HomeworkCalendar.objects.values().get()
    assert token not in str(row)
    assert re.fullmatch("[a-z2-7]{26}", token)
    assert read("/cahiers/agenda/aaaa.ics") == ""


def test_it_gives_what_its_holder_may_see_now(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, relative = room.pupils[0], room.relatives[0]
    book = homework_book(room.teacher, room.school_class)
    today = clock.today()
    homework(room.teacher, book)
    homework(room.teacher, book, body="<p>Brouillon</p>", published=False)
    homework(room.teacher, book, today + 2 * DAY, given_on=today + DAY, body="<p>Demain</p>")
    path, own = address(relative, pupil), address(pupil, pupil)
    for each in (path, own):
        found = read(each)
        assert "Exercices 3 et 4" in found
        assert "Brouillon" not in found
        assert "Demain" not in found
    for group in room.school_class.group_set.exclude(profile=Profile.TEACHER):
        remove(by=room.teacher, resource=book.resource, group=group)
    assert "VEVENT" not in read(path)
    assert "VCALENDAR" in read(path)


def test_it_gives_nothing_to_who_is_kept_out(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, relative = room.pupils[0], room.relatives[0]
    path, own = address(relative, pupil), address(pupil, pupil)
    block_person(by=world.director, person=relative)
    assert (read(path), "VCALENDAR" in read(own)) == ("", True)
    other = relative_of(pupil)
    path = address(other, pupil)
    restriction = TieRestrictionFactory(relative=other, pupil=pupil)
    assert read(path) == ""
    restriction.delete()
    assert read(path)
    off = ApplicationOff.objects.create(
        school=world.school, profile=Profile.RELATIVE, application="notebooks"
    )
    assert read(path) == ""
    off.delete()
    User.objects.filter(pk=pupil.pk).update(absent_since=clock.today(), pre_deleted_on=clock.today())
    assert read(path) == read(own) == ""
