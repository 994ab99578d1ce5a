import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from core import locks
from core.locks import Lock

FIRST_WAITS = 0.5


def _in_thread(act: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _race(*, locked: bool) -> list[str]:
    """Two acts read, wait, then write; answers the order in which they did."""
    seen: list[str] = []
    first_has_read = threading.Event()
    second_has_read = threading.Event()

    def first() -> None:
        with transaction.atomic():
            if locked:
                locks.take((Lock.FEED, 7))
            seen.append("first reads")
            first_has_read.set()
            second_has_read.wait(FIRST_WAITS)
            seen.append("first writes")

    def second() -> None:
        first_has_read.wait(5)
        with transaction.atomic():
            if locked:
                locks.take((Lock.FEED, 7))
            seen.append("second reads")
            second_has_read.set()
            seen.append("second writes")

    threads = [_in_thread(first), _in_thread(second)]
    for thread in threads:
        thread.join(10)
    return seen


@pytest.mark.django_db(transaction=True)
def test_two_acts_under_one_lock_follow_each_other() -> None:
    assert _race(locked=True) == ["first reads", "first writes", "second reads", "second writes"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_same_two_acts_mix() -> None:
    assert _race(locked=False).index("second reads") < _race(locked=False).index("first writes")


@pytest.mark.django_db(transaction=True)
def test_a_lock_held_elsewhere_is_refused_with_a_word_after_its_time() -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locks.take((Lock.FEED, 1))
            held.set()
            done.wait(10)

    thread = _in_thread(hold)
    assert held.wait(5)
    try:
        with pytest.raises(locks.Busy, match="en cours"), transaction.atomic():
            locks.take((Lock.FEED, 1), timeout_ms=50)
        with transaction.atomic():
            locks.take((Lock.FEED, 2), (Lock.LOGINS, 1), timeout_ms=50)
    finally:
        done.set()
        thread.join(10)


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_a_mistake_of_the_code() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        locks.take((Lock.FEED, 1))


@pytest.mark.django_db
def test_the_time_limit_ends_with_the_taking_and_keys_of_any_size_fit() -> None:
    locks.take_for(Lock.SCHOOL_YEAR, [3, 1, 2**40 + 5, 1], timeout_ms=100)
    with connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        assert cursor.fetchone() == ("0",)
        cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
        assert cursor.fetchone() == (3,)
