"""Records that wait (design, §5): what is held becomes a run of its own, planned anew when it is applied."""

from pathlib import Path

import pytest

from feeds.errors import NotWaiting
from feeds.models import FeedRun, ParkedKey
from feeds.services.apply_run import apply_run
from tests.feeds.seen import ITSELF, classes_of, parked_of, schools_of
from tests.feeds.sets import a_set, feed, is_known, person, pupil, pupils_of, staff, told
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db


def held_at_a(tmp_path: Path, day: str = "2026-09-20", stay: int = 8) -> FeedRun:
    """A loses twelve of its twenty pupils, of two schools; answers the run that waits."""
    at_a = [pupil(f"P{n}", relatives=[f"R{n}"]) for n in range(1, 21)]
    at_b = pupils_of(10, "B", prefix="P5")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*at_a, *at_b]))
    return parked_of(feed(a_set(tmp_path, day, pupils=[*at_a[:stay], *at_b])))


def test_a_held_schools_records_become_a_run_of_their_own(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    assert (parked.state, parked.part, parked.cause) == ("parked", "F", "held")
    assert parked.parent.state == "applied"
    assert list(parked.schools.values_list("school__joining_key", "role")) == [("A", "parked")]
    assert staged() == [parked.schema]
    assert ParkedKey.objects.filter(run=parked, kind="P").count() == 8
    assert ParkedKey.objects.filter(run=parked, kind="R").count() == 8


def test_applied_on_a_say_so_the_departures_are_taken(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    run = apply_run(run=parked, accept_departures=True)
    assert run.state == "applied"
    assert told(run, "pupils") == {"unchanged": 8, "absent": 12}
    assert told(run, "relatives") == {"unchanged": 8, "absent": 12}
    assert person("P20").absent_since is not None
    assert person("R20").absent_since is not None
    assert staged() == []
    assert not ParkedKey.objects.exists()


def test_applied_without_a_say_so_it_goes_on_waiting(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    before = whole(but=ITSELF)
    run = apply_run(run=parked)
    assert run.state == "parked"
    assert run.refusal["vanish"] == 12
    assert differences(before, whole(but=ITSELF)) == {}
    assert apply_run(run=run, accept_departures=True).state == "applied"


def test_it_is_planned_anew_from_what_is_known_by_then(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    moved = [pupil(f"P{n}", "B", relatives=[f"R{n}"]) for n in range(9, 21)]  # the others went to B
    feed(a_set(tmp_path, "2026-09-21", pupils=[*pupils_of(10, "B", prefix="P5"), *moved]))
    parked.refresh_from_db()
    assert parked.state == "parked"  # the newer set names B alone
    run = apply_run(run=parked)
    assert run.state == "applied"
    assert told(run, "pupils") == {"unchanged": 8}


def test_a_newer_run_that_names_the_school_for_that_kind_replaces_it(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    feed(a_set(tmp_path, "2026-09-21", staff=[staff("S1")]))
    parked.refresh_from_db()
    assert parked.state == "parked"  # staff only
    feed(a_set(tmp_path, "2026-09-22", pupils=pupils_of(20)))
    parked.refresh_from_db()
    assert parked.state == "superseded"
    assert staged() == []
    with pytest.raises(NotWaiting, match="plus récente"):
        apply_run(run=parked, accept_departures=True)


def test_a_newer_set_that_is_held_too_waits_in_its_place(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    newer = feed(a_set(tmp_path, "2026-09-21", pupils=[*pupils_of(7), *pupils_of(10, "B", prefix="P5")]))
    parked.refresh_from_db()
    assert parked.state == "superseded"
    assert staged() == [parked_of(newer).schema]


def test_a_run_of_several_schools_gives_way_school_by_school(tmp_path: Path) -> None:
    a, b = pupils_of(20, "A"), pupils_of(20, "B", prefix="P5")
    c = pupils_of(10, "C", prefix="P7")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*a, *b, *c]))
    parked = parked_of(feed(a_set(tmp_path, "2026-09-20", pupils=[*a[:8], *b[:8], *c])))
    assert parked.schools.filter(role="parked").count() == 2
    feed(a_set(tmp_path, "2026-09-21", pupils=a))
    parked.refresh_from_db()
    assert parked.state == "parked"
    assert list(parked.schools.values_list("school__joining_key", flat=True)) == ["B"]
    run = apply_run(run=parked, accept_departures=True)
    assert told(run, "pupils") == {"unchanged": 8, "absent": 12}  # of B alone
    assert person("P20").absent_since is None
    assert person("P520").absent_since is not None


def test_a_dry_or_refused_run_replaces_no_records_that_wait(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    feed(a_set(tmp_path, "2026-09-21", pupils=pupils_of(20)), dry_run=True)
    feed(a_set(tmp_path, "2026-09-21", pupils=pupils_of(2)))
    parked.refresh_from_db()
    assert parked.state == "parked"


def test_records_that_wait_count_as_present_in_every_school(tmp_path: Path) -> None:
    both = [pupil(f"P{n}", "A", "B") for n in range(1, 4)]  # of two schools
    rest = pupils_of(17, "A", first=4)
    b, c = pupils_of(20, "B", prefix="P5"), pupils_of(10, "C", prefix="P7")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*both, *rest, *b, *c]))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[*both, *b, *c]))
    parked = parked_of(run)
    assert parked.schools.get().school.joining_key == "A"
    assert schools_of("P1") == ["A", "B"]  # their record waits at A: B does not miss them
    feed(a_set(tmp_path, "2026-09-21", pupils=[*b, *c]))  # A is not named: they are still there
    assert schools_of("P1") == ["A", "B"]
    assert person("P1").absent_since is None


