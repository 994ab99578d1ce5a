"""Names to logins, and what is typed at sign-in."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import login_base, login_of, normalise_login

CASES = Path(__file__).parent.parent / "cases" / "logins"
NAMES = json.loads((CASES / "names.json").read_text(encoding="utf-8"))


def test_names_met_in_the_field_get_their_logins_in_order() -> None:
    given_out: dict[str, int] = {}
    for case in NAMES:
        base = login_base(case["first"], case["last"])
        given_out[base] = given_out.get(base, 0) + 1
        login = login_of(base, given_out[base])
        assert login == case["login"] if "login" in case else re.search(case["like"], login), case


@pytest.mark.parametrize(
    ("first", "last", "login"),
    [
        ("Дмитрий", "Ильин", "dmitriy.ilin"),
        ("王", "小明", "wang.xiaoming"),
        ("", "—", "personne.personne"),
        ("Louis 14", "Roi", "louis.roi"),
        ("Ana", "Bis 2", "ana.bis"),
        ("A" * 40, "B" * 40, "a" * 30 + "." + "b" * 30),
    ],
)
def test_a_login_is_made_of_any_name(first: str, last: str, login: str) -> None:
    assert login_base(first, last) == login


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_login_base_is_short_plain_and_ends_with_a_letter(first: str, last: str) -> None:
    base = login_base(first, last)
    assert re.fullmatch(r"[a-z0-9]{0,29}[a-z]\.[a-z0-9]{0,29}[a-z]", base)


@given(st.text(max_size=80), st.text(max_size=80), st.integers(1, 99))
def test_a_login_typed_as_it_is_stands_for_itself(first: str, last: str, number: int) -> None:
    login = login_of(login_base(first, last), number)
    assert normalise_login(login) == login
    assert normalise_login(f"\u00a0{login.upper()} ") == login


def test_a_numbered_login_reads_one_way() -> None:
    assert login_of(login_base("Zoé", "Morel1"), 2) == "zoe.morel2"


TYPED = json.loads((CASES / "typed.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("typed", TYPED["accepted"])
def test_sign_in_forgives_what_people_type(typed: str) -> None:
    assert normalise_login(typed) == TYPED["login"]


@pytest.mark.parametrize("typed", [*TYPED["refused"], "zoe.beranger\x00x", "z" * 5000])
def test_sign_in_does_not_guess_beyond(typed: str) -> None:
    assert normalise_login(typed) != TYPED["login"]
