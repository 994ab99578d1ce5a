"""What taking turnovers back would put back, school by school, counted before anything changes by the judgement
of the undo itself; what refuses it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import sql
from core.errors import DomainError
from rollover.ended import EndedClass, decided_of
from rollover.enums import Choice
from rollover.errors import LaterTurnover, NothingToUndo
from rollover.figures import purged_in
from rollover.models import Turnover
from sharing import kinds
from sharing.enums import Reason
from sharing.models import Withdrawal
from sharing.services.withdraw import restorable


@dataclass(slots=True)
class Back:
    """What comes back in a school. `grants` by application; `grants_gone` cannot, for what `grants_lost` (titles)
    names; `grants_forgotten` are kept no longer. `lost` are not back in last year's class. `set_aside`: class
    attachments begun since, of which `by_hand` come back with the next turn."""

    grants: dict[str, int] = field(default_factory=dict)
    grants_gone: int = 0
    grants_lost: list[str] = field(default_factory=list)
    grants_forgotten: int = 0
    classes: list[EndedClass] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    set_aside: int = 0
    by_hand: int = 0
    detachments: int = 0
    blocks: int = 0
    held: bool = False
    decisions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Choice.values, 0))

    @property
    def count(self) -> int:
        """How many shares come back."""
        return sum(self.grants.values())

    @property
    def missing(self) -> int:
        """How many do not."""
        return self.grants_gone + self.grants_forgotten

    @property
    def attachments(self) -> int:
        """How many class attachments come back."""
        return sum(each.pupils + each.teachers for each in self.classes)

    def kept(self) -> dict[str, Any]:
        """As the turnover keeps it, and the API tells it."""
        return asdict(self) | {"grants_restored": self.count, "class_attachments": self.attachments}


def refusal_of(turnovers: Sequence[Turnover]) -> DomainError | None:
    """What refuses the undo of these together, if anything does. Two queries at most."""
    if not turnovers or any(each.undone_at for each in turnovers):
        return NothingToUndo()
    return LaterTurnover() if later_than(turnovers) else None


def later_than(turnovers: Sequence[Turnover]) -> list[Turnover]:
    """The turnovers in force that came to the same schools after these, the newest first: to be undone before."""
    ids = [each.pk for each in turnovers]
    since: dict[int, int] = {}
    for each in turnovers:
        since[each.school_id] = min(each.pk, since.get(each.school_id, each.pk))
    found = Turnover.objects.filter(school__in=since, undone_at__isnull=True).exclude(pk__in=ids)
    return [each for each in found.order_by("-pk") if each.pk > since[each.school_id]]


@transaction.atomic
def foresee(turnovers: Sequence[Turnover]) -> dict[int, Back]:
    """What the undo of these would put back, by school (key); nothing is changed."""
    plan(turnovers)
    found = planned_back(turnovers)
    with connection.cursor() as cursor:
        cursor.execute("drop table pg_temp.undo_plan")
    return found


def plan(turnovers: Sequence[Turnover]) -> None:
    """Writes what the undo restores and sets aside to `undo_plan`, in the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.undo_plan")
    sql.run("rollover", "undo_plan", ids=[each.pk for each in turnovers])


def planned_back(turnovers: Sequence[Turnover]) -> dict[int, Back]:
    """The figures of the plan that is there."""
    found: dict[int, Back] = {each.school_id: Back() for each in turnovers}
    for row in sql.rows("rollover", "undo_planned"):
        back = found[row["school_id"]]
        back.set_aside, back.by_hand = row["set_aside"], row["by_hand"]
        back.detachments, back.blocks, back.held = row["detachments"], row["blocks"], row["holds"]
    for row in sql.rows("rollover", "undo_classes"):
        back = found[row["school_id"]]
        if row["pupils"] or row["teachers"]:
            back.classes.append(EndedClass(row["label"], row["pupils"], row["teachers"]))
        back.lost = sorted({*back.lost, *row["lost"]})
    _shares(found, turnovers)
    decided = decided_of([each.school_id for each in turnovers], [each.to_year for each in turnovers])
    for school, choices in decided.items():
        found[school].decisions = {choice.value: number for choice, number in choices.items()}
    return found


def _shares(found: dict[int, Back], turnovers: Sequence[Turnover]) -> None:
    apps = {kind.key: kind.app for kind in kinds.all_kinds()}
    told, forgotten = restorable([each.uuid for each in turnovers]), forgotten_of(turnovers)
    for turnover in turnovers:
        back, shares = found[turnover.school_id], told.get(turnover.uuid)
        back.grants_forgotten += forgotten.get(turnover.uuid, 0)
        if shares is not None:
            back.grants_gone += shares.gone
            back.grants_lost = sorted({*back.grants_lost, *shares.lost})
            for kind, number in shares.grants.items():
                app = apps.get(kind, kind)
                back.grants[app] = back.grants.get(app, 0) + number


def forgotten_of(turnovers: Sequence[Turnover]) -> dict[UUID, int]:
    """How many shares of each are no longer set aside; those of which all are kept are left out. One query."""
    kept = set(
        Withdrawal.objects.filter(
            cause__in=[each.uuid for each in turnovers], reason=Reason.ROLLOVER, restored_at__isnull=True
        ).values_list("cause", flat=True)
    )
    return {
        each.uuid: number
        for each in turnovers
        if each.uuid not in kept and (number := purged_in(each.figures))
    }
