"""What the queue asks of rollover: schools turned, rehearsed and turned back, with progress; turns counted."""

from typing import Any
from uuid import UUID

from celery import shared_task

from core.jobs import job
from core.progress import Progress
from directory.querysets import standpoint_of
from rollover.services import count
from rollover.services.count import count_by_job
from rollover.services.rehearse import rehearse_all
from rollover.services.roll import roll_academy, roll_school
from rollover.services.undo import undo_run
from schools.models import Academy, School

__all__ = ["count_by_job", "count_left", "rehearse", "roll", "undo"]


@shared_task(name="rollover.count_left", ignore_result=True)
def count_left() -> None:
    """Every ten minutes: turns whose count was lost on its way."""
    count.count_left()


def _administers(person: Any) -> bool:
    return standpoint_of(person).administers_something


@job("rollover.roll", label="Changement d’année", may_start=_administers)
def roll(
    progress: Progress, *, uai: str = "", academy: str = "", year: int | None = None, actor: str = ""
) -> dict[str, Any]:
    """Turns a school, or the schools of an academy; started again after a worker's death, it does the rest."""
    by = UUID(actor) if actor else None
    if uai:
        progress.step("Bascule de l’école")
        return roll_school(school=School.objects.get(uai=uai), year=year, by=by).as_dict()
    found = Academy.objects.get(code=academy)
    return roll_academy(academy=found, year=year, by=by, progress=progress).as_dict()


@job("rollover.rehearse", label="Répétition d’un changement d’année", may_start=_administers)
def rehearse(progress: Progress, *, uai: str = "", academy: str = "", actor: str = "") -> dict[str, Any]:
    """Tells what the turn of a school, or of an academy's, would do, and keeps it; nothing is changed."""
    asked = School.objects.filter(uai=uai) if uai else School.objects.filter(academy__code=academy)
    made = rehearse_all(schools=asked.order_by("pk"), by=UUID(actor) if actor else None, progress=progress)
    return {"state": "rehearsed", "rehearsals": [str(each.uuid) for each in made]}


@job("rollover.undo", label="Annulation d’un changement d’année", may_start=_administers)
def undo(progress: Progress, *, run: str, schools: list[int], actor: str = "") -> dict[str, Any]:
    """Undoes a run in these schools."""
    undone = undo_run(run=UUID(run), schools=schools, by=UUID(actor) if actor else None, progress=progress)
    return {
        "run": run,
        "state": "undone",
        "schools": len(undone.schools),
        "grants_restored": undone.grants_restored,
        "notes": undone.notes,
    }
