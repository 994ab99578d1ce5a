"""Runs that someone may see: ops all, administrators those of their scope."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from core.models import Job
from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from feeds.enums import RunState, SchoolRole
from feeds.models import FeedRun, PlanRow, RunSchool
from feeds.rules import KEPT_REFUSAL
from schools.models import School


def runs_visible_to(person: User) -> QuerySet[FeedRun]:
    """The runs that someone may see. A query for what they administer."""
    return runs_seen_from(standpoint_of(person))


def runs_seen_from(me: Standpoint) -> QuerySet[FeedRun]:
    """The platform's administrators see every run, an academy's those of their academy; a school's or a
    district's, the runs of the CSV of their schools."""
    runs = FeedRun.objects.select_related("academy", "school__district", "school__academy").order_by("-pk")
    if me.platform:
        return runs
    schools = administered_schools(me).order_by().values("pk")
    return runs.filter(Q(academy_id__in=me.administered_academies) | Q(school_id__in=schools))


def runs_to_decide(runs: QuerySet[FeedRun]) -> QuerySet[FeedRun]:
    """Those that wait for somebody's decision; the twin of `rules.waits`."""
    return runs.filter(Q(state=RunState.PARKED) | Q(state=RunState.REFUSED, refusal__type=KEPT_REFUSAL))


def runs_of_school(school: School) -> QuerySet[FeedRun]:
    """The applied runs that spoke of a school, the newest first: its administrators read what they did to
    it, though the run be another's to open."""
    return FeedRun.objects.filter(told_of(school), state=RunState.APPLIED).order_by("-pk")


def told_of(school: School) -> Q:
    """The runs of a school's own files, and those of an academy that spoke of it."""
    named = RunSchool.objects.filter(school=school).exclude(role=SchoolRole.SILENT)
    return Q(pk__in=named.values("run")) | Q(school=school)


def plan_of_school(school: School) -> QuerySet[PlanRow]:
    """What runs did to a school: its people and its classes."""
    return PlanRow.objects.filter(school_id=school.pk)


def counts_of_school(school: School, runs: Sequence[FeedRun]) -> dict[int, dict[tuple[str, str], int]]:
    """By run, how many of each kind each action concerned in the school. One query."""
    found: dict[int, dict[tuple[str, str], int]] = {run.pk: {} for run in runs}
    rows = plan_of_school(school).filter(run__in=list(found)).order_by()
    for run, kind, action, number in rows.values_list("run", "kind", "action").annotate(n=Count("pk")):
        found[run][kind, action] = number
    return found


def awaiting_a_class(school: School) -> QuerySet[User]:
    """The school's pupils who have no class of the year that its classes are of, and have not left."""
    placed = ClassAttachment.objects.filter(
        ended_on__isnull=True,
        role=ClassRole.PUPIL,
        school_class__school=school,
        school_class__year=F("school_class__school__class_year"),
    )
    attached = Attachment.objects.filter(school=school, ended_on__isnull=True, profile=Profile.PUPIL)
    pupils = User.objects.present().filter(absent_since__isnull=True, pk__in=attached.values("person"))
    awaiting: QuerySet[User] = pupils.exclude(pk__in=placed.values("person")).order_by("sort_name", "pk")
    return awaiting


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
