"""Too many would vanish (design, §5): whole feeds that are held, refused, or accepted all the same."""

from pathlib import Path

import pytest

from feeds import report
from feeds.models import FeedRun
from feeds.services.apply_run import apply_run
from tests.feeds.seen import ITSELF, classes_of, parked_of, roles_of, schools_of, years_of
from tests.feeds.sets import a_set, feed, is_known, klass, person, pupil, pupils_of, staff, told
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db


def two_schools(tmp_path: Path, *, year: int = 2026, day: str = "2026-09-15") -> None:
    """Twenty pupils at A, each with a relative, ten at B."""
    at_a = [pupil(f"P{n}", year=year, relatives=[f"R{n}"]) for n in range(1, 21)]
    feed(a_set(tmp_path, day, pupils=[*at_a, *pupils_of(10, "B", prefix="P5", year=year)]))


def test_one_school_over_its_own_mark_is_held_alone_and_the_rest_comes_in(tmp_path: Path) -> None:
    two_schools(tmp_path)
    run = feed(
        a_set(
            tmp_path,
            "2026-09-20",
            pupils=[
                *pupils_of(13, relatives=["R1"], ENTPersonNom="DURAND"),
                *pupils_of(11, "B", prefix="P5"),
            ],
        )
    )
    assert run.state == "applied"
    assert person("P1").last_name == "MARTIN"  # waits
    assert person("P20").absent_since is None
    assert is_known("P511")
    said = report.as_dict(run)
    (held,) = said["held"]
    assert (held["vanish"], held["base"], held["part"]) == (7, 20, "F")
    assert held["parked_run"] == parked_of(run).pk
    assert "MARTIN Pbe" in held["names"]
    assert any(held["name"] in line and str(held["parked_run"]) in line for line in report.as_lines(said))


def test_a_school_at_its_mark_exactly_is_not_held(tmp_path: Path) -> None:
    two_schools(tmp_path)
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(14), *pupils_of(10, "B", prefix="P5")]))
    assert run.state == "applied"
    assert told(run, "pupils")["absent"] == 6


def test_a_move_to_another_school_does_not_count(tmp_path: Path) -> None:
    two_schools(tmp_path)
    moved = [pupil(f"P{n}", "B") for n in range(1, 16)]
    stay = pupils_of(5, first=16)
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[*moved, *stay, *pupils_of(10, "B", prefix="P5")]))
    assert run.state == "applied"
    assert report.as_dict(run)["held"] == []
    assert schools_of("P1") == ["B"]


def test_the_base_is_the_people_of_that_source_who_are_not_absent(tmp_path: Path) -> None:
    two_schools(tmp_path)
    b = pupils_of(10, "B", prefix="P5")
    feed(a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(15), *b]))
    run = feed(a_set(tmp_path, "2026-09-21", pupils=[*pupils_of(9), *b]))  # six of the fifteen left
    (held,) = report.as_dict(run)["held"]
    assert (held["vanish"], held["base"]) == (6, 15)


def test_within_a_year_a_school_that_turns_may_lose_more(tmp_path: Path) -> None:
    two_schools(tmp_path, year=2025, day="2026-06-10")
    run = feed(a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(12), *pupils_of(10, "B", prefix="P5")]))
    assert run.state == "applied"  # 8 of 20 at A, 8 of 30 of the set: under 60 and 35 in a hundred
    assert report.as_dict(run)["held"] == []
    assert years_of("A") == (2026, 2026)


def test_a_school_that_would_lose_nearly_all_at_the_turn_is_held_and_does_not_turn(tmp_path: Path) -> None:
    two_schools(tmp_path, year=2025, day="2026-06-10")
    run = feed(a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(6), *pupils_of(10, "B", prefix="P5")]))
    assert years_of("A")[1] == 2025
    assert years_of("B")[1] == 2026
    assert classes_of("P1") == ["A CP 2025"]
    assert ("A", "F", "held") in roles_of(run)


