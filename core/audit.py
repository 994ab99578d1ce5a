"""Who did what: the actor and the run are set once a transaction, entries follow by themselves.

Within `acting`, set-based SQL reads them too: `current_setting('cartable.actor', true)` and
`current_setting('cartable.run', true)`, '' where there is none.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction

from core import clock
from core.models import AuditEntry

BATCH = 2_000


class Someone(Protocol):
    """Whoever acts: an account, known here by its UUID."""

    uuid: UUID


@dataclass(frozen=True, slots=True)
class Acting:
    """`actor` is None where the system acts by itself (a nightly job, a command)."""

    actor: UUID | None = None
    run: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log; `before` and `after` hold what can be written as JSON."""

    verb: str
    subject: UUID | None = None
    school: UUID | None = None
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


SYSTEM = Acting()
_acting: ContextVar[Acting] = ContextVar("cartable_acting", default=SYSTEM)


@contextmanager
def acting(*, by: Someone | UUID | None, run: UUID | None = None) -> Iterator[Acting]:
    """Runs a block, in one transaction, in someone's name and for a run.

    Within another `acting` block, `run=None` keeps the outer run.
    """
    actor = by if isinstance(by, UUID) or by is None else by.uuid
    former = _acting.get()
    present = Acting(actor=actor, run=run or former.run)
    inside = connection.in_atomic_block  # else the end of the transaction forgets by itself
    told = inside and former is not SYSTEM and former == present  # by the block around this one
    token = _acting.set(present)
    try:
        with transaction.atomic():
            if not told:
                _tell(present)
            yield present
            if inside and not told:
                _tell(former)
    finally:
        _acting.reset(token)


def actor() -> UUID | None:
    """Who acts now; None for the system."""
    return _acting.get().actor


def record(
    verb: str,
    *,
    subject: UUID | None = None,
    school: UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Writes one entry, in the current transaction."""
    record_all([Entry(verb=verb, subject=subject, school=school, before=before, after=after)])


def record_all(entries: Iterable[Entry]) -> int:
    """Writes many entries, a query a batch; answers how many."""
    present, at = _acting.get(), clock.now()
    rows = [
        AuditEntry(
            at=at,
            actor=present.actor,
            run=present.run,
            verb=entry.verb,
            subject=entry.subject,
            school=entry.school,
            before=entry.before,
            after=entry.after,
        )
        for entry in entries
    ]
    AuditEntry.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _tell(present: Acting) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('cartable.actor', %s, true), set_config('cartable.run', %s, true)",
            [str(present.actor or ""), str(present.run or "")],
        )
