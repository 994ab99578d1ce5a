"""Shares that end, for whatever reason: one mechanism. Rows are set aside with who, when, why; undo moves
them back; a nightly job erases them in the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from core import audit, clock, sql
from schools.models import School
from sharing.enums import Reason
from sharing.models import Grant, LostTitle, Withdrawal

KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawal made: its key, its school's, its cause."""

    pk: int
    school_id: int | None
    cause: UUID | None


@dataclass(frozen=True, slots=True)
class Restored:
    """How many grants are back, and the titles of what no longer exists, or whose grantee does not."""

    count: int
    lost: list[str] = field(default_factory=list)


def withdraw(
    *,
    grants: QuerySet[Grant],
    reason: Reason,
    by: User | UUID | None,
    school: School | None = None,
    cause: UUID | None = None,
) -> Withdrawal | None:
    """Ends these grants in one withdrawal; None, and nothing written, where there are none."""
    try:
        text, values = grants.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # a filter that nothing can meet, such as nobody's
        return None
    with audit.acting(by=by), connection.cursor() as cursor:
        cursor.execute(
            "create temporary table withdrawn_now on commit drop as "  # noqa: S608
            f"select c.id as grant_id, %s::bigint as school_id, %s::uuid as cause from ({text}) c (id)",
            [school.pk if school else None, cause, *values],
        )
        made = withdraw_relation(relation="withdrawn_now", reason=reason, by=by) if cursor.rowcount else []
        cursor.execute("drop table pg_temp.withdrawn_now")
        return Withdrawal.objects.get(pk=made[0].pk) if made else None


def withdraw_relation(*, relation: str, reason: Reason, by: User | UUID | None) -> list[Withdrawn]:
    """Ends the grants of a relation (grant_id, school_id, cause), a withdrawal for each school and cause.

    Set-based, whatever the number. What each school lost is for the caller to record.
    """
    with audit.acting(by=by):
        rows = sql.rows(
            "sharing",
            "withdraw",
            {"relation": relation},
            reason=Reason(reason).value,
            now=clock.now(),
            by=by.uuid if isinstance(by, User) else by,
            no_cause=UUID(int=0),
        )
    return [Withdrawn(row["id"], row["school_id"], row["cause"]) for row in rows]


def restore(
    *,
    withdrawals: Iterable[Withdrawal] = (),
    causes: Iterable[UUID] = (),
    by: User | UUID | None,
) -> Restored:
    """Puts back what these withdrawals, and those of these causes, set aside; done once, it does nothing
    more. Grants come back with their keys, roles, years and origins."""
    with audit.acting(by=by) as acting:
        which = Withdrawal.objects.filter(restored_at__isnull=True).filter(
            Q(pk__in=[each.pk for each in withdrawals]) | Q(cause__in=list(causes))
        )
        held = list(which.select_for_update(no_key=True).order_by("pk"))
        if not held:
            return Restored(0)
        ids = [each.pk for each in held]
        row = sql.rows("sharing", "restore", withdrawals=ids)[0]
        Withdrawal.objects.filter(pk__in=ids).update(restored_at=clock.now(), restored_by=acting.actor)
        done = Restored(row["restored"], row["lost"])
        audit.record("share.restored", after={"count": done.count, "lost": done.lost})
    return done


@dataclass(slots=True)
class Restorable:
    """What would come back of a cause: how many grants by kind of resource; how many cannot, and the titles of
    what no longer exists, or whose grantee does not."""

    grants: dict[str, int] = field(default_factory=dict)
    gone: int = 0
    lost: list[str] = field(default_factory=list)


def restorable(causes: Iterable[UUID]) -> dict[UUID, Restorable]:
    """What `restore` of these causes would put back, by cause; those with nothing set aside are left out."""
    found: dict[UUID, Restorable] = {}
    for row in sql.rows("sharing", "restorable", causes=list(causes)):
        told = found.setdefault(row["cause"], Restorable())
        if row["stands"]:
            told.grants[row["kind"]] = row["grants"]
        else:
            told.gone += row["grants"]
            told.lost.append(row["title"])
    return found


@transaction.atomic
def forget_old() -> int:
    """Erases what is set aside for 90 days, and, of a rollover, until the school's next one; answers how
    many withdrawals."""
    before = clock.now() - KEPT
    count = sql.run("sharing", "forget_old", before=before)
    first = Withdrawal.objects.order_by("at").values_list("at", flat=True).first()
    LostTitle.objects.filter(at__lt=min(before, first or before)).delete()
    return count
