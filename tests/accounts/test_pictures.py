"""Passwords of pictures, passwords easy to type, and what a sign-in of low assurance may not do."""

import pytest
from django.core.cache import cache

from accounts import assurance, easy_passwords, pictures
from accounts.assurance import Assurance
from accounts.attempts import Cap
from accounts.enums import Profile
from accounts.errors import LowAssurance, TooManyAttempts
from accounts.password_rules import Owner, problems
from accounts.pictures import Picture
from ui.drawings import svg_of


def test_three_pictures_are_drawn_all_different() -> None:
    assert all(len(set(pictures.drawn())) == pictures.LENGTH for _ in range(50))


def test_a_seal_fits_its_pictures_in_their_order_alone() -> None:
    chosen = [Picture.CAT, Picture.SUN, Picture.KEY]
    sealed = pictures.seal(chosen)
    assert pictures.fits(chosen, sealed)
    assert not pictures.fits(chosen[::-1], sealed)
    assert not pictures.fits(chosen[:2], sealed)
    assert not pictures.fits([], "")
    assert sealed != pictures.seal(chosen)


def test_a_seal_rests_on_the_key_kept_outside_the_database(settings) -> None:
    chosen = [Picture.CAT, Picture.SUN, Picture.KEY]
    sealed = pictures.seal(chosen)
    settings.CARTABLE_CODE_KEY = "une autre clé"
    assert not pictures.fits(chosen, sealed)


def test_every_picture_has_a_drawing_of_ours_in_the_tones_of_paper() -> None:
    for picture in Picture:
        drawn = svg_of(picture.value)
        assert drawn.startswith("<svg")
        assert "var(" not in drawn
    with pytest.raises(KeyError):
        svg_of("dragon")


def test_every_easy_password_holds_and_is_typed_without_accents() -> None:
    for _ in range(300):
        password = easy_passwords.easy_password()
        first, second, digits = password.split("-")
        assert (first + second).isascii()
        assert first != second
        assert digits.isdecimal()
        assert problems(password, Owner(Profile.PUPIL, "zoe.beranger", "Zoé", "Béranger")) == []
    assert len(set(easy_passwords.WORDS)) == len(easy_passwords.WORDS)


def test_a_cap_forgives_so_many_wrong_tries(servers: None) -> None:
    cache.clear()
    for _ in range(5):
        Cap("test", "zoe", times=2, seconds=60).succeeded()
    for _ in range(2):
        Cap("test", "zoe", times=2, seconds=60)
    with pytest.raises(TooManyAttempts):
        Cap("test", "zoe", times=2, seconds=60)


def test_low_assurance_is_of_a_block_alone() -> None:
    with assurance.acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        assurance.require_full()
    assurance.require_full()
