"""What an administrator may start: the turn of a school or an academy, and an undo, as jobs."""

from uuid import UUID

from accounts.models import User
from core.models import Job
from directory import authority
from directory.errors import NotYours
from directory.querysets import standpoint_of
from rollover import tasks
from rollover.errors import NothingToUndo
from rollover.querysets import in_force, turnovers_visible_to
from schools.models import Academy, School


def start_school(*, by: User, school: School, year: int | None = None) -> Job:
    """Starts the turn of a school. Raises `NotYours`."""
    authority.require_school(by, school)
    return tasks.roll.start(by=by, school=school.uuid, uai=school.uai, year=year, actor=str(by.uuid))


def start_academy(*, by: User, academy: Academy, year: int | None = None) -> Job:
    """Starts the turn of an academy's schools. Raises `NotYours`."""
    me = standpoint_of(by)
    if not me.platform and academy.pk not in me.administered_academies:
        raise NotYours()
    return tasks.roll.start(by=by, academy=academy.code, year=year, actor=str(by.uuid))


def start_undo(*, by: User, run: UUID) -> Job:
    """Starts the undo of a run, in the schools that this person administers. Raises `NothingToUndo`."""
    mine = in_force(turnovers_visible_to(standpoint_of(by))).filter(run=run)
    schools = list(mine.values_list("school_id", flat=True))
    if not schools:
        raise NothingToUndo()
    return tasks.undo.start(by=by, run=str(run), schools=schools, actor=str(by.uuid))
