"""A rollover asked for, of a school or of an academy: a transaction for a few schools, under lock.

Killed in its middle, an academy's is begun again where it stopped, under the same run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from core import clock
from core.locks import Busy, Lock, take
from core.progress import SILENT, Progress
from rollover import figures, plan
from rollover.errors import AlreadyThatYear, NoClassYet, YearTooFar
from rollover.models import Run, Turnover
from rollover.querysets import planned, told_of_run
from rollover.rules import within_reach
from rollover.services.turn import turn_schools
from schools.models import Academy, School
from schools.rules import year_of

APPLIED, DRY, UNDONE = "applied", "dry", "undone"
WAIT_MS = 30_000
# Schools of one transaction: each by itself costs half as much again; who waits for one waits two seconds at most.
TOGETHER = 25


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a rollover did, or would do: a run (None where dry), and each school's figures."""

    run: UUID | None
    state: str
    schools: list[dict[str, Any]]

    def as_dict(self) -> dict[str, Any]:
        """As commands and jobs print it."""
        return {"run": str(self.run) if self.run else None, "state": self.state, "schools": self.schools}


def roll_school(
    *, school: School, year: int | None = None, by: UUID | None = None, dry_run: bool = False
) -> Rolled:
    """Turns a school to a year, its running one by default.

    Raises `AlreadyThatYear`, `NoClassYet`, `YearTooFar`, `Busy`.
    """
    if dry_run:
        return Rolled(None, DRY, foresee([(school.pk, *_turn_of(school, year))]))
    run = uuid4()
    _turn(school, year, run=run, by=by)
    return Rolled(run, APPLIED, told_of_run(run))


def roll_academy(
    *,
    academy: Academy,
    year: int | None = None,
    by: UUID | None = None,
    dry_run: bool = False,
    progress: Progress = SILENT,
) -> Rolled:
    """Turns the schools of an academy that are not yet in a year, by default each in its running one; those
    that never had a class are left. What a killed run did not turn joins it.

    Raises `AlreadyThatYear` where no school is left to turn, `YearTooFar`, `Busy` (then the schools already
    turned stay so, and the same again does the rest). A school that fails holds up no other: what it raised is
    raised once the others have turned.
    """
    left = [
        school for school in School.objects.filter(academy=academy).order_by("pk") if _turns(school, year)
    ]
    if dry_run:
        if not left:
            raise AlreadyThatYear()
        return Rolled(None, DRY, foresee([(school.pk, *_turn_of(school, year)) for school in left]))
    run = _run_of(academy, year, by=by, starts=bool(left))
    progress.step("Bascule des écoles", len(left))
    failed: list[Exception] = []
    for some in batched(left, TOGETHER):
        failed += _turn_together(some, year, run=run.uuid, by=by)
        progress.advance(len(some))
    if failed:
        raise failed[0]
    Run.objects.filter(pk=run.pk).update(finished_at=clock.now())
    return Rolled(run.uuid, APPLIED, told_of_run(run.uuid))


def require_turn(school: School, year: int | None = None) -> None:
    """Whether a school may be asked to turn. Raises `AlreadyThatYear`, `NoClassYet`, `YearTooFar`."""
    _turn_of(school, year)


def foresee(turns: list[tuple[int, int, int]]) -> list[dict[str, Any]]:
    """What turns (school, from year, to year) would end, school by school, as `told_of_run` tells it."""
    with plan.prepared(turns):
        counted = figures.count(whole=True)
        return planned(counted)


def _turn_together(
    schools: Sequence[School], year: int | None, *, run: UUID, by: UUID | None
) -> list[Exception]:
    """These schools in one transaction; where that fails, each by itself. Answers what those that failed raised.

    Raises `Busy`.
    """
    try:
        with transaction.atomic():
            now = [school for school in _held(schools) if _turns(school, year)]
            _carry_out(now, year, run=run, by=by)
    except Busy:
        raise
    except Exception as error:
        if len(schools) == 1:
            return [error]
        return [each for school in schools for each in _turn_together([school], year, run=run, by=by)]
    return []


@transaction.atomic
def _turn(school: School, year: int | None, *, run: UUID, by: UUID | None) -> None:
    _carry_out(_held([school]), year, run=run, by=by)


def _held(schools: Sequence[School]) -> list[School]:
    """These schools as they are under the lock of their academy's feeds, then of their years."""
    feeds = {(Lock.FEED, school.academy_id) for school in schools}
    take(*feeds, *((Lock.SCHOOL_YEAR, school.pk) for school in schools), timeout_ms=WAIT_MS)
    return list(School.objects.filter(pk__in=[school.pk for school in schools]).order_by("pk"))


def _carry_out(schools: list[School], year: int | None, *, run: UUID, by: UUID | None) -> None:
    turns = [(school.pk, *_turn_of(school, year)) for school in schools]
    if turns:
        turn_schools(relation=plan.relation_of(turns), by=by, run=run, whole=True)


def _turn_of(school: School, year: int | None) -> tuple[int, int]:
    """(from year, to year) of a school's turn; raises what forbids it."""
    if school.class_year is None:
        raise NoClassYet(uai=school.uai)
    to_year = year or school.running_year or school.class_year
    if to_year <= school.class_year:
        raise AlreadyThatYear(uai=school.uai, year=to_year)
    if not within_reach(to_year, school, today=year_of(clock.today())):
        raise YearTooFar(uai=school.uai, year=to_year)
    return school.class_year, to_year


def _turns(school: School, year: int | None) -> bool:
    try:
        _turn_of(school, year)
    except (AlreadyThatYear, NoClassYet):
        return False
    return True


def _run_of(academy: Academy, year: int | None, *, by: UUID | None, starts: bool) -> Run:
    """The run to go on with: one of this academy and year that was killed, else a new one."""
    running = School.objects.filter(academy=academy, running_year__isnull=False).order_by("-running_year")
    asked = year or running.values_list("running_year", flat=True).first() or year_of(clock.today())
    unfinished = Run.objects.filter(academy=academy, year=asked, finished_at__isnull=True)
    found = unfinished.first()
    if found is not None and (starts or Turnover.objects.filter(run=found.uuid).exists()):
        return found
    if not starts:
        raise AlreadyThatYear(year=asked)
    try:
        with transaction.atomic():
            return Run.objects.create(academy=academy, year=asked, at=clock.now(), by=by)
    except IntegrityError:
        return unfinished.get()
