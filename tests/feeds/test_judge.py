"""Too many would vanish (design, §5): the rule itself, a pure function over the plan's figures."""

from typing import Any

import pytest

from feeds.judge import Figure, Mark, as_figures, likely_cause, weigh


def figure(school: int = 1, kind: str = "P", *, of: int, vanish: int, **more: Any) -> Figure:
    told: dict[str, Any] = {"opens_year": False, "turns": False, "classes_told": 4, **more}
    return Figure(
        school_id=school,
        kind=kind,
        base=of,
        vanish=vanish,
        names=[f"N{n}" for n in range(vanish)][:10],
        **told,
    )


def quiet(*schools: int, kind: str = "P", of: int = 100) -> list[Figure]:
    """Schools that lose nobody."""
    return [figure(school, kind, of=of, vanish=0) for school in schools]


@pytest.mark.parametrize(
    ("vanish", "of", "passed"),
    [
        (0, 0, False),
        (5, 6, False),  # five people at most: never over
        (6, 6, True),
        (6, 20, False),  # thirty in a hundred, exactly: not over
        (7, 20, True),
        (30, 100, False),
        (31, 100, True),
    ],
)
def test_both_the_share_and_the_number_must_be_passed(vanish: int, of: int, passed: bool) -> None:
    assert Mark(0.30, 5).passed_by(vanish, of) is passed


@pytest.mark.parametrize("kind", ["P", "S"])
def test_a_school_over_its_own_mark_is_held_alone(kind: str) -> None:
    found = weigh([figure(1, kind, of=20, vanish=7), *quiet(2, 3, kind=kind)])
    assert found.refusal is None
    assert [f.school_id for f in found.held[kind]] == [1]
    assert found.holds


@pytest.mark.parametrize("kind", ["P", "S"])
def test_a_school_under_its_own_mark_is_not_held(kind: str) -> None:
    found = weigh([figure(1, kind, of=20, vanish=6), *quiet(2, 3, kind=kind)])
    assert not found.holds
    assert found.refusal is None


def test_the_mark_is_wider_in_the_first_family_feed_of_a_class_year() -> None:
    assert not weigh([figure(1, of=20, vanish=12, opens_year=True, turns=True), *quiet(2)]).holds
    assert weigh([figure(1, of=20, vanish=13, opens_year=True, turns=True), *quiet(2)]).holds


def test_the_mark_is_wider_in_the_first_staff_file_of_a_running_year() -> None:
    assert not weigh([figure(1, "S", of=10, vanish=6, opens_year=True), *quiet(2, kind="S")]).holds
    assert weigh([figure(1, "S", of=10, vanish=7, opens_year=True), *quiet(2, kind="S")]).holds


def test_a_schools_pupils_are_held_and_not_its_staff() -> None:
    found = weigh([figure(1, of=20, vanish=20), *quiet(1, kind="S"), *quiet(2), *quiet(2, kind="S")])
    assert [f.kind for f in found.held["P"]] == ["P"]
    assert found.held["S"] == []


def test_when_every_school_is_held_the_set_is_refused() -> None:
    found = weigh([figure(1, of=20, vanish=7), figure(2, of=20, vanish=8)])
    assert found.refusal is not None
    assert found.refusal.exit_code == 3


def test_a_set_of_one_school_whose_pupils_are_held_is_refused_though_its_staff_are_well() -> None:
    found = weigh([figure(1, of=20, vanish=15), *quiet(1, kind="S", of=12)])
    assert found.refusal is not None


def test_a_school_that_loses_nobody_keeps_a_set_from_being_refused() -> None:
    found = weigh([figure(1, of=20, vanish=20), *quiet(2, of=0)])
    assert found.refusal is None
    assert found.holds


def test_over_the_overall_mark_of_a_kind_the_set_is_refused() -> None:
    within = [figure(n, of=70, vanish=7) for n in (1, 2, 3)]  # 21 of 210: ten in a hundred, exactly
    assert weigh(within).refusal is None
    over = [figure(n, of=70, vanish=8) for n in (1, 2, 3)]
    assert weigh(over).refusal is not None


