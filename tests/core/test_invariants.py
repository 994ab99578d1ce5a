"""Rules that must always hold are queries that return nothing."""

import pytest

from core import invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(monkeypatch) -> None:
    monkeypatch.setattr(invariants, "_registered", {})


def test_a_rule_that_holds_is_not_spoken_of(rules) -> None:
    invariants.register("numbers", "Les nombres sont positifs.", "select 1 as number where false")
    assert invariants.run_all() == []


def test_a_broken_rule_tells_how_many_rows_and_the_first_of_them(rules) -> None:
    invariants.register(
        "numbers", "Les nombres sont négatifs.", "select g as number from generate_series(1, 50) g;"
    )
    (broken,) = invariants.run_all()
    assert (broken.invariant.sentence, broken.count) == ("Les nombres sont négatifs.", 50)
    assert broken.rows[0] == {"number": 1}
    assert len(broken.rows) == invariants.SHOWN


def test_two_rules_of_one_name_are_a_mistake_of_the_code(rules) -> None:
    invariants.register("numbers", "…", "select 1 where false")
    with pytest.raises(ValueError, match="numbers"):
        invariants.register("numbers", "…", "select 1 where false")
