"""The steps of a school's new year, with their dates as feeds and turnovers tell them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Max, Min, Q

from directory.querysets import season as read
from feeds.enums import Part, RunState, SchoolRole
from feeds.models import Freeze, RunSchool
from rollover.figures import purged_in
from rollover.models import Turnover
from schools.boards import Board
from schools.season import Standing, Step

# A freeze of the summer begins around the opening of the year.
AROUND = timedelta(days=75)


class StageState(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of one school: `day` is known where the step is `dated`, else the one around which it is awaited;
    None where nobody knows."""

    step: Step
    state: StageState
    day: date | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A school's year, step by step. `stale` is the day of the last families' file that still told last year;
    `turnover` the school's, which withdrew so many shares; `here` and `awaited` count its classes."""

    standing: Standing
    stages: list[Stage]
    stale: date | None = None
    turnover: UUID | None = None
    withdrawn: int = 0
    here: int = 0
    awaited: int = 0

    @property
    def now(self) -> Stage | None:
        return next((stage for stage in self.stages if stage.state == StageState.NOW), None)


def calendar_of(board: Board) -> Calendar:
    """The steps of a school, from its board. Five queries."""
    standing = board.standing
    told = _told(standing)
    turnover = Turnover.objects.filter(
        school=standing.school, to_year=standing.year, undone_at__isnull=True
    ).first()
    classes = read.classes_of([standing.school])[standing.school.pk]
    families = (turnover.on if turnover else told["families"]) if standing.turned else None
    days: dict[Step, tuple[date | None, bool]] = {
        Step.END: _end(standing, told),
        Step.STAFF: (told["staff"], True)
        if standing.staffed
        else (standing.first_day - timedelta(days=8), False),
        Step.FIRST_DAY: (standing.first_day, True),
        # The first file that tells the new year is the proof that ONDE has switched.
        Step.SWITCH: (families, True) if standing.turned else (None, False),
        Step.FAMILIES: (families, True) if standing.turned else (None, False),
        Step.CLASSES: (None, False),
        Step.LATE: (standing.first_day + timedelta(days=29), False),
    }
    done = _done(board, bool(classes.awaited))
    now = next((step for step in Step if step not in done), None)
    stages = [
        Stage(
            step,
            StageState.DONE if step in done else StageState.NOW if step == now else StageState.NEXT,
            *days[step],
        )
        for step in Step
    ]
    return Calendar(
        standing=standing,
        stages=stages,
        stale=told["stale"] if not standing.turned else None,
        turnover=turnover.uuid if turnover else None,
        withdrawn=purged_in(turnover.figures) if turnover else 0,
        here=len(classes.here) if standing.turned else 0,
        awaited=len(classes.awaited) if standing.turned else 0,
    )


def _done(board: Board, classes_awaited: bool) -> set[Step]:
    """The steps that are behind the school."""
    standing = board.standing
    done = {step for step in Step if step < Step.CLASSES and standing.reached(step)}
    if standing.turned and not classes_awaited and not board.number_of(read.FIRST_LEVELS):
        done.add(Step.CLASSES)
    if Step.CLASSES in done and not any(line.number for line in board.coming):
        done.add(Step.LATE)
    return done


def _told(standing: Standing) -> Mapping[str, date | None]:
    """The days of the files that spoke of a school. One query."""
    applied = Q(run__state=RunState.APPLIED)
    this_year, families = Q(run__fed_on__gte=standing.opens_on), Q(part=Part.FAMILIES)
    named = applied & Q(role=SchoolRole.NAMED)
    stale = applied & Q(role=SchoolRole.STALE, run__fed_on__gte=standing.first_day)
    told: dict[str, date | None] = RunSchool.objects.filter(school=standing.school).aggregate(
        last=Max("run__fed_on", filter=named & families & Q(run__fed_on__lt=standing.opens_on)),
        staff=Min("run__fed_on", filter=named & this_year & Q(part=Part.STAFF)),
        families=Min("run__fed_on", filter=named & this_year & families),
        stale=Max("run__fed_on", filter=stale),
    )
    return told


def _end(standing: Standing, told: Mapping[str, date | None]) -> tuple[date | None, bool]:
    """The day from which families' files wait: a freeze's first, else the last of last year's; else July. One
    query."""
    summer = Q(starts_on__gte=standing.opens_on - AROUND, starts_on__lte=standing.first_day)
    mine = Q(academy=standing.school.academy_id) | Q(academy__isnull=True)
    freeze = Freeze.objects.filter(summer, mine).order_by("starts_on").first()
    if freeze is not None:
        return freeze.starts_on, True
    if standing.reached(Step.END) and told["last"] is not None:
        return told["last"], True
    return standing.opens_on - timedelta(days=28), False
