"""What an administrator may start: the turn of a school or an academy, its rehearsal, and an undo, as jobs."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from core.models import Job
from directory import authority
from directory.querysets import standpoint_of
from rollover import tasks, undoing
from rollover.errors import NothingToUndo
from rollover.querysets import in_force, turnovers_visible_to
from schools.models import Academy, School


def start_school(*, by: User, school: School, year: int | None = None) -> Job:
    """Starts the turn of a school; a second click follows the first. Raises `NotYours`."""
    authority.require_school(by, school)
    under_way = _under_way(by, tasks.roll.name).filter(school=school.uuid).first()
    return under_way or tasks.roll.start(
        by=by, school=school.uuid, uai=school.uai, year=year, actor=str(by.uuid)
    )


def start_academy(*, by: User, academy: Academy, year: int | None = None) -> Job:
    """Starts the turn of an academy's schools; a second click follows the first. Raises `NotYours`."""
    authority.require_academy(by, academy)
    under_way = _under_way(by, tasks.roll.name).filter(arguments__academy=academy.code).first()
    return under_way or tasks.roll.start(by=by, academy=academy.code, year=year, actor=str(by.uuid))


def start_rehearsal(*, by: User, school: School | None = None, academy: Academy | None = None) -> Job:
    """Starts the rehearsal of a school's turn, or of those of an academy. Raises `NotYours`."""
    if school is not None:
        authority.require_school(by, school)
        return tasks.rehearse.start(by=by, school=school.uuid, uai=school.uai, actor=str(by.uuid))
    assert academy is not None
    authority.require_academy(by, academy)
    return tasks.rehearse.start(by=by, academy=academy.code, actor=str(by.uuid))


def start_undo(*, by: User, run: UUID, school: School | None = None) -> Job:
    """Starts the undo of a run, in the schools that this person administers, or in this one of them.

    Raises `NothingToUndo`, `LaterTurnover`.
    """
    mine = in_force(turnovers_visible_to(standpoint_of(by))).filter(run=run)
    turnovers = list(mine if school is None else mine.filter(school=school))
    if not turnovers:
        raise NothingToUndo()
    schools = [each.school_id for each in turnovers]
    under_way = _under_way(by, tasks.undo.name).filter(arguments__run=str(run), arguments__schools=schools)
    if found := under_way.first():
        return found
    if refusal := undoing.refusal_of(turnovers):
        raise refusal
    return tasks.undo.start(
        by=by, school=school.uuid if school else None, run=str(run), schools=schools, actor=str(by.uuid)
    )


def _under_way(by: User, name: str) -> QuerySet[Job]:
    return Job.objects.filter(name=name, actor=by.uuid).exclude(state__in=Job.FINISHED)
