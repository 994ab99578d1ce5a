"""Runs that someone may see: ops all, administrators those of their scope."""

from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from core.models import Job
from directory.querysets import schools_administered_by
from directory.querysets.standpoint import standpoint_of
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.rules import KEPT_REFUSAL


def runs_visible_to(person: User) -> QuerySet[FeedRun]:
    """The platform's administrators see every run, an academy's those of their academy; a school's or a
    district's, the runs of the CSV of their schools."""
    me = standpoint_of(person)
    runs = FeedRun.objects.select_related("academy", "school").order_by("-pk")
    if me.platform:
        return runs
    schools = schools_administered_by(person).order_by().values("pk")
    return runs.filter(Q(academy_id__in=me.administered_academies) | Q(school_id__in=schools))


def runs_to_decide(runs: QuerySet[FeedRun]) -> QuerySet[FeedRun]:
    """Those that wait for somebody's decision; the twin of `rules.waits`."""
    return runs.filter(Q(state=RunState.PARKED) | Q(state=RunState.REFUSED, refusal__type=KEPT_REFUSAL))


def run_of_job(runs: QuerySet[FeedRun], job: Job) -> FeedRun | None:
    """The run that a job made or worked on, among those given."""
    told = (job.result or {}).get("run") or (job.problem or {}).get("run") or job.arguments.get("run")
    return runs.filter(pk=told).first() if isinstance(told, int) else None


def jobs_on(run: FeedRun) -> QuerySet[Job]:
    """What is being done with a run now, newest first: applied, undone."""
    return Job.objects.filter(name__in=("feeds.apply", "feeds.undo"), arguments__run=run.pk).exclude(
        state__in=Job.FINISHED
    )


def own_job(person: User, uuid: UUID) -> QuerySet[Job]:
    """A job that this person started: nobody else follows it."""
    return Job.objects.filter(uuid=uuid, actor=person.uuid)
