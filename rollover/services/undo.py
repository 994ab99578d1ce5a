"""A turnover taken back: the school is in last year's classes again, its shares too; held until released
where a feed had turned it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from core import audit, clock, sql
from core.locks import Lock, take, take_for
from core.progress import SILENT, Progress
from rollover import news, undoing
from rollover.errors import LaterTurnover, NothingToUndo
from rollover.models import Turnover
from schools.models import School
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


def undo_run(
    *,
    run: UUID,
    by: UUID | None = None,
    schools: Iterable[int] | None = None,
    progress: Progress = SILENT,
) -> Undone:
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
        undone = undo_turnovers(turnovers=turnovers, by=by, progress=progress)
        with audit.acting(by=by, run=run):
            _record(turnovers)
    return undone


@transaction.atomic
def undo_turnovers(
    *, turnovers: list[Turnover], by: UUID | None = None, progress: Progress = SILENT
) -> Undone:
    """Undoes turnovers exactly, but for what no longer exists, which it names. Each keeps what it gave back, as
    `undoing.foresee` tells it beforehand.

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
    if undoing.later_than(turnovers):
        raise LaterTurnover()
    told: dict[str, Any] = {"now": clock.now(), "today": clock.today(), "by": by}
    with audit.acting(by=by):
        progress.step("Ce qui revient")
        undoing.plan(turnovers)
        back = undoing.planned_back(turnovers)
        progress.step("Classes et rattachements")
        sql.run("directory", "restore_year", {"relation": "undo_plan"}, **told)
        sql.run("schools", "set_back_years", {"relation": "undo_plan"}, **told)
        sql.run("rollover", "record_undo", **told)
        progress.step("Partages")
        shares = restore(causes=[each.uuid for each in turnovers], by=by)
        lost = [row["name"] for row in sql.rows("rollover", "undo_lost")]
        _keep_figures(turnovers, back)
        news.tell_turned_back(turnovers, by)
    forgotten = sum(each.grants_forgotten for each in back.values())
    return Undone(schools, lost, shares.count, tuple(shares.lost), forgotten)


def _keep_figures(turnovers: list[Turnover], back: dict[int, undoing.Back]) -> None:
    for turnover in turnovers:
        turnover.undo_figures = back[turnover.school_id].kept()
    Turnover.objects.bulk_update(turnovers, ["undo_figures"], batch_size=500)


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
