"""A set from its staged records to its end: checked, planned, weighed, then applied or kept for review."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from accounts.enums import Source
from core import clock, sql
from core.progress import Progress
from feeds import apply, check, judge, plan, report, stage
from feeds.enums import RunState, SchoolRole
from feeds.intake import Intake
from feeds.models import FeedRun
from feeds.services import park
from feeds.services.freeze import frozen_on
from schools.models import School

WORTH_ANALYZE = 0.1  # share of a run's rows that are not unchanged


class Timed:
    """Seconds by phase, kept on the run."""

    def __init__(self, run: FeedRun, progress: Progress) -> None:
        self.run, self.progress = run, progress

    @contextmanager
    def phase(self, name: str, label: str) -> Iterator[None]:
        self.progress.step(label)
        start = time.perf_counter()
        yield
        self.run.seconds[name] = round(self.run.seconds.get(name, 0) + time.perf_counter() - start, 2)


@transaction.atomic
def decide(intake: Intake, timed: Timed, *, dry_run: bool, released: bool = False) -> RunState:
    """Checks, plans, weighs and, when nothing forbids, applies. Returns the run's state, written down.

    The caller's transaction holds the academy's lock. A refusal keeps the plan and the records.
    `released`: the records have waited, no freeze makes them wait again.
    """
    run = intake.run
    first_time = run.state == RunState.RUNNING
    with stage.schema(run):
        with timed.phase("plan", "Rapprochement"):
            _park_what_waits(intake, released=released)
            plan.plan(intake)
        with timed.phase("judge", "Vérification"):
            verdict = judge.judge(intake)
            while verdict.refusal is None and verdict.holds:
                park.hold(intake, verdict.held)
                plan.plan(intake)
                verdict = judge.judge(intake)
        with timed.phase("plan", "Rapprochement"):
            sql.run("feeds", "plan_marks", **intake.params)
            sql.run("feeds", "plan_outcome", **intake.params)
            plan.plan_rows(intake)
            if first_time:
                check.write_flaws(intake)
            run.counts = report.counts(intake)
        if verdict.refusal is not None:
            run.refusal = verdict.refusal.as_problem()
            run.schools.filter(role=SchoolRole.HELD).delete()  # none waits: the whole set does
            return RunState.REFUSED
        if dry_run:
            report.note_schools(intake)
            return RunState.DRY
        with timed.phase("apply", "Application"):
            apply.apply(intake, timed.progress)
            sql.run("feeds", "run_schools", **intake.params)
            waiting = park.park_apart(intake)
            apply.supersede(run)
            report.note_schools(intake)
            report.note_waiting(run, waiting)
            _renew_statistics(run)
    return RunState.APPLIED


def _renew_statistics(run: FeedRun) -> None:
    """Plans need it where a run adds or changes many rows, long before the server comes to it by itself."""
    touched = sum(
        number for kind in run.counts.values() for word, number in kind.items() if word != "unchanged"
    )
    if touched > sum(sum(kind.values()) for kind in run.counts.values()) * WORTH_ANALYZE:
        sql.run("feeds", "renew_statistics")


def _park_what_waits(intake: Intake, *, released: bool) -> None:
    """Families' records wait through a summer freeze, and in schools whose rollover was undone."""
    frozen = frozen_on(clock.today(), academy_id=intake.run.academy_id)
    if frozen and not released and intake.source != Source.ONDE_CSV:
        park.freeze(intake)
    halted = list(School.objects.filter(held_at__isnull=False).values_list("pk", flat=True))
    if halted:
        park.halt(intake, halted)
