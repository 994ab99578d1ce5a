"""What an administrator decides about a run: apply what waits, take back what was applied."""

from accounts.models import User
from core.errors import DomainError
from core.models import Job
from directory.querysets.standpoint import standpoint_of
from feeds import tasks
from feeds.enums import RunState
from feeds.errors import NotWaiting
from feeds.models import FeedRun
from feeds.rules import may_decide, waits
from feeds.services import send


class NotYourRun(DomainError):
    """The run reaches beyond what this person administers."""

    code = "not-your-run"
    sentence = "Cette alimentation dépasse votre périmètre."
    remedy = "Adressez-vous à l’administrateur de l’académie."
    status = 403


def start_apply(*, by: User, run: FeedRun, accept_departures: bool) -> Job:
    """Starts the application of a refused or parked run, or of a dry run's files, as a job.

    Raises `NotYourRun`, `NotWaiting`, and `NoLongerKept` where a dry run's files are gone.
    """
    _require(by, run)
    if run.state == RunState.DRY:
        return send.apply_dry(by=by, run=run)
    if not waits(run):
        raise NotWaiting(f"L’alimentation n° {run.pk} n’attend aucune décision.")
    return tasks.apply.start(by=by, actor=str(by.uuid), run=run.pk, accept_departures=accept_departures)


def start_undo(*, by: User, run: FeedRun) -> Job:
    """Starts the undoing of an applied run as a job. Raises `NotYourRun`."""
    _require(by, run)
    return tasks.undo.start(by=by, actor=str(by.uuid), run=run.pk)


def _require(by: User, run: FeedRun) -> None:
    if not may_decide(standpoint_of(by), run):
        raise NotYourRun()
