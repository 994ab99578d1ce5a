"""Who did what is written down with what they did."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from core import audit, clock
from core.models import AuditEntry

pytestmark = pytest.mark.django_db


@dataclass
class Person:
    uuid: UUID = field(default_factory=uuid4)


def _told_to_sql() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('cartable.actor', true), current_setting('cartable.run', true)"
        )
        actor, run = cursor.fetchone()
    return actor or "", run or ""


def test_an_entry_bears_the_actor_the_run_and_the_rehearsed_instant() -> None:
    someone, run, subject = Person(), uuid4(), uuid4()
    instant = datetime(2027, 9, 1, 8, tzinfo=UTC)
    with clock.at(instant), audit.acting(by=someone, run=run):
        audit.record("class.renamed", subject=subject, before={"label": "CP"}, after={"label": "CP A"})
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.run, entry.subject, entry.verb) == (
        someone.uuid,
        run,
        subject,
        "class.renamed",
    )
    assert (entry.before, entry.after) == ({"label": "CP"}, {"label": "CP A"})
    assert entry.at.date() == instant.date()


def test_set_based_sql_knows_who_acts_and_forgets_at_the_end() -> None:
    someone, run = Person(), uuid4()
    with audit.acting(by=someone, run=run):
        assert _told_to_sql() == (str(someone.uuid), str(run))
        other = Person()
        with audit.acting(by=other):
            assert _told_to_sql() == (str(other.uuid), str(run))
        assert _told_to_sql() == (str(someone.uuid), str(run))
    assert _told_to_sql() == ("", "")
    assert audit.actor() is None


def test_the_system_acts_in_nobody_s_name() -> None:
    with audit.acting(by=None):
        audit.record("account.erased")
    assert AuditEntry.objects.get().actor is None


def test_what_failed_leaves_no_trace_and_no_actor() -> None:
    with pytest.raises(ZeroDivisionError), audit.acting(by=Person()):
        audit.record("account.erased")
        1 / 0  # noqa: B018
    assert not AuditEntry.objects.exists()
    assert audit.actor() is None


def test_many_entries_take_one_query_a_batch(django_assert_num_queries) -> None:
    entries = [audit.Entry(verb="tie.ended", subject=uuid4()) for _ in range(500)]
    with django_assert_num_queries(1):
        assert audit.record_all(entries) == 500
    assert AuditEntry.objects.count() == 500


@pytest.mark.django_db(transaction=True)
def test_a_block_within_a_block_of_the_same_person_tells_nothing_anew(django_assert_num_queries) -> None:
    someone, other = uuid4(), uuid4()
    # A savepoint, and its release.
    with audit.acting(by=someone), django_assert_num_queries(2), audit.acting(by=someone):
        pass
    seen = []
    with audit.acting(by=someone):
        transaction.on_commit(lambda: seen.append(_afterwards(someone)))
        with audit.acting(by=other):
            seen.append(_told_to_sql()[0])
        seen.append(_told_to_sql()[0])
    assert seen == [str(other), str(someone), str(someone)]
    assert _told_to_sql()[0] == ""


def _afterwards(someone: UUID) -> str:
    """What is done after the commit is in a transaction of its own, that knows who acts."""
    with audit.acting(by=someone):
        return _told_to_sql()[0]
