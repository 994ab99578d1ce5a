"""Every advisory lock's key. A lock is taken in a transaction, in sorted order, with a time limit."""

from collections.abc import Iterable
from enum import IntEnum

from django.db import DatabaseError, connection, transaction

from core.errors import DomainError


class Lock(IntEnum):
    """First half of a two-part key; the second half is the row that it guards."""

    FEED = 1  # one academy's accounts and attachments: feeds, rollover, undo
    LIFECYCLE = 2  # the nightly job: grace, pre-deletion, deletion
    LOGINS = 3  # numbers given to equal logins
    SCHOOL_YEAR = 4  # a school's running and class year


class Busy(DomainError):
    """Another act holds what this one needs."""

    code = "busy"
    sentence = "Une autre opération est en cours sur les mêmes données."
    remedy = "Attendez qu’elle se termine, puis recommencez."
    status = 409


def take(*keys: tuple[Lock, int], timeout_ms: int = 10_000) -> None:
    """Takes advisory locks until the end of the transaction, in sorted order. One exchange with the server.

    Raises `Busy` when one is not had within `timeout_ms`, `TransactionManagementError` outside a
    transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an advisory lock is taken in a transaction")
    wanted = sorted({(int(lock), _half(key)) for lock, key in keys})
    if not wanted:
        return
    asked = "; ".join(f"select pg_advisory_xact_lock({lock:d}, {half:d})" for lock, half in wanted)
    waiting, ever = (f"select set_config('lock_timeout', '{limit:d}ms', true)" for limit in (timeout_ms, 0))
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"{waiting}; {asked}; {ever}")
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", "") == "55P03":
                raise Busy() from error
            raise


def take_for(lock: Lock, ids: Iterable[int], timeout_ms: int = 10_000) -> None:
    """`take` for many rows of one kind."""
    take(*((lock, i) for i in ids), timeout_ms=timeout_ms)


def _half(key: int) -> int:
    """A key folded into PostgreSQL's int4."""
    return key if -(2**31) <= key < 2**31 else (key % 2**32) - 2**31
