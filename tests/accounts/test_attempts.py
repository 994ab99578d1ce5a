"""Limits on guessing: a class at 8:30 gets in, a guesser waits."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.cache import cache

from accounts import attempts
from accounts.attempts import Attempt
from accounts.errors import TooManyAttempts
from core import clock

SCHOOL = "192.0.2.8"


@pytest.fixture(autouse=True)
def nothing_counted(servers: None) -> None:
    cache.clear()


def test_a_class_of_thirty_gets_in_from_one_address_among_wrong_tries() -> None:
    for number in range(30):
        if number % 3 == 0:
            Attempt(f"eleve{number}", SCHOOL)
        Attempt(f"eleve{number}", SCHOOL).succeeded()


def test_five_wrong_tries_are_free_then_each_waits_longer() -> None:
    assert [attempts.wait_after(n, 5) for n in (1, 5, 6, 7, 8, 40)] == [0, 0, 5, 10, 20, 900]


def test_the_sixth_wrong_try_on_a_login_closes_it_for_a_moment() -> None:
    for _ in range(6):
        Attempt("zoe.beranger", SCHOOL)
    with pytest.raises(TooManyAttempts) as refused:
        Attempt("zoe.beranger", SCHOOL)
    assert refused.value.seconds == 5
    with clock.at(timedelta(seconds=6)):
        Attempt("zoe.beranger", SCHOOL).succeeded()
    Attempt("zoe.beranger", SCHOOL)


def test_another_login_from_there_and_that_login_from_elsewhere_stay_open() -> None:
    for _ in range(6):
        Attempt("zoe.beranger", SCHOOL)
    Attempt("noe.dupre", SCHOOL).succeeded()
    Attempt("zoe.beranger", "198.51.100.7").succeeded()


def test_a_login_is_guarded_from_many_addresses_together() -> None:
    for number in range(21):
        Attempt("zoe.beranger", f"198.51.100.{number}")
    with pytest.raises(TooManyAttempts):
        Attempt("zoe.beranger", "203.0.113.1")


def test_a_stranger_locks_nobody_out_of_where_they_got_in_before() -> None:
    Attempt("zoe.beranger", SCHOOL).succeeded()
    for number in range(30):
        with suppress(TooManyAttempts):
            Attempt("zoe.beranger", f"198.51.100.{number}")
    with pytest.raises(TooManyAttempts):
        Attempt("zoe.beranger", "203.0.113.1")
    Attempt("zoe.beranger", SCHOOL).succeeded()


def test_patience_is_not_rewarded_with_free_tries() -> None:
    tried = 0
    for minutes in range(0, 11 * 60, 4):
        with clock.at(timedelta(minutes=minutes)), suppress(TooManyAttempts):
            Attempt("zoe.beranger", SCHOOL)
            tried += 1
    assert tried < 70


def test_many_at_once_gain_nothing() -> None:
    begun = 0
    for _ in range(50):
        with suppress(TooManyAttempts):
            Attempt("zoe.beranger", SCHOOL)
            begun += 1
    assert begun == attempts.FREE_HERE + 1


def test_an_address_that_tries_many_logins_is_closed() -> None:
    for number in range(attempts.FREE_ADDRESS):
        Attempt(f"personne{number}", SCHOOL)
    with pytest.raises(TooManyAttempts):
        Attempt("zoe.beranger", SCHOOL)


def test_whoever_got_in_opens_an_address_a_little_more_but_once() -> None:
    for _ in range(10):
        Attempt("lina.morel", SCHOOL).succeeded()
    for number in range(attempts.FREE_ADDRESS + attempts.CREDIT_FOR_EACH):
        Attempt(f"personne{number}", SCHOOL)
    with pytest.raises(TooManyAttempts):
        Attempt("zoe.beranger", SCHOOL)


def test_an_act_is_allowed_so_many_times() -> None:
    assert [attempts.allow("mail", "a@b.fr", times=2, seconds=60) for _ in range(3)] == [True, True, False]