def test_the_overall_mark_needs_more_than_twenty_people() -> None:
    assert weigh([figure(n, of=25, vanish=5) for n in (1, 2, 3, 4)]).refusal is None
    assert weigh([figure(n, of=25, vanish=5) for n in (1, 2, 3, 4, 5)]).refusal is not None


def test_kinds_are_weighed_apart() -> None:
    losses = [figure(n, of=40, vanish=5) for n in (1, 2, 3)]  # 15 pupils
    staff = [figure(n, "S", of=40, vanish=5) for n in (1, 2, 3)]  # 15 staff
    assert weigh([*losses, *staff]).refusal is None


def test_schools_that_turn_over_are_judged_apart_by_their_own_mark() -> None:
    turning = [figure(n, of=100, vanish=35, opens_year=True, turns=True) for n in (1, 2)]
    assert weigh([*turning, *quiet(3)]).refusal is None
    leaving = [figure(n, of=100, vanish=36, opens_year=True, turns=True) for n in (1, 2)]
    assert weigh([*leaving, *quiet(3, of=10_000)]).refusal is not None


def test_what_turning_schools_lose_does_not_weigh_on_the_others() -> None:
    turning = figure(1, of=100, vanish=30, opens_year=True, turns=True)
    others = [figure(n, of=100, vanish=9) for n in (2, 3, 4)]
    assert weigh([turning, *others]).refusal is None


def test_a_held_school_does_not_count_in_the_overall_mark() -> None:
    found = weigh([figure(1, of=100, vanish=100), *quiet(2, 3)])
    assert found.refusal is None
    assert [f.school_id for f in found.held["P"]] == [1]


def test_nothing_to_weigh_refuses_nothing() -> None:
    found = weigh([])
    assert found.refusal is None
    assert not found.holds


def test_a_refusal_tells_figures_names_and_the_likely_cause() -> None:
    refusal = weigh([figure(1, of=40, vanish=30, classes_told=1), figure(2, of=20, vanish=12)]).refusal
    assert refusal is not None
    problem = refusal.as_problem()
    assert problem["vanish"] == 42
    assert problem["base"] == 60
    assert problem["names"][:2] == ["N0", "N1"]
    assert "42 élèves sur 60" in str(refusal)


def test_a_refusal_tells_pupils_and_staff_apart() -> None:
    refusal = weigh([figure(1, of=40, vanish=30), figure(1, "S", of=12, vanish=9)]).refusal
    assert "30 élèves sur 40 et 9 personnels sur 12" in str(refusal)


@pytest.mark.parametrize(
    ("figures", "cause"),
    [
        ([figure(of=40, vanish=40)], "empty-file"),
        ([figure(of=40, vanish=30, classes_told=1)], "one-class-only"),
        ([figure(of=40, vanish=30, classes_told=3)], "partial-file"),
        ([figure(of=40, vanish=30, classes_told=1), figure(2, of=40, vanish=0)], "one-class-only"),
        ([figure(kind="S", of=12, vanish=9, classes_told=0)], "partial-file"),
    ],
)
def test_the_likely_cause_is_read_from_the_figures(figures: list[Figure], cause: str) -> None:
    code, sentence = likely_cause(figures)
    assert code == cause
    assert sentence.startswith("Cause probable")


def test_what_is_kept_of_a_held_school_says_why() -> None:
    kept = as_figures(figure(of=40, vanish=30, classes_told=1))
    assert kept == {
        "base": 40,
        "vanish": 30,
        "names": [f"N{n}" for n in range(10)],
        "cause": "one-class-only",
    }


def test_thresholds_are_settings(settings: Any) -> None:
    settings.CARTABLE_FEED_SCHOOL_MARK = (0.9, 0)
    assert not weigh([figure(1, of=20, vanish=15), *quiet(2, 3, of=1000)]).holds
    settings.CARTABLE_FEED_SET_MARK = (0.0, 0)
    assert weigh([figure(1, of=20, vanish=1), *quiet(2)]).refusal is not None
