"""The steps of a school's year, through a summer of real files and a clock that moves."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from feeds.calendar import Calendar, StageState, calendar_of
from feeds.services.freeze import freeze
from schools.season import Step
from tests.admin_console.season.worlds import board_of
from tests.feeds.sets import a_set, feed, noon, pupils_of, school_of, staff

pytestmark = pytest.mark.django_db


def calendar_on(day: str) -> Calendar:
    return calendar_of(board_of(school_of("A"), date.fromisoformat(day)))


def told(calendar: Calendar) -> dict[Step, tuple[str, date | None, bool]]:
    return {stage.step: (stage.state.value, stage.day, stage.dated) for stage in calendar.stages}


def test_a_school_is_followed_from_july_to_its_classes(tmp_path: Path, at: Any) -> None:
    old = pupils_of(4, year=2025, ine="")
    feed(a_set(tmp_path, "2026-06-26", pupils=old, staff=[staff("S1"), staff("S2")]))
    june = calendar_on("2026-06-20")
    assert june.standing.year == 2026
    assert june.now is not None
    assert june.now.step == Step.END

    at(noon("2026-07-15"))
    july = told(calendar_on("2026-07-15"))
    assert july[Step.END] == ("done", date(2026, 6, 26), True)
    assert july[Step.STAFF] == ("now", date(2026, 8, 24), False)

    feed(a_set(tmp_path, "2026-08-22", staff=[staff("S1"), staff("S2")]))
    august = told(calendar_on("2026-08-23"))
    assert august[Step.STAFF] == ("done", date(2026, 8, 22), True)
    assert august[Step.FIRST_DAY] == ("now", date(2026, 9, 1), True)

    # ONDE has not switched: families' file still tells last year.
    feed(a_set(tmp_path, "2026-09-02", pupils=old))
    september = calendar_on("2026-09-02")
    assert told(september)[Step.FIRST_DAY] == ("done", date(2026, 9, 1), True)
    assert told(september)[Step.SWITCH] == ("now", None, False)
    assert september.turnover is None

    feed(a_set(tmp_path, "2026-09-07", pupils=pupils_of(4, ine="")))
    turned = calendar_on("2026-09-08")
    assert told(turned)[Step.SWITCH] == ("done", date(2026, 9, 7), True)
    assert told(turned)[Step.FAMILIES] == ("done", date(2026, 9, 7), True)
    assert turned.turnover is not None
    assert (turned.here, turned.awaited) == (1, 0)
    assert told(turned)[Step.CLASSES][0] == "done"
    # They have no INE yet.
    assert told(turned)[Step.LATE][0] == "now"


def test_classes_that_have_not_come_hold_their_step(tmp_path: Path) -> None:
    from tests.feeds.sets import klass, pupil

    both = [*pupils_of(3, year=2025), pupil("P9", classes=[klass(label="CM2", year=2025)])]
    feed(a_set(tmp_path, "2026-06-26", pupils=both, staff=[staff("S1")]))
    feed(a_set(tmp_path, "2026-09-07", pupils=pupils_of(3)))
    turned = calendar_on("2026-09-08")
    assert (turned.here, turned.awaited) == (1, 1)
    assert turned.now is not None
    assert turned.now.step == Step.CLASSES


def test_a_freeze_says_when_files_end(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(2, year=2025)))
    freeze(starts_on=date(2026, 7, 10), ends_on=date(2026, 8, 31))
    assert told(calendar_on("2026-07-12"))[Step.END] == ("done", date(2026, 7, 10), True)


def test_from_mid_june_the_year_prepared_is_the_next(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-03-10", pupils=pupils_of(2, year=2025), staff=[staff("S1")]))
    assert calendar_on("2026-06-01").standing.year == 2025
    assert all(stage.state == StageState.DONE for stage in calendar_on("2026-06-01").stages[:5])
    assert calendar_on("2026-06-15").standing.year == 2026
