"""A turnover is taken back (design, §5, *Rollover*): as it was, held, and turned again when released."""

from pathlib import Path

import pytest

from accounts.services.merge import merge
from core import clock, invariants
from directory.models import ClassAttachment, Detachment
from feeds.errors import CannotUndo
from feeds.models import FeedRun
from feeds.services.apply_run import apply_run
from feeds.services.release import release_schools as apply_what_waits
from feeds.services.undo_run import undo_run
from home.models import Notice
from rollover.errors import LaterTurnover, NothingToUndo
from rollover.models import Turnover
from rollover.services.release import release_schools
from rollover.services.roll import roll_school
from rollover.services.undo import undo_turnovers
from schools.models import School
from tests.directory.factories import BlockFactory
from tests.feeds.seen import ITSELF, classes_of, parked_of, roles_of, schools_of, years_of
from tests.feeds.sets import a_set, feed, noon, person, pupil, pupils_of, school_of, staff
from tests.feeds.whole import differences, whole
from tests.rollover.scene import detach, last_year, teach, turn

pytestmark = pytest.mark.django_db
BUT = (*ITSELF, "rollover_turnover", "schools_school")


def undone(run: FeedRun, day: str = "2026-09-17") -> FeedRun:
    with clock.at(noon(day)):
        return undo_run(run=run)


def released(day: str = "2026-09-20") -> list[FeedRun]:
    """The school is released, and what waited is applied, as after commit."""
    with clock.at(noon(day)):
        schools = release_schools(schools=[school_of("A").pk])
        return apply_what_waits(schools=schools)


