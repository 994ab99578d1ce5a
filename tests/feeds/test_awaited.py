"""Who still awaits a class after the turn: never those whom files have left out, and who only keep their grace."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.account_filters import AccountFilters
from directory.class_grid import class_grid
from directory.querysets import season as read
from directory.querysets.accounts import accounts_listed
from directory.querysets.standpoint import standpoint_of
from feeds.querysets import awaiting_a_class
from feeds.services.watch import watch
from schools.season import standings
from tests.feeds.sets import a_set, feed, klass, person, pupil, pupils_of, school_of, staff

pytestmark = pytest.mark.django_db


def test_a_pupil_and_a_teacher_who_left_await_no_class_anywhere(
    tmp_path: Path, at: Callable[[datetime], None]
) -> None:
    team = [staff("S1", heads=("A",)), staff("S2"), staff("S3")]
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(6, year=2025), staff=team))
    unplaced = pupil("P2", born="2018-01-03", classes=[klass(year=2025)])
    told = [unplaced, *pupils_of(4, first=3)]  # P1 has left, S3 too
    feed(a_set(tmp_path, "2026-09-10", pupils=told, staff=team[:2]))
    at(datetime(2026, 9, 10, 14, tzinfo=UTC))
    here, me = school_of("A"), standpoint_of(person("S1"))
    assert person("P1").absent_since == person("S3").absent_since is not None
    waits, idle = {person("P2")}, {person("S2")}
    (told_of,) = watch([here])
    assert (told_of.awaiting_pupils, told_of.idle_teachers) == (1, 1)
    assert set(awaiting_a_class(here)) == waits
    assert {line.person for line in class_grid(here).without_class} == idle
    numbers = read.places(standings([here], told_of.last_run.fed_on))  # type: ignore[union-attr]
    assert {key: found[here.pk] for key, found in numbers.items()} == {
        read.IDLE_TEACHERS: 1,
        read.AWAITING_CLASS: 1,
    }
    assert set(accounts_listed(me, here, AccountFilters(without_class=True))) == {person("S1"), *idle}
