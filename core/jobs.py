"""Background acts: one decorator over the queue, one row for each, progress that a page can read.

    @job("feeds.import", label="Alimentation", may_start=may_import)
    def import_set(progress: Progress, *, path: str) -> dict[str, Any]: ...

    import_set.start(by=person, path="…")   # after commit; answers the Job

A message carries the job's UUID alone: sent twice it runs once, lost it is sent again
(`resend_forgotten`). The clock travels with the row, so that a rehearsed year holds in the worker.
A job may be started again after a worker's death: its service is idempotent and takes its own locks.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from celery import shared_task
from celery.app.task import Task
from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now

from core import clock
from core.audit import Someone
from core.errors import DomainError
from core.models import Job, JobState, progress_key

PROGRESS_KEPT = int(timedelta(hours=6).total_seconds())
PROGRESS_EVERY = 0.25  # seconds between two writes
FORGOTTEN_AFTER = timedelta(minutes=5)
# How long a finished job is told of: one that somebody asked for, and one of the system's own.
KEPT_FOR = {True: timedelta(days=90), False: timedelta(days=7)}

type Act = Callable[..., dict[str, Any] | None]


class NotAllowed(DomainError):
    """This person may not start that job."""

    code = "not-allowed"
    sentence = "Vous ne pouvez pas lancer cette opération."
    status = 403


class Cancelled(DomainError):
    """Someone asked to stop; the act's transaction is undone."""

    code = "cancelled"
    sentence = "L’opération a été annulée. Rien n’a été changé."


class JobProgress:
    """Progress of one job, written to the cache a few times a second."""

    def __init__(self, job: Job, *, cancellable: bool) -> None:
        self._job = job
        self._cancellable = cancellable
        self._label, self._done = "", 0
        self._total: int | None = None
        self._next = 0.0

    def step(self, label: str, total: int | None = None) -> None:
        self._label, self._done, self._total = label, 0, total
        self._write()

    def advance(self, count: int = 1) -> None:
        self._done += count
        if time.monotonic() >= self._next:
            self._write()

    def _write(self) -> None:
        self._next = time.monotonic() + PROGRESS_EVERY
        if self._cancellable and cache.get(_cancel_key(self._job.uuid)):
            raise Cancelled()
        said = {"label": self._label, "done": self._done, "total": self._total}
        cache.set(progress_key(self._job.uuid), said, PROGRESS_KEPT)


class JobKind:
    """One kind of background act; `start` is its only door for a person."""

    def __init__(
        self, act: Act, name: str, label: str, may_start: Callable[[Any], bool] | None, cancellable: bool
    ) -> None:
        self.act, self.name, self.label = act, name, label
        self.may_start, self.cancellable = may_start, cancellable
        self.__doc__ = act.__doc__
        self.task: Task[..., None] = shared_task(name=name, ignore_result=True)(self._received)

    def start(
        self, *, by: Someone | None, label: str = "", school: UUID | None = None, **arguments: Any
    ) -> Job:
        """Writes the job down and sends it once the transaction is committed.

        `by=None` is the system. Raises `NotAllowed`.
        """
        if by is not None and (self.may_start is None or not self.may_start(by)):
            raise NotAllowed()
        job = Job.objects.create(
            name=self.name,
            label=label or self.label,
            actor=by.uuid if by is not None else None,
            school=school,
            arguments=arguments,
            clock_shift=clock.shift(),
        )
        transaction.on_commit(lambda: self.send(job))
        return job

    def send(self, job: Job) -> None:
        self.task.delay(str(job.uuid))

    def _received(self, job_uuid: str = "") -> None:
        """What the worker runs. Without a UUID the schedule asks: the job is written down first."""
        if job_uuid:
            found = Job.objects.filter(uuid=job_uuid).exclude(state__in=Job.FINISHED).first()
        else:
            found = Job.objects.create(name=self.name, label=self.label, clock_shift=clock.shift())
        if found is not None:
            with clock.at(found.clock_shift):
                self._run(found)

    def _run(self, job: Job) -> None:
        if job.cancel_asked:
            _finish(job, JobState.CANCELLED, problem=Cancelled().as_problem())
            return
        Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, started_at=Now())
        try:
            result = self.act(JobProgress(job, cancellable=self.cancellable), **job.arguments)
            # inside: an answer that JSON cannot hold is a failure too, not a job that runs for ever
            _finish(job, JobState.DONE, result=result)
        except Cancelled as stop:
            _finish(job, JobState.CANCELLED, problem=stop.as_problem())
        except DomainError as error:
            refused = error.exit_code == 3
            _finish(job, JobState.REFUSED if refused else JobState.FAILED, problem=error.as_problem())
        except Exception:
            _finish(job, JobState.FAILED, problem=DomainError().as_problem())
            raise


_kinds: dict[str, JobKind] = {}


def job(
    name: str,
    *,
    label: str,
    may_start: Callable[[Any], bool] | None = None,
    cancellable: bool = False,
) -> Callable[[Act], JobKind]:
    """Makes a job of a function `(progress, **arguments)`; its arguments and answer are JSON.

    `may_start` says who may; None leaves it to the system alone. Raises ValueError when the name is
    taken.
    """

    def decorate(act: Act) -> JobKind:
        if name in _kinds:
            raise ValueError(f"job {name} is registered twice")
        _kinds[name] = JobKind(act, name, label, may_start, cancellable)
        return _kinds[name]

    return decorate


def kinds() -> dict[str, JobKind]:
    """Every kind of job, by name."""
    return dict(_kinds)


def cancel(job: Job) -> None:
    """Asks a job to stop: at once when it still waits, else at its next progress."""
    Job.objects.filter(pk=job.pk).exclude(state__in=Job.FINISHED).update(cancel_asked=True)
    cache.set(_cancel_key(job.uuid), True, PROGRESS_KEPT)


def resend_forgotten() -> int:
    """Sends again the jobs whose message was lost; answers how many."""
    lost = Job.objects.filter(state=JobState.QUEUED, created_at__lt=Now() - FORGOTTEN_AFTER)
    sent = 0
    for each in lost.order_by("created_at")[:500]:
        if each.name in _kinds:
            _kinds[each.name].send(each)
            sent += 1
    return sent


def forget_finished() -> int:
    """Deletes the rows of jobs long finished; answers how many."""
    gone = 0
    for asked, kept in KEPT_FOR.items():
        old = Job.objects.filter(finished_at__lt=Now() - kept, actor__isnull=not asked)
        gone += old.delete()[0]
    return gone


def _finish(job: Job, state: JobState, **told: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=Now(), **told)
    cache.delete(progress_key(job.uuid))


def _cancel_key(job: UUID) -> str:
    return f"job:{job}:cancel"
