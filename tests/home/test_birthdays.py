"""Birthdays of the class: to whom they are told, of whom, and on which day."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from directory.annuaire.birthdays import birthdays_of
from directory.annuaire.viewer import Viewer
from directory.models import ClassAttachment
from tests.directory.factories import BlockFactory, TieRestrictionFactory
from tests.directory.worlds import ClassWorld, SchoolWorld, pupil_in, relative_of

pytestmark = pytest.mark.django_db
type AsPerson = Callable[[User], Client]


def born(room: ClassWorld, month: int, day: int, *, year: int = 2018) -> User:
    return pupil_in(room.school_class, birth_date=date(year, month, day))


def told(person: User) -> list[tuple[User, str]]:
    return [(each.person, each.when) for each in birthdays_of(Viewer(person))]


def test_the_days_ahead_are_told_to_pupils_and_teachers_of_the_class_alone(board: SchoolWorld) -> None:
    first, second = board.classes
    today, tomorrow, last = born(first, 10, 6), born(first, 10, 7, year=2019), born(first, 10, 12)
    born(first, 10, 13)
    born(first, 10, 5)
    elsewhere = born(second, 10, 6)
    expected = [(today, "aujourd’hui"), (tomorrow, "demain"), (last, "lundi 12 octobre")]
    assert told(first.teacher) == told(first.pupils[0]) == expected
    assert told(second.teacher) == [(elsewhere, "aujourd’hui")]
    for other in (relative_of(today), board.director, first.relatives[0]):
        assert told(other) == []


def test_the_page_says_the_day_and_never_the_year(board: SchoolWorld, as_person: AsPerson) -> None:
    room = board.classes[0]
    pupil = born(room, 10, 6, year=2017)
    page = as_person(room.teacher).get("/?tout=1").text
    panel = page[page.index('id="anniversaires"') :].partition("</section>")[0]
    assert pupil.full_name in panel
    assert "2017" not in panel
    mine = as_person(pupil).get("/?tout=1").text.partition('id="anniversaires"')[2].partition("</section>")[0]
    assert "Toi" in mine
    assert "anniversaires" not in as_person(relative_of(pupil)).get("/").text
    answer = as_person(room.pupils[0]).get("/api/v1/annuaire/birthdays/").json()
    assert answer == [{"person": str(pupil.uuid), "name": pupil.full_name, "day": "2026-10-06"}]
    assert as_person(relative_of(pupil)).get("/api/v1/annuaire/birthdays/").json() == []


def test_whoever_has_something_closed_around_them_or_left_is_left_out(board: SchoolWorld) -> None:
    room = board.classes[0]
    kept, blocked, restricted, gone, leaving = (born(room, 10, 6) for _ in range(5))
    BlockFactory(person=blocked)
    TieRestrictionFactory(pupil=restricted)
    ClassAttachment.objects.filter(person=gone).update(ended_on=date(2026, 10, 1))
    User.objects.filter(pk=leaving.pk).update(
        absent_since=date(2026, 9, 20), pre_deleted_on=date(2026, 10, 1)
    )
    assert [person for person, _ in told(room.teacher)] == [kept]
    assert [person for person, _ in told(room.pupils[0])] == [kept]


@pytest.mark.parametrize(("year", "when"), [(2027, "dimanche 28 février"), (2028, "mardi 29 février")])
def test_the_29th_of_february_is_kept_each_year(
    board: SchoolWorld, at: Callable[[Any], None], year: int, when: str
) -> None:
    pupil = born(board.classes[0], 2, 29, year=2020)
    at(datetime(year, 2, 25, 10, tzinfo=UTC))
    assert told(board.classes[0].teacher) == [(pupil, when)]


def test_the_first_page_asks_as_much_for_one_birthday_as_for_many(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    room = board.classes[0]
    clients = [as_person(room.teacher), as_person(room.pupils[0])]

    def asked() -> list[int]:
        found = []
        for client in clients:
            client.get("/?tout=1")
            with CaptureQueriesContext(connection) as queries:
                client.get("/?tout=1")
            found.append(len(queries))
        return found

    born(room, 10, 6)
    one = asked()
    for n in range(30):
        born(room, 10, 6 + n % 7)
    assert asked() == one
