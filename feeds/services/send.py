"""ONDE's files that an administrator sends: their import starts as a job, a dry run first."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db.models.functions import Now

from accounts.models import User
from core.models import Job
from directory.authority import require_school
from feeds import tasks
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.services.uploads import KEPT_FOR, NoLongerKept, keep, paths_of
from schools.models import School


def send_csv(
    *,
    by: User,
    school: School,
    files: Sequence[UploadedFile],
    year: int | None = None,
    dry_run: bool = True,
    accept_departures: bool = False,
) -> Job:
    """Keeps the files of a school and starts their import as a job; answers it.

    Raises `NotYours` outside the actor's scope, `UnusableUpload`.
    """
    require_school(by, school)
    return _start(
        by, school, folder=keep(files), year=year, dry_run=dry_run, accept_departures=accept_departures
    )


def apply_dry(*, by: User, run: FeedRun) -> Job:
    """Imports for good the files that a dry run kept, as a job; asked twice, answers the same job.

    Raises `NotYours` outside the actor's scope, `NoLongerKept`.
    """
    if run.school is None:
        raise NoLongerKept()
    require_school(by, run.school)
    first = kept_job(run)
    if first is None:
        raise NoLongerKept()
    folder, year = first.arguments["folder"], first.arguments.get("year")
    under_way = Job.objects.filter(
        name=tasks.import_upload.name, actor=by.uuid, arguments__folder=folder, arguments__dry_run=False
    ).exclude(state__in=Job.FINISHED)
    return under_way.first() or _start(
        by, run.school, folder=folder, year=year, dry_run=False, accept_departures=False
    )


def kept_job(run: FeedRun) -> Job | None:
    """The job whose files a dry run kept, while they are there. One query and a look at the storage."""
    if run.state != RunState.DRY or run.by is None:
        return None
    job = Job.objects.filter(
        name=tasks.import_upload.name, actor=run.by, created_at__gt=Now() - KEPT_FOR, result__run=run.pk
    ).first()
    return job if job is not None and paths_of(job.arguments["folder"]) else None


def _start(
    by: User, school: School, *, folder: str, year: int | None, dry_run: bool, accept_departures: bool
) -> Job:
    label = f"{'Essai à blanc' if dry_run else 'Alimentation'}\u00a0: {school.name}"
    return tasks.import_upload.start(
        by=by, actor=str(by.uuid), school=school.uuid, label=label[:200], folder=folder, uai=school.uai,
        year=year, dry_run=dry_run, accept_departures=accept_departures,
    )  # fmt: skip
