"""Passwords by profile."""

import pytest

from accounts.enums import Profile
from accounts.password_rules import Owner, problems

ZOE = Owner(Profile.PUPIL, "zoe.beranger2", "Zoé", "Béranger")
PARENT = Owner(Profile.RELATIVE, "lina.morel", "Lina", "Morel")
TEACHER = Owner(Profile.TEACHER, "noe.dupre", "Noé", "Dupré")


@pytest.mark.parametrize("password", ["chat", "lune7", "mon chat roux"])
def test_a_six_year_old_can_bear_their_password(password: str) -> None:
    assert problems(password, ZOE) == []


@pytest.mark.parametrize("password", ["", "abc", "aaaa", "1234", "azer", "zoé.béranger", "Zoe12", "Béranger"])
def test_a_pupil_is_kept_from_what_classmates_guess(password: str) -> None:
    assert problems(password, ZOE)


def test_a_pupil_is_spoken_to_as_one() -> None:
    assert problems("zoe.beranger", ZOE) == ["Ne prends pas ton nom."]
    assert problems("lina.morel", PARENT) == ["N’utilisez ni votre nom ni votre identifiant."]


@pytest.mark.parametrize("password", ["un velo bleu", "8 crayons"])
def test_a_relative_needs_eight(password: str) -> None:
    assert problems(password, PARENT) == []


@pytest.mark.parametrize("password", ["bateau", "password1", "LinaMorel", "morel lina 2026"])
def test_a_relative_is_kept_from_common_ones_and_from_their_name(password: str) -> None:
    assert problems(password, PARENT)


@pytest.mark.parametrize("password", ["tableau noir et craie", "Cr4ie!bl"])
def test_staff_choose_long_or_mixed(password: str) -> None:
    assert problems(password, TEACHER) == []


@pytest.mark.parametrize("password", ["tableau noi", "Craie2026", "aaaaaaaaaaaaaa", "azertyuiop"])
def test_staff_are_kept_from_short_and_plain(password: str) -> None:
    assert problems(password, TEACHER)


def test_nobody_sends_a_book_to_the_hasher() -> None:
    assert problems("a b" * 2_000, TEACHER)
