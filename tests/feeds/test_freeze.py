"""A summer freeze (design, §5): staff come in, families' records wait, days count in no delay."""

from datetime import date
from pathlib import Path

import pytest

from accounts.services import lifecycle
from core import clock
from feeds.models import FeedRun, Freeze
from feeds.services.freeze import FreezeRunsBackward, freeze, frozen_on
from feeds.services.release import release_frozen
from tests.feeds.seen import ITSELF, changes, classes_of, parked_of, roles_of, years_of
from tests.feeds.sets import a_set, feed, is_known, noon, person, pupil, pupils_of, school_of, staff
from tests.feeds.whole import differences, staged, whole
from tests.schools.factories import AcademyFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 7, 10), date(2026, 8, 31)


def summer(tmp_path: Path) -> None:
    """Four pupils of 2025 with a relative, one teacher, then the freeze of July and August."""
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025, relatives=["R1"]), staff=[staff("S1")]))
    freeze(starts_on=FIRST, ends_on=LAST)


def thaw(day: str) -> list[FeedRun]:
    with clock.at(noon(day)):
        return release_frozen()


@pytest.mark.parametrize(
    ("day", "frozen"),
    [("2026-07-09", False), ("2026-07-10", True), ("2026-08-31", True), ("2026-09-01", False)],
)
def test_a_freeze_holds_from_its_first_to_its_last_day(day: str, frozen: bool) -> None:
    freeze(starts_on=FIRST, ends_on=LAST)
    assert frozen_on(date.fromisoformat(day), academy_id=None) is frozen


def test_a_freeze_does_not_run_backward() -> None:
    with pytest.raises(FreezeRunsBackward) as refused:
        freeze(starts_on=LAST, ends_on=FIRST)
    assert refused.value.exit_code == 2
    assert not Freeze.objects.exists()


def test_a_freeze_of_one_academy_holds_for_it_alone(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(2, year=2025)))
    freeze(starts_on=FIRST, ends_on=LAST, academy_id=AcademyFactory().pk)
    run = feed(a_set(tmp_path, "2026-08-20", pupils=pupils_of(3, year=2025)))
    assert is_known("P3")
    assert not run.children.exists()


def test_in_a_freeze_staff_come_in_and_families_wait(tmp_path: Path) -> None:
    summer(tmp_path)
    run = feed(
        a_set(
            tmp_path,
            "2026-08-27",
            pupils=[*pupils_of(3, year=2025), pupil("P9", year=2025, relatives=["R9"])],
            staff=[staff("S1"), staff("S2")],
        )
    )
    assert run.state == "applied"
    assert changes(run) == {"staff": {"created": 1}}
    assert years_of() == (2026, 2025)
    assert not is_known("P9")
    assert not is_known("R9")
    assert person("P4").absent_since is None
    assert person("R1").absent_since is None
    parked = parked_of(run)
    assert (parked.cause, parked.part) == ("frozen", "F")
    assert roles_of(parked) == {("A", "F", "parked")}
    assert any("Gel d’été" in note and str(parked.pk) in note for note in run.notes)


def test_a_set_of_families_alone_waits_whole(tmp_path: Path) -> None:
    summer(tmp_path)
    before = whole(but=ITSELF)
    run = feed(a_set(tmp_path, "2026-08-20", pupils=pupils_of(2, year=2025)))
    assert run.state == "applied"
    assert differences(before, whole(but=ITSELF)) == {}
    assert parked_of(run).state == "parked"


def test_the_next_set_of_the_summer_takes_the_place_of_what_waits(tmp_path: Path) -> None:
    summer(tmp_path)
    first = parked_of(feed(a_set(tmp_path, "2026-08-20", pupils=pupils_of(4, year=2025))))
    second = parked_of(feed(a_set(tmp_path, "2026-08-27", pupils=pupils_of(5, year=2025))))
    first.refresh_from_db()
    assert first.state == "superseded"
    assert staged() == [second.schema]


