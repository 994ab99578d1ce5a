"""A turnover taken back: the school is in last year's classes again, its shares too; held until released
where a feed had turned it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import audit, clock, sql
from core.locks import Lock, take, take_for
from rollover import news
from rollover.errors import LaterTurnover, NothingToUndo
from rollover.figures import purged_in
from rollover.models import Turnover
from schools.models import School
from sharing.enums import Reason
from sharing.models import Withdrawal
from sharing.services.withdraw import restore

WAIT_MS = 30_000


@dataclass(frozen=True, slots=True)
class Undone:
    """The ids of the schools set back; the names of those who are not back in last year's class; how many
    shares are back, the titles of those that are not, and how many were kept no longer."""

    schools: list[int]
    lost: list[str]
    grants_restored: int = 0
    grants_lost: tuple[str, ...] = ()
    grants_forgotten: int = 0

    @property
    def notes(self) -> list[str]:
        """Sentences on what does not come back; empty where everything does."""
        said = []
        if self.lost:
            said.append(f"{len(self.lost)} personne(s) ne retrouvent pas leur classe : {_some(self.lost)}.")
        if self.grants_lost:
            titles = [f"« {title} »" if title else "un contenu supprimé" for title in self.grants_lost]
            said.append(f"Des partages ne reviennent pas, ce qu’ils liaient n’existe plus : {_some(titles)}.")
        if self.grants_forgotten:
            said.append(
                f"{self.grants_forgotten} partage(s) ne reviennent pas : ils ne sont plus gardés depuis la "
                "bascule."
            )
        return said


def undo_run(*, run: UUID, by: UUID | None = None, schools: Iterable[int] | None = None) -> Undone:
    """Undoes what is still in force of a run; of these schools alone, where `schools` says which.

    Raises `NothingToUndo`, `LaterTurnover`, `Busy`.
    """
    which = Turnover.objects.filter(run=run, undone_at__isnull=True)
    if schools is not None:
        which = which.filter(school__in=list(schools))
    with transaction.atomic():
        academies = School.objects.filter(turnover__in=which).values_list("academy_id", flat=True)
        take(*((Lock.FEED, academy) for academy in set(academies)), timeout_ms=WAIT_MS)
        turnovers = list(which)
        undone = undo_turnovers(turnovers=turnovers, by=by)
        with audit.acting(by=by, run=run):
            _record(turnovers)
    return undone


@transaction.atomic
def undo_turnovers(*, turnovers: list[Turnover], by: UUID | None = None) -> Undone:
    """Undoes turnovers exactly, but for what no longer exists, which it names.

    Class attachments begun there since, by hand too, are set aside under the turnover and come back
    when the school turns again. A school that a feed had turned is held: its families' records wait.
    Raises `NothingToUndo`, `LaterTurnover`.
    """
    if not turnovers or any(each.undone_at for each in turnovers):
        raise NothingToUndo()
    schools = sorted({each.school_id for each in turnovers})
    take_for(Lock.SCHOOL_YEAR, schools)
    ids = [each.pk for each in turnovers]
    if Turnover.objects.filter(pk__in=ids, undone_at__isnull=True).count() != len(ids):
        raise NothingToUndo()
    later = Turnover.objects.filter(school__in=schools, undone_at__isnull=True, pk__gt=min(ids)).exclude(
        pk__in=ids
    )
    if later.exists():
        raise LaterTurnover()
    told: dict[str, Any] = {"now": clock.now(), "today": clock.today(), "by": by, "ids": ids}
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.undo_plan")
    with audit.acting(by=by):
        forgotten = _forgotten(turnovers)
        sql.run("rollover", "undo_plan", **told)
        sql.run("directory", "restore_year", {"relation": "undo_plan"}, **told)
        sql.run("schools", "set_back_years", {"relation": "undo_plan"}, **told)
        sql.run("rollover", "record_undo", **told)
        shares = restore(causes=[each.uuid for each in turnovers], by=by)
        lost = [row["name"] for row in sql.rows("rollover", "undo_lost")]
        news.tell_turned_back(turnovers, by)
    return Undone(schools, lost, shares.count, tuple(shares.lost), forgotten)


def _forgotten(turnovers: list[Turnover]) -> int:
    """How many shares of these turnovers are no longer set aside."""
    kept = set(
        Withdrawal.objects.filter(
            cause__in=[each.uuid for each in turnovers], reason=Reason.ROLLOVER, restored_at__isnull=True
        ).values_list("cause", flat=True)
    )
    return sum(purged_in(each.figures) for each in turnovers if each.uuid not in kept)


def _record(turnovers: list[Turnover]) -> None:
    uuids = dict(
        School.objects.filter(pk__in=[each.school_id for each in turnovers]).values_list("pk", "uuid")
    )
    audit.record_all(
        audit.Entry(
            verb="school.turned_back",
            school=uuids[each.school_id],
            before={"year": each.to_year},
            after={"year": each.from_year},
        )
        for each in turnovers
    )


def _some(words: Iterable[str], most: int = 20) -> str:
    return ", ".join(list(words)[:most])


def forget_schools(*, relation: str) -> None:
    """Lets go of the undone turnovers of the schools of a relation (school_id), which are about to go."""
    sql.run("rollover", "forget_schools", {"relation": relation})