def test_a_pupil_held_at_one_school_who_is_new_elsewhere_waits_whole(tmp_path: Path) -> None:
    a, b = pupils_of(20, "A"), pupils_of(10, "B", prefix="P5")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*a, *b]))
    new = pupil("P99", "A", "B", relatives=["R99"])
    parked = parked_of(feed(a_set(tmp_path, "2026-09-20", pupils=[*a[:8], *b, new])))
    assert not is_known("P99")
    assert not is_known("R99")
    apply_run(run=parked, accept_departures=True)
    assert schools_of("P99") == ["A", "B"]
    assert is_known("R99")


def test_a_relative_of_a_waiting_pupil_and_of_another_comes_in(tmp_path: Path) -> None:
    a, b = pupils_of(20, "A"), pupils_of(10, "B", prefix="P5")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*a, *b]))
    told_at_b = [pupil("P51", "B", born="2018-01-02", relatives=["R1"]), *b[1:]]
    held = [pupil("P1", born="2018-01-02", relatives=["R1"]), *a[1:8]]
    parked = parked_of(feed(a_set(tmp_path, "2026-09-20", pupils=[*held, *told_at_b])))
    assert is_known("R1")
    assert person("R1").guardianships.count() == 1
    apply_run(run=parked, accept_departures=True)
    assert person("R1").guardianships.count() == 2


def test_a_run_that_was_applied_dry_or_superseded_does_not_wait(tmp_path: Path) -> None:
    path = a_set(tmp_path, pupils=pupils_of(3))
    for options, word in (({"dry_run": True}, "essai à blanc"), ({}, "déjà été appliquée")):
        run = feed(path, **options)
        with pytest.raises(NotWaiting, match=word):
            apply_run(run=run)


def test_an_applied_parked_run_may_be_fed_again_and_changes_nothing(tmp_path: Path) -> None:
    parked = held_at_a(tmp_path)
    apply_run(run=parked, accept_departures=True)
    before = whole(but=ITSELF)
    at_a = [pupil(f"P{n}", relatives=[f"R{n}"]) for n in range(1, 9)]
    feed(a_set(tmp_path, "2026-09-21", pupils=[*at_a, *pupils_of(10, "B", prefix="P5")]))
    assert differences(before, whole(but=ITSELF)) == {}


def test_a_school_held_at_the_turn_turns_when_it_is_applied(tmp_path: Path) -> None:
    a, b = pupils_of(20, year=2025), pupils_of(10, "B", prefix="P5", year=2025)
    feed(a_set(tmp_path, "2026-06-10", pupils=[*a, *b]))
    parked = parked_of(
        feed(a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(6), *pupils_of(10, "B", prefix="P5")]))
    )
    assert classes_of("P1") == ["A CP 2025"]
    run = apply_run(run=parked, accept_departures=True)
    assert run.state == "applied"
    assert any("passe à l’année 2026-2027" in note for note in run.notes)
    assert classes_of("P1") == ["A CP 2026"]
    assert classes_of("P20") == []
