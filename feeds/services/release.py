"""Records that waited are planned anew when what made them wait is over."""

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.progress import SILENT, Progress
from feeds.enums import ParkCause, RunState, SchoolRole
from feeds.models import FeedRun, Freeze
from feeds.services.apply_run import apply_run
from feeds.services.freeze import frozen_on


def release_schools(*, schools: list[int], progress: Progress = SILENT) -> list[FeedRun]:
    """Applies the newest records that waited on schools released after an undone rollover."""
    runs = FeedRun.objects.filter(
        state=RunState.PARKED,
        cause=ParkCause.HALTED,
        schools__school__in=schools,
        schools__role=SchoolRole.PARKED,
    )
    return _apply(list(runs.order_by("-pk").distinct()), progress, releases=False)


def release_frozen(*, progress: Progress = SILENT) -> list[FeedRun]:
    """Applies the newest records that waited through a freeze which is over; run twice it does nothing more."""
    today = clock.today()
    over = Freeze.objects.filter(ends_on__lt=today, released_at__isnull=True)
    if not over.exists():
        return []
    waiting = FeedRun.objects.filter(state=RunState.PARKED, cause=ParkCause.FROZEN).order_by("-pk")
    runs = [run for run in waiting if not frozen_on(today, academy_id=run.academy_id)]
    done = _apply(runs, progress)
    over.update(released_at=clock.now())
    return done


def _apply(runs: list[FeedRun], progress: Progress, *, releases: bool = True) -> list[FeedRun]:
    done: list[FeedRun] = []
    for run in runs:
        try:
            with transaction.atomic():
                done.append(apply_run(run=run, releases=releases, progress=progress))
        except DomainError as error:
            # It goes on waiting, and its report says why.
            FeedRun.objects.filter(pk=run.pk).update(notes=[*run.notes, str(error)])
    return done