def test_at_the_end_of_the_freeze_the_newest_records_are_planned_anew(tmp_path: Path) -> None:
    summer(tmp_path)
    parked = parked_of(feed(a_set(tmp_path, "2026-08-27", pupils=[*pupils_of(3, year=2025), pupil("P9")])))
    assert thaw("2026-08-31") == []
    (run,) = thaw("2026-09-01")
    assert run.pk == parked.pk
    assert run.state == "applied"
    assert is_known("P9")
    assert person("P4").absent_since == date(2026, 9, 1)  # delays use the clock
    assert thaw("2026-09-02") == []
    assert staged() == []


def test_records_of_a_freeze_that_is_over_turn_the_school_by_their_own_date(tmp_path: Path) -> None:
    summer(tmp_path)
    feed(a_set(tmp_path, "2026-08-31", pupils=pupils_of(4)))  # classes that begin the day after
    (run,) = thaw("2026-09-01")
    assert run.state == "applied"
    assert years_of()[1] == 2025  # in the future at the file's date
    feed(a_set(tmp_path, "2026-09-02", pupils=pupils_of(4)))
    assert years_of()[1] == 2026
    assert classes_of("P1") == ["A CP 2026"]


def test_records_that_would_make_too_many_vanish_go_on_waiting_when_the_freeze_ends(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(20, year=2025)))
    freeze(starts_on=FIRST, ends_on=LAST)
    parked = parked_of(feed(a_set(tmp_path, "2026-08-27", pupils=pupils_of(3, year=2025))))
    before = whole(but=(*ITSELF, "feeds_freeze"))
    thaw("2026-09-01")
    parked.refresh_from_db()
    assert parked.state == "parked"
    assert parked.refusal["vanish"] == 17
    assert differences(before, whole(but=(*ITSELF, "feeds_freeze"))) == {}


def test_a_set_fed_after_the_freeze_takes_the_place_of_what_waits(tmp_path: Path) -> None:
    summer(tmp_path)
    parked = parked_of(feed(a_set(tmp_path, "2026-08-27", pupils=pupils_of(3, year=2025))))
    feed(a_set(tmp_path, "2026-09-03", pupils=pupils_of(4, year=2025)))
    parked.refresh_from_db()
    assert parked.state == "superseded"
    assert thaw("2026-09-04") == []


def test_a_freeze_made_again_keeps_records_waiting(tmp_path: Path) -> None:
    summer(tmp_path)
    parked = parked_of(feed(a_set(tmp_path, "2026-08-27", pupils=pupils_of(3, year=2025))))
    freeze(starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 5))
    assert thaw("2026-09-02") == []
    parked.refresh_from_db()
    assert parked.state == "parked"
    (run,) = thaw("2026-09-06")
    assert run.state == "applied"


def test_days_of_a_freeze_count_in_no_delay(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025)))
    feed(a_set(tmp_path, "2026-07-05", pupils=pupils_of(3, year=2025)))
    freeze(starts_on=FIRST, ends_on=LAST)
    lifecycle.advance(today=date(2026, 8, 30))  # 56 days later, of which 5 count
    assert person("P4").pre_deleted_on is None
    lifecycle.advance(today=date(2026, 9, 24))
    assert person("P4").pre_deleted_on is None
    lifecycle.advance(today=date(2026, 9, 27))
    assert person("P4").pre_deleted_on == date(2026, 9, 27)


def test_a_school_held_after_an_undone_rollover_waits_on_when_the_freeze_ends(tmp_path: Path) -> None:
    summer(tmp_path)
    feed(a_set(tmp_path, "2026-08-27", pupils=pupils_of(5, year=2025)))
    found = school_of("A")
    found.held_at = noon("2026-08-28")
    found.save()
    thaw("2026-09-01")
    assert not is_known("P5")
    waiting = FeedRun.objects.get(state="parked")
    assert waiting.cause == "halted"