def test_of_one_class_that_two_accounts_made_one_since_had_one_comes_back(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    teach("SA2")
    run = turn(tmp_path)
    merge(by=None, kept=person("SA1"), gone=person("SA2"))
    undone(run)
    assert classes_of("SA1") == ["A CP 2025"]
    assert invariants.run_all() == []


def test_undo_restores_class_attachments_detachments_blocks_and_the_class_year(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    detach("PA4", on="2026-06-15")
    BlockFactory(of_profile=True, school=school_of("A"), until_new_year=True)
    before = whole(but=BUT)
    run = turn(tmp_path)
    assert classes_of("SA1") == []
    undone(run)
    assert years_of() == (2025, 2025)
    assert school_of("A").held_at is not None
    assert classes_of("SA1") == ["A CP 2025"]
    assert differences(before, whole(but=BUT)) == {}
    assert Turnover.objects.get().undone_at is not None
    assert invariants.run_all() == []


def test_the_school_held_has_its_families_records_parked_and_the_report_says_so(tmp_path: Path) -> None:
    last_year(tmp_path)
    undone(turn(tmp_path))
    run = turn(tmp_path, "2026-09-18")
    assert run.state == "applied"
    assert years_of()[1] == 2025
    parked = parked_of(run)
    assert (parked.cause, parked.part) == ("halted", "F")
    assert roles_of(parked) == {("A", "F", "parked")}
    assert any("Bascule annulée" in note and str(parked.pk) in note for note in run.notes)
    assert classes_of("PA1") == ["A CP 2025"]


def test_staff_and_other_schools_are_fed_while_a_school_is_held(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    undone(turn(tmp_path, schools="A"))
    team = [staff(key, key[1]) for key in ("SA1", "SA2", "SA3", "SB1", "SB2")]
    pupils = [p for s in "AB" for p in pupils_of(4, s, prefix=f"P{s}")]
    feed(a_set(tmp_path, "2026-09-18", pupils=pupils, staff=team))
    assert schools_of("SA3") == ["A"]
    assert years_of("A") == (2026, 2025)
    assert years_of("B") == (2026, 2026)


def test_released_the_newest_records_that_wait_turn_the_school(tmp_path: Path) -> None:
    last_year(tmp_path)
    undone(turn(tmp_path))
    turn(tmp_path, "2026-09-18")
    newest = feed(a_set(tmp_path, "2026-09-19", pupils=pupils_of(5, prefix="PA")))
    (run,) = released()
    assert run.pk == parked_of_before(newest)
    assert run.state == "applied"
    assert years_of() == (2026, 2026)
    assert classes_of("PA5") == ["A CP 2026"]
    assert school_of("A").held_at is None
    assert not FeedRun.objects.filter(state="parked").exists()
    assert invariants.run_all() == []


def parked_of_before(run: FeedRun) -> int:
    return run.children.get().pk


def test_released_with_nothing_that_waits_the_same_set_again_turns_it(tmp_path: Path) -> None:
    last_year(tmp_path)
    path = a_set(tmp_path, "2026-09-15", pupils=pupils_of(4, prefix="PA"))
    undone(feed(path))
    assert released() == []
    assert years_of()[1] == 2025
    feed(path, on="2026-09-21")
    assert years_of()[1] == 2026
    assert classes_of("PA1") == ["A CP 2026"]


def test_applying_what_waits_releases_the_school(tmp_path: Path) -> None:
    last_year(tmp_path)
    undone(turn(tmp_path))
    parked = parked_of(turn(tmp_path, "2026-09-18"))
    apply_run(run=parked)
    assert school_of("A").held_at is None
    assert years_of()[1] == 2026


def test_a_newer_set_takes_the_place_of_what_waits(tmp_path: Path) -> None:
    last_year(tmp_path)
    undone(turn(tmp_path))
    first = parked_of(turn(tmp_path, "2026-09-18"))
    turn(tmp_path, "2026-09-19")
    first.refresh_from_db()
    assert first.state == "superseded"


def test_releasing_one_school_leaves_another_that_is_held(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    undone(turn(tmp_path, schools="AB"))
    parked = parked_of(turn(tmp_path, "2026-09-18", schools="AB"))
    (run,) = released()
    assert years_of("A")[1] == 2026
    assert years_of("B")[1] == 2025
    assert school_of("B").held_at is not None
    assert run.pk == parked.pk
    waiting = FeedRun.objects.get(state="parked")
    assert roles_of(waiting) == {("B", "F", "parked")}
    assert invariants.run_all() == []


def test_a_teacher_put_in_a_new_class_by_hand_is_set_aside_and_comes_back_with_the_turn(
    tmp_path: Path,
) -> None:
    last_year(tmp_path)
    teach("SA1")
    run = turn(tmp_path)
    new = teach("SA2", year=2026, on="2026-09-16")
    undone(run)
    assert classes_of("SA2") == []
    assert classes_of("SA1") == ["A CP 2025"]
    assert Turnover.objects.get().set_aside == [new.pk]
    assert invariants.run_all() == []
    released()
    turn(tmp_path, "2026-09-21")
    assert classes_of("SA2") == ["A CP 2026"]
    assert classes_of("PA1") == ["A CP 2026"]
    new.refresh_from_db()
    assert new.ended_on is None
    assert invariants.run_all() == []


def test_who_was_set_aside_and_has_left_the_school_since_does_not_come_back(tmp_path: Path) -> None:
    last_year(tmp_path)
    run = turn(tmp_path)
    teach("SA2", year=2026, on="2026-09-16")
    undone(run)
    feed(a_set(tmp_path, "2026-09-18", staff=[staff("SA1"), staff("SA2", "B"), staff("SA3")]))
    released()
    turn(tmp_path, "2026-09-21")
    assert classes_of("SA2") == []
    assert invariants.run_all() == []


def test_undone_and_turned_twice_all_is_as_after_one_turn(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    run = turn(tmp_path)
    teach("SA2", year=2026, on="2026-09-16")
    undone(run)
    released()
    again = turn(tmp_path, "2026-09-21")
    assert classes_of("SA2") == ["A CP 2026"]
    undone(again, "2026-09-22")
    assert classes_of("SA2") == []
    assert classes_of("SA1") == ["A CP 2025"]
    released("2026-09-23")
    turn(tmp_path, "2026-09-24")
    assert classes_of("SA2") == ["A CP 2026"]
    assert classes_of("SA1") == []
    assert Turnover.objects.filter(undone_at__isnull=True).count() == 1


def test_a_turnover_undone_alone_names_who_is_not_back_in_their_class(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    both = [pupil("PA1", "B"), *pupils_of(3, "A", prefix="PA", first=2), *pupils_of(4, "B", prefix="PB")]
    feed(a_set(tmp_path, "2026-09-15", pupils=both))
    turnover = Turnover.objects.get(school__joining_key="A")
    with clock.at(noon("2026-09-17")):
        said = undo_turnovers(turnovers=[turnover])
    assert said.schools == [school_of("A").pk]
    assert said.lost == [f"{person('PA1').last_name} {person('PA1').first_name}"]
    assert classes_of("PA2") == ["A CP 2025"]
    assert classes_of("PA1") == ["B CP 2026"]  # moved: the other school has turned
    assert invariants.run_all() == []


def test_who_is_detached_again_by_the_undo_belongs_to_the_school_no_more(tmp_path: Path) -> None:
    last_year(tmp_path)
    detach("PA4", on="2026-06-15")
    turn(tmp_path)
    assert schools_of("PA4") == ["A"]
    with clock.at(noon("2026-09-17")):
        undo_turnovers(turnovers=list(Turnover.objects.all()))
    assert schools_of("PA4") == []
    assert Detachment.objects.get().lifted_at is None
    assert invariants.run_all() == []


def test_a_turnover_is_undone_once(tmp_path: Path) -> None:
    last_year(tmp_path)
    turn(tmp_path)
    undo_turnovers(turnovers=list(Turnover.objects.all()))
    with pytest.raises(NothingToUndo):
        undo_turnovers(turnovers=list(Turnover.objects.all()))
    with pytest.raises(NothingToUndo):
        undo_turnovers(turnovers=[])


def test_the_latest_turnover_of_a_school_is_undone_first(tmp_path: Path) -> None:
    last_year(tmp_path)
    turn(tmp_path)
    feed(a_set(tmp_path, "2027-09-15", pupils=pupils_of(4, prefix="PA", year=2027)))
    first, second = Turnover.objects.order_by("pk")
    before = whole()
    with pytest.raises(LaterTurnover):
        undo_turnovers(turnovers=[first])
    assert differences(before, whole()) == {}
    undo_turnovers(turnovers=[second])
    assert years_of()[1] == 2026
    assert ClassAttachment.objects.filter(ended_on__isnull=True, school_class__year=2026).count() == 4


def test_releasing_a_school_that_is_not_held_does_nothing(tmp_path: Path) -> None:
    last_year(tmp_path)
    assert release_schools(schools=[school_of("A").pk]) == []


def test_a_feed_is_not_undone_while_a_turn_asked_since_stands(tmp_path: Path) -> None:
    last_year(tmp_path)
    run = FeedRun.objects.get()
    # The new year's staff has come: the school is turned by hand, its families' files are late.
    School.objects.update(running_year=2026)
    with clock.at(noon("2026-09-10")):
        rolled = roll_school(school=school_of("A"))
    before = whole(but=ITSELF)
    with pytest.raises(CannotUndo) as said:
        undone(run)
    assert school_of("A").name in str(said.value)
    assert differences(before, whole(but=ITSELF)) == {}
    with clock.at(noon("2026-09-11")):
        undo_turnovers(turnovers=list(Turnover.objects.filter(run=rolled.run)), by=None)
    assert undone(run).state == "undone"
    assert invariants.run_all() == []


def test_a_school_that_a_later_room_speaks_of_stays_when_its_feed_is_undone(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    run, told = FeedRun.objects.get(), school_of("A")
    Notice.objects.create(
        school=told, title="Photo", starts_on="2026-06-12", ends_on="2026-06-13", changed_at=clock.now()
    )
    with clock.at(noon("2026-06-12")):
        undo_run(run=run)
    assert [school.name for school in School.objects.all()] == [told.name]
    assert invariants.run_all() == []
