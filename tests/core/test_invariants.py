"""Rules that must always hold are queries that return nothing."""

import json
import logging
from io import StringIO

import pytest
from django.core.management import call_command

from core import invariants, tasks

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


def _command(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_invariants", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_ops_are_told_what_holds_and_what_does_not_with_the_rows(rules) -> None:
    invariants.register("numbers", "Les nombres sont positifs.", "select 1 as number where false")
    assert _command() == (0, "Règles vérifiées\u00a0: 1, toutes tiennent.\n")
    invariants.register("letters", "Il n’y a pas de lettre.", "select 'a' as letter")
    code, text = _command()
    assert code == 1
    assert "Il n’y a pas de lettre." in text
    assert "letter=a" in text
    code, told = _command("--json")
    assert (code, json.loads(told)["broken"][0]["rows"]) == (1, [{"letter": "a"}])


def test_the_night_logs_a_broken_rule_as_an_error(rules, caplog) -> None:
    invariants.register("letters", "Il n’y a pas de lettre.", "select 'a' as letter")
    with caplog.at_level(logging.ERROR):
        tasks.check_invariants()
    assert "letters is broken by 1 rows" in caplog.text
