"""A run that waits is planned anew, on an explicit say-so, and applied."""

from uuid import UUID

from django.db import transaction

from accounts.enums import Source
from core import sql
from core.progress import SILENT, Progress
from feeds import check, stage
from feeds.enums import ParkCause, RunState, SchoolRole
from feeds.errors import NotWaiting
from feeds.intake import BY_NAME, Intake
from feeds.models import FeedRun
from feeds.services import park
from feeds.services.life import enter, finish
from feeds.services.run_set import Timed, decide
from schools.models import School

WORDS = {
    RunState.APPLIED: "elle a déjà été appliquée",
    RunState.DRY: "c’était un essai à blanc",
    RunState.SUPERSEDED: "une alimentation plus récente l’a remplacée",
    RunState.UNDONE: "elle a été annulée",
    RunState.FAILED: "elle a échoué",
    RunState.RUNNING: "elle est en cours",
}


def apply_run(
    *,
    run: FeedRun,
    by: UUID | None = None,
    accept_departures: bool = False,
    releases: bool = True,
    progress: Progress = SILENT,
) -> FeedRun:
    """Plans a refused or parked run anew and applies it; with `accept_departures`, whoever would vanish.

    `releases`: applying what waits after an undone rollover releases its schools; otherwise those still
    held go on waiting.
    Raises `NotWaiting`. Refused again, the run stays as it is, with the new figures.
    """
    with transaction.atomic():
        run = FeedRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        former = RunState(run.state)
        if former not in (RunState.REFUSED, RunState.PARKED) or not stage.exists(run):
            why = WORDS.get(former, "ses fiches n’ont pas été gardées")
            raise NotWaiting(f"L’alimentation n° {run.pk} ne peut pas être appliquée : {why}.")
        assert run.academy is not None
        assert run.fed_on is not None
        run.accepted_departures, run.by, run.refusal, run.notes = accept_departures, by, None, []
        intake = intake_of(run, accept_departures=accept_departures)
        enter(intake, run.academy)
        run.plan.all().delete()
        run.schools.exclude(role=SchoolRole.PARKED).delete()
        if run.cause == ParkCause.HALTED and releases:
            held = run.schools.filter(role=SchoolRole.PARKED).values_list("school_id", flat=True)
            School.objects.filter(pk__in=list(held)).update(held_at=None)
        timed = Timed(run, progress)
        with timed.phase("check", "Contrôle"), stage.schema(run):
            check.clear()
            if former is RunState.PARKED:
                sql.run("feeds", "narrow_parked", **intake.params)
            check.check_schools(intake, uai=run.school.uai if run.school else "", name=run.origin)
            check.check(intake)
            check.refuse_older(intake)
        state = decide(intake, timed, dry_run=False, released=former is RunState.PARKED)
        if state is RunState.REFUSED and former is RunState.PARKED:
            run.state = RunState.PARKED
            run.save()
            stage.keep(run)
        else:
            finish(run, state)
            if state is RunState.APPLIED:
                park.forget(run)
    return run


def intake_of(run: FeedRun, *, accept_departures: bool) -> Intake:
    """The intake of a run whose records were kept."""
    assert run.fed_on is not None
    source = Source(run.source)
    csv = source is Source.ONDE_CSV
    return Intake(
        run=run, source=source, fed_on=run.fed_on, accept_departures=accept_departures,
        year=run.year if csv else None, school_id=run.school_id if csv else None,
        whole=not csv, by_name=source in BY_NAME, speaks_of_ties=not csv or stage.has_rows(run, "stage_tie"),
    )  # fmt: skip
