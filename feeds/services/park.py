"""Records that wait: a held school's, a summer freeze's, those of a school whose rollover was undone."""

from typing import Any

from django.db import connection

from core import clock, sql
from feeds import judge, stage
from feeds.enums import ParkCause, Part, RunState, SchoolRole
from feeds.intake import Intake
from feeds.judge import Figure
from feeds.models import FeedRun, ParkedKey, RunSchool

KINDS = {Part.FAMILIES: ["P", "R"], Part.STAFF: ["S"]}
NO_SCHOOL: list[int] = []


def hold(intake: Intake, held: dict[str, list[Figure]]) -> None:
    """Sets aside the records that state a school over its own mark, and keeps the figures."""
    for kind, figures in held.items():
        if not figures:
            continue
        part = Part.FAMILIES if kind == "P" else Part.STAFF
        _set_aside(intake, kind, ParkCause.HELD, [f.school_id for f in figures])
        RunSchool.objects.bulk_create(
            [
                RunSchool(
                    run=intake.run, school_id=f.school_id, part=part, role=SchoolRole.HELD,
                    figures=judge.as_figures(f),
                )
                for f in figures
            ],
            ignore_conflicts=True,
        )  # fmt: skip


def freeze(intake: Intake) -> None:
    """Sets aside all families' records."""
    _set_aside(intake, "P", ParkCause.FROZEN, NO_SCHOOL, everything=True)


def halt(intake: Intake, schools: list[int]) -> None:
    """Sets aside the families' records of schools that wait after an undone rollover."""
    _set_aside(intake, "P", ParkCause.HALTED, schools)


def _set_aside(
    intake: Intake, kind: str, cause: ParkCause, schools: list[int], *, everything: bool = False
) -> None:
    sql.run("feeds", "judge_park", kind=kind, cause=cause.value, school_ids=schools, everything=everything)


def park_apart(intake: Intake) -> list[FeedRun]:
    """Makes of what waits runs of their own, one for each cause and part, records in their schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct cause, case when kind = 'S' then 'S' else 'F' end from parked order by 1, 2"
        )
        waiting = cursor.fetchall()
    return [_park(intake, ParkCause(cause), Part(part)) for cause, part in waiting]


def _park(intake: Intake, cause: ParkCause, part: Part) -> FeedRun:
    run = intake.run
    parked = FeedRun.objects.create(
        source=run.source, academy=run.academy, school=run.school, state=RunState.PARKED, origin=run.origin,
        fed_on=run.fed_on, year=run.year, part=part, cause=cause, parent=run, by=run.by,
        started_at=clock.now(), finished_at=clock.now(),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(f'create schema "{parked.schema}"')
    told: dict[str, Any] = {
        "cause": cause.value,
        "kinds": KINDS[part],
        "by_match": intake.school_id is not None,
    }
    sql.run("feeds", "park_records", {"schema": parked.schema}, **told)
    sql.run("feeds", "park_schools", parked_id=parked.pk, part=part.value, run_id=run.pk, **told)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into feeds_parkedkey (run_id, kind, key) select %s, kind, key from parked where cause = %s and kind = any(%s)",
            [parked.pk, cause.value, KINDS[part]],
        )
    return parked


def forget(run: FeedRun) -> None:
    """Lets go of a run's waiting records: they were applied, or newer ones replace them."""
    ParkedKey.objects.filter(run=run).delete()
    stage.drop(run)
