"""A run from its first sign of life to its state."""

import logging

from django.db import transaction

from core import clock, sql
from core.errors import DomainError
from core.locks import Lock, take
from feeds import stage
from feeds.enums import RunState
from feeds.intake import Intake
from feeds.models import FeedRun
from feeds.services import park
from feeds.services.alive import Alive, was_killed
from schools.models import Academy
from schools.rules import year_of
from schools.services.years import ensure_years, year_on

logger = logging.getLogger(__name__)

# An error of ours tells users nothing of the inside: the log has it whole.
INTERNAL = {
    "title": "L’alimentation s’est arrêtée sur une erreur de Cartable. Rien n’a changé.",
    "detail": "Relancez-la\u00a0; si elle s’arrête encore, donnez son numéro à l’assistance.",
}


class Ending:
    """Whatever happens, the run ends with a state: a failure is written down, and leaves nothing else."""

    def __init__(self, run: FeedRun) -> None:
        self.run = run
        self._alive = Alive(run.pk)

    def __enter__(self) -> FeedRun:
        self._alive.__enter__()
        return self.run

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._alive.__exit__()
        if error is None:
            return
        refused = isinstance(error, DomainError) and error.exit_code == 3
        if isinstance(error, DomainError):
            problem = error.as_problem()
        else:
            problem = INTERNAL
            logger.error("feed run %s failed", self.run.pk, exc_info=error)
        with transaction.atomic():
            stage.drop(self.run)
            # one made by this very run is gone with what was rolled back
            home = Academy.objects.filter(pk=self.run.academy_id).first() if self.run.academy_id else None
            FeedRun.objects.filter(pk=self.run.pk).update(
                state=RunState.REFUSED if refused else RunState.FAILED,
                refusal=problem, finished_at=clock.now(), fed_on=self.run.fed_on, academy=home,
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
    superseded = FeedRun.objects.filter(state=RunState.SUPERSEDED, academy=run.academy, pk__lt=run.pk)
    for waiting in stage.still_there(superseded):
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
    """Runs that give no sign of life were killed: they left nothing but their schema.

    One whose row is locked is at work, whatever its signs.
    """
    at_work = FeedRun.objects.select_for_update(of=("self",), skip_locked=True)
    for other in at_work.filter(state=RunState.RUNNING).exclude(pk=run.pk):
        if was_killed(other.pk):
            stage.drop(other)
            FeedRun.objects.filter(pk=other.pk).update(
                state=RunState.FAILED, finished_at=clock.now(),
                refusal={"title": "L’alimentation a été interrompue. Rien n’a changé.", "type": "urn:cartable:killed"},
            )  # fmt: skip
