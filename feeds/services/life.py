"""A run from its first sign of life to its state."""

from django.core.cache import cache
from django.db import transaction

from core import clock, sql
from core.errors import DomainError
from core.locks import Lock, take
from feeds import stage
from feeds.enums import RunState
from feeds.intake import Intake
from feeds.models import FeedRun
from feeds.services import park
from schools.models import Academy
from schools.rules import year_of
from schools.services.years import ensure_years, year_on

ALIVE_FOR = 15 * 60  # seconds without a sign of life after which a run was killed


def alive_key(run_id: int) -> str:
    return f"feed-run-alive:{run_id}"


class Ending:
    """Whatever happens, the run ends with a state: a failure is written down, and leaves nothing else."""

    def __init__(self, run: FeedRun) -> None:
        self.run = run

    def __enter__(self) -> FeedRun:
        cache.set(alive_key(self.run.pk), True, ALIVE_FOR)
        return self.run

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        cache.delete(alive_key(self.run.pk))
        if error is None:
            return
        refused = isinstance(error, DomainError) and error.exit_code == 3
        problem = (
            error.as_problem()
            if isinstance(error, DomainError)
            else {"title": "Erreur interne", "detail": str(error)}
        )
        with transaction.atomic():
            stage.drop(self.run)
            FeedRun.objects.filter(pk=self.run.pk).update(
                state=RunState.REFUSED if refused else RunState.FAILED,
                refusal=problem, finished_at=clock.now(), fed_on=self.run.fed_on,
            )  # fmt: skip
        self.run.refresh_from_db()
        error.run = self.run  # type: ignore[attr-defined]


def finish(run: FeedRun, state: RunState) -> None:
    """Writes the end of a run down; its records are kept only where they wait for a decision."""
    run.state, run.finished_at = state, clock.now()
    run.save()
    if state is RunState.REFUSED:
        stage.keep(run)
        sql.run("feeds", "supersede_refused", run_id=run.pk)
    else:
        stage.drop(run)
    for waiting in FeedRun.objects.filter(state=RunState.SUPERSEDED, academy=run.academy, pk__lt=run.pk):
        park.forget(waiting)


def hold(academy: Academy) -> None:
    """Takes the academy's lock: what is read from here on, no other run changes. Raises `Busy`."""
    take((Lock.FEED, academy.pk), timeout_ms=30_000)


def enter(intake: Intake, academy: Academy) -> None:
    """Takes the academy's lock and writes on the run what is now known of it."""
    hold(academy)
    run = intake.run
    around = year_of(intake.fed_on)
    ensure_years(academy=academy, years=range(around - 2, around + 3))
    run.academy = academy
    run.year = intake.year or year_on(academy=academy, day=intake.fed_on)
    run.save(update_fields=["academy", "year", "fed_on", "school"])
    bury_killed(run)


def bury_killed(run: FeedRun) -> None:
    """Runs that gave no sign of life for long were killed: they left nothing but their schema."""
    for other in FeedRun.objects.filter(state=RunState.RUNNING).exclude(pk=run.pk):
        if not cache.get(alive_key(other.pk)):
            stage.drop(other)
            FeedRun.objects.filter(pk=other.pk).update(
                state=RunState.FAILED, finished_at=clock.now(),
                refusal={"title": "L’alimentation a été interrompue. Rien n’a changé.", "type": "urn:cartable:killed"},
            )  # fmt: skip
