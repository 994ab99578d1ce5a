"""A rollover beside another, or beside an import: one waits, and finds nothing left to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core import clock
from feeds.services import run_set
from rollover.errors import AlreadyThatYear
from rollover.models import Turnover
from rollover.services import roll
from schools.models import Academy
from sharing.models import Withdrawal
from tests.feeds.seen import classes_of, years_of
from tests.feeds.sets import a_set, feed, noon, pupils_of, school_of, staff
from tests.feeds.test_races import Act, Gate, first_stopped, somebody_waits, soon
from tests.rollover.scene import last_year
from tests.rollover.shares import every_kind, seen_by

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = ["au groupe", "par favori", "par nom"]


class Door(Gate):
    """Stops the first turn at its beginning; others pass."""

    def __call__(self, *arguments: Any, **words: Any) -> Any:
        if not self.reached.is_set():
            self.reached.set()
            assert self.opened.wait(30)
        return self.really(*arguments, **words)

    really = staticmethod(roll.turn_schools)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    stopping = Door()
    monkeypatch.setattr(roll, "turn_schools", stopping)
    yield stopping
    stopping.opened.set()


def ready(tmp_path: Path, *, schools: str = "A") -> None:
    last_year(tmp_path, schools=schools)
    every_kind()
    feed(a_set(tmp_path, "2026-08-25", staff=[staff(f"S{s}{n}", s) for s in schools for n in (1, 2)]))


def rolled(key: str = "A") -> roll.Rolled:
    with clock.at(noon("2026-09-02")):
        return roll.roll_school(school=school_of(key))


def test_of_two_rollovers_of_a_school_the_second_waits_and_is_refused(tmp_path: Path, door: Door) -> None:
    ready(tmp_path)
    with first_stopped(door, rolled) as first:
        second = Act(rolled)
        soon(somebody_waits)
    assert first.end().state == "applied"
    with pytest.raises(AlreadyThatYear):
        second.end()
    assert Turnover.objects.count() == Withdrawal.objects.count() == 1
    assert seen_by("PA1") == KEPT


def test_an_academys_rollover_goes_on_past_a_school_that_another_turned(tmp_path: Path, door: Door) -> None:
    ready(tmp_path, schools="AB")
    academy = Academy.objects.get()

    def whole() -> roll.Rolled:
        with clock.at(noon("2026-09-02")):
            return roll.roll_academy(academy=academy)

    with first_stopped(door, rolled) as first:
        second = Act(whole)
        soon(somebody_waits)
    assert len(first.end().schools) == 1
    assert [school["uai"] for school in second.end().schools] == [school_of("B").uai]
    assert Turnover.objects.count() == 2


def test_an_import_that_comes_during_a_rollover_waits_and_opens_the_new_classes(
    tmp_path: Path, door: Door
) -> None:
    ready(tmp_path)
    path = a_set(tmp_path, "2026-09-15", pupils=pupils_of(4, prefix="PA"))
    with first_stopped(door, rolled) as first:
        second = Act(lambda: feed(path))
        soon(somebody_waits)
    assert first.end().state == "applied"
    assert second.end().state == "applied"
    assert Turnover.objects.count() == 1
    assert classes_of("PA1") == ["A CP 2026"]
    assert seen_by("PA1") == KEPT


def test_a_rollover_that_comes_during_an_import_waits_and_finds_the_school_turned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(tmp_path)
    gate = Gate()
    monkeypatch.setattr(run_set.apply, "apply", gate)
    path = a_set(tmp_path, "2026-09-15", pupils=pupils_of(4, prefix="PA"))
    with first_stopped(gate, lambda: feed(path)) as first:
        second = Act(rolled)
        soon(somebody_waits)
    assert first.end().state == "applied"
    with pytest.raises(AlreadyThatYear):
        second.end()
    assert years_of() == (2026, 2026)
    assert Turnover.objects.get().automatic
    assert classes_of("PA1") == ["A CP 2026"]
