"""Anybody is drawn by the shape of their profile and two letters of their name."""

from enum import Enum

import pytest

from tests.ui.people import Somebody
from ui import people


class Profile(Enum):
    PUPIL = "pupil"
    RELATIVE = "R"


@pytest.mark.parametrize(
    ("profile", "key"),
    [
        ("TEACHER", "teacher"),
        ("pupil", "pupil"),
        (Profile.RELATIVE, "relative"),
        ("GROUP", "group"),
        ("other", "guest"),
    ],
)
def test_the_shape_follows_the_profile_however_it_is_given(profile, key):
    assert people.profile_key(Somebody(profile=profile)) == key
    assert people.profile_key(profile) == key


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Lina Belkacem", "LB"),
        ("Anne-Lise Le Goff", "AG"),
        ("Élodie d’Arc", "ÉA"),
        ("Zoé", "Zo"),
        ("", "?"),
    ],
)
def test_initials_are_of_the_first_and_last_word(name, letters):
    assert people.initials(name) == letters


def test_a_name_may_be_a_method_or_a_value():
    class Called:
        def full_name(self):
            return "Noé Martin"

    assert people.full_name(Called()) == "Noé Martin"
    assert people.full_name(Somebody()) == "Camille Delattre"
    assert people.full_name("École Rosa-Parks") == "École Rosa-Parks"


def test_a_profile_is_written_with_a_capital():
    assert people.profile_label(Somebody(words="élève")) == "Élève"
    assert people.profile_label("École Rosa-Parks") == ""