def test_over_the_overall_mark_the_set_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    schools = ["A", "B", "C"]
    everyone = [p for s in schools for p in pupils_of(40, s, prefix=f"P{ord(s)}")]
    feed(a_set(tmp_path, pupils=everyone, staff=[staff("S1")]))
    before = whole(but=ITSELF)
    fewer = [p for s in schools for p in pupils_of(30, s, prefix=f"P{ord(s)}")]
    run = feed(a_set(tmp_path, "2026-09-20", pupils=fewer, staff=[staff("S1"), staff("S2")]))
    assert run.state == "refused"
    assert differences(before, whole(but=ITSELF)) == {}
    assert run.refusal["vanish"] == 30
    assert run.refusal["base"] == 120
    assert len(run.refusal["names"]) == 20
    assert told(run, "pupils")["absent"] == 30  # the plan is kept, and told
    assert run.plan.filter(kind="pupils", action="absent").count() == 30


def test_a_set_of_one_class_only_is_refused_and_says_so(tmp_path: Path) -> None:
    classes = [[klass(label=label)] for label in ("CP", "CE1", "CE2")]
    known = [pupil(f"P{n}", classes=classes[n % 3]) for n in range(30)]
    feed(a_set(tmp_path, pupils=known, staff=[staff("S1")]))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=known[::3], staff=[staff("S1")]))
    assert run.state == "refused"
    assert run.refusal["likely_cause"] == "one-class-only"
    assert "une seule classe" in run.refusal["title"]


def test_a_refused_set_lists_no_school_as_waiting(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    assert run.state == "refused"
    said = report.as_dict(run)
    assert said["held"] == []
    assert not FeedRun.objects.filter(state="parked").exists()


def test_a_dry_run_says_which_school_would_be_held(tmp_path: Path) -> None:
    two_schools(tmp_path)
    before = whole(but=ITSELF)
    path = a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(3), *pupils_of(10, "B", prefix="P5")])
    run = feed(path, dry_run=True)
    assert run.state == "dry"
    said = report.as_dict(run)
    (held,) = said["held"]
    assert held["parked_run"] is None
    assert not any("None" in line for line in report.as_lines(said))
    assert differences(before, whole(but=ITSELF)) == {}
    assert staged() == []


def test_departures_accepted_from_the_start_are_applied(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)), accept_departures=True)
    assert run.state == "applied"
    assert run.accepted_departures
    assert told(run, "pupils") == {"absent": 17, "unchanged": 3}


def test_a_refused_plan_is_kept_and_applied_on_an_explicit_say_so_only(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    assert staged() == [run.schema]
    again = apply_run(run=run)
    assert again.state == "refused"
    done = apply_run(run=run, accept_departures=True)
    assert done.state == "applied"
    assert person("P20").absent_since is not None
    assert staged() == []


def test_a_refused_plan_gives_way_to_a_newer_run(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    refused = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    feed(a_set(tmp_path, "2026-09-21", pupils=pupils_of(20)))
    refused.refresh_from_db()
    assert refused.state == "superseded"
    assert staged() == []


def test_a_refused_plan_gives_way_to_a_newer_refusal(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    refused = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    newer = feed(a_set(tmp_path, "2026-09-21", pupils=pupils_of(4)))
    refused.refresh_from_db()
    assert (refused.state, newer.state) == ("superseded", "refused")
    assert staged() == [newer.schema]


def test_a_dry_run_replaces_nothing_that_waits(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    refused = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    feed(a_set(tmp_path, "2026-09-21", pupils=pupils_of(20)), dry_run=True)
    refused.refresh_from_db()
    assert refused.state == "refused"


def test_staff_who_would_vanish_hold_their_school_and_its_pupils_come_in(tmp_path: Path) -> None:
    team = [staff(f"S{n}") for n in range(1, 13)]
    other = [staff(f"S{n}", "B") for n in range(20, 32)]
    feed(a_set(tmp_path, pupils=pupils_of(3), staff=[*team, *other]))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(4), staff=[*team[:4], *other]))
    assert run.state == "applied"
    assert is_known("P4")
    assert person("S12").absent_since is None
    assert parked_of(run).part == "S"


def test_a_new_school_of_a_set_loses_nobody(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(20)))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(3), *pupils_of(4, "B", prefix="P5")]))
    assert run.state == "applied"
    assert schools_of("P51") == ["B"]
    assert parked_of(run).cause == "held"
