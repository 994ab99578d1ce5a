"""The school year (design, §5): which year a file tells, and what becomes of a school's two years."""

from pathlib import Path

import pytest

from directory.models import SchoolClass
from schools.models import SchoolYear
from tests.feeds.seen import ITSELF, changes, classes_of, roles_of, years_of
from tests.feeds.sets import a_set, feed, klass, person, pupil, pupils_of, school_of, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db


def test_the_running_year_opens_with_the_first_staff_file_from_the_opening_day_on(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-07-20", staff=[staff("S1")]))
    assert years_of() == (2025, None)
    feed(a_set(tmp_path, "2026-07-31", staff=[staff("S1")]))
    assert years_of() == (2025, None)
    feed(a_set(tmp_path, "2026-08-01", staff=[staff("S1")]))
    assert years_of() == (2026, None)


def test_a_staff_file_opens_the_running_year_only_of_the_schools_that_it_names(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-20", staff=[staff("S1", "A"), staff("S2", "B")]))
    feed(a_set(tmp_path, "2026-08-27", staff=[staff("S1", "A")]))
    assert years_of("A") == (2026, None)
    assert years_of("B") == (2025, None)


def test_the_opening_day_is_that_of_the_academys_school_year(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-01-10", staff=[staff("S1")]))
    academy = school_of("A").academy
    SchoolYear.objects.filter(academy=academy).delete()
    for year in (2025, 2026):  # a southern year: it begins in February
        SchoolYear.objects.create(
            academy=academy, year=year, starts_on=f"{year}-02-10", ends_on=f"{year + 1}-02-09"
        )
    feed(a_set(tmp_path, "2026-02-09", staff=[staff("S1")]))
    assert years_of() == (2025, None)
    run = feed(a_set(tmp_path, "2026-02-10", staff=[staff("S1")]))
    assert years_of() == (2026, None)
    assert run.year == 2026


def test_the_first_family_feed_gives_the_class_year_without_a_rollover(tmp_path: Path) -> None:
    run = feed(a_set(tmp_path, pupils=pupils_of(4)))
    assert years_of() == (2026, 2026)
    assert roles_of(run) == {("A", "F", "named")}
    assert classes_of("P1") == ["A CP 2026"]


def test_a_first_family_feed_of_last_years_classes_gives_last_year(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-08-27", staff=[staff("S1")]))
    feed(a_set(tmp_path, "2026-09-02", pupils=pupils_of(4, year=2025)))
    assert years_of() == (2026, 2025)
    assert classes_of("P1") == ["A CP 2025"]


def test_the_class_year_is_never_later_than_the_running_year_which_a_turn_opens(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025), staff=[staff("S1")]))
    assert years_of() == (2025, 2025)
    feed(a_set(tmp_path, "2026-09-10", pupils=pupils_of(4)))
    assert years_of() == (2026, 2026)


@pytest.mark.parametrize(("ahead", "turns"), [(1, False), (2, False), (3, True), (4, True)])
def test_a_school_turns_when_more_than_half_of_its_pupils_are_in_a_later_year(
    tmp_path: Path, ahead: int, turns: bool
) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025)))
    moved = pupils_of(ahead)
    behind = pupils_of(4 - ahead, first=ahead + 1, year=2025)
    run = feed(a_set(tmp_path, "2026-09-15", pupils=[*moved, *behind]))
    assert (years_of()[1] == 2026) is turns
    assert (("A", "F", "turned") in roles_of(run)) is turns


def test_pupils_without_a_year_do_not_count_towards_the_half(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(9, year=2025)))
    unplaced = pupils_of(6, first=4, classes=[])
    run = feed(a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(3), *unplaced]))
    assert ("A", "F", "turned") in roles_of(run)
    assert classes_of("P1") == ["A CP 2026"]
    assert classes_of("P9") == []  # was in last year's class: awaited
    assert any("6 élève(s) sans classe" in note for note in run.notes)


def test_one_pupil_admitted_ahead_turns_nothing_and_keeps_the_class_of_the_class_year(
    tmp_path: Path,
) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025)))
    both = [klass(year=2025), klass(year=2026, starts="2026-06-15")]
    feed(a_set(tmp_path, "2026-06-20", pupils=[pupil("P1", classes=both), *pupils_of(3, first=2, year=2025)]))
    assert years_of() == (2025, 2025)
    assert not SchoolClass.objects.filter(year=2026).exists()


def test_a_file_of_september_that_still_tells_last_year_changes_nothing(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025), staff=[staff("S1")]))
    feed(a_set(tmp_path, "2026-08-27", staff=[staff("S1")]))
    before = whole(but=ITSELF)
    run = feed(a_set(tmp_path, "2026-09-02", pupils=pupils_of(4, year=2025)))
    assert run.state == "applied"
    assert differences(before, whole(but=ITSELF)) == {}
    assert classes_of("P1") == ["A CP 2025"]


def test_values_in_the_future_open_nothing(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025)))
    both = [klass(year=2025), klass(year=2026)]
    before = whole(but=ITSELF)
    feed(a_set(tmp_path, "2026-08-28", pupils=pupils_of(4, classes=both)))
    assert differences(before, whole(but=ITSELF)) == {}
    feed(a_set(tmp_path, "2026-09-01", pupils=pupils_of(4, classes=both)))
    assert years_of() == (2026, 2026)
    assert classes_of("P1") == ["A CP 2026"]


def test_pupils_known_only_by_a_future_class_have_no_class_yet(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-08-20", pupils=pupils_of(3)))
    assert years_of() == (None, None)
    assert classes_of("P1") == []
    assert not SchoolClass.objects.exists()


def test_the_year_is_read_from_the_values_not_from_the_files_date(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-10-15", pupils=pupils_of(4, year=2025)))
    assert years_of()[1] == 2025


def test_a_school_may_turn_by_two_years_at_once(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2025-06-10", pupils=pupils_of(4, year=2024)))
    feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(4)))
    assert years_of() == (2026, 2026)


def test_schools_of_one_set_turn_each_for_itself(tmp_path: Path) -> None:
    old = [*pupils_of(4, "A", year=2025), *pupils_of(4, "B", year=2025, prefix="P5")]
    feed(a_set(tmp_path, "2026-06-10", pupils=old))
    feed(
        a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(4, "A"), *pupils_of(4, "B", year=2025, prefix="P5")])
    )
    assert years_of("A")[1] == 2026
    assert years_of("B")[1] == 2025
    assert classes_of("P51") == ["B CP 2025"]


def test_a_dry_run_of_the_turn_says_it_and_turns_nothing(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025)))
    before = whole(but=ITSELF)
    run = feed(a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(3), pupil("P4", classes=[])]), dry_run=True)
    assert run.state == "dry"
    assert differences(before, whole(but=ITSELF)) == {}
    assert any("passe à l’année 2026-2027" in note for note in run.notes)
    assert any("1 élève(s) sans classe" in note for note in run.notes)
    assert told(run, "classes") == {"created": 1}


def test_a_staff_file_touches_no_pupil_relative_or_class(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025, relatives=["R1"]), staff=[staff("S1")]))
    run = feed(a_set(tmp_path, "2026-08-27", staff=[staff("S1"), staff("S2")]))
    assert years_of() == (2026, 2025)
    assert changes(run) == {"staff": {"created": 1}}
    assert classes_of("P1") == ["A CP 2025"]
    assert person("R1").absent_since is None
