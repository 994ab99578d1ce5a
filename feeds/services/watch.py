"""What an administrator watches in schools: years, who waits for what, the last feed, what to decide.

A fixed number of queries, whatever the number of schools.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from accounts.enums import Profile
from directory.models import Attachment, ClassAttachment, SchoolClass
from feeds.enums import RunState, SchoolRole
from feeds.models import FeedRun, RunSchool
from feeds.querysets import runs_to_decide
from schools.models import School


@dataclass(slots=True)
class Watch:
    """One school now. `idle_teachers` have no class and do not head the school, `awaiting_pupils` have none: whoever
    has left, and is only absent yet, awaits nothing. `to_decide` are the runs whose records of this school wait."""

    school: School
    pupils: int = 0
    awaiting_pupils: int = 0
    teachers: int = 0
    idle_teachers: int = 0
    classes: int = 0
    has_head: bool = False
    last_run: FeedRun | None = None
    to_decide: list[FeedRun] = field(default_factory=list)

    @property
    def turning(self) -> bool:
        """The new year runs, the pupils' classes are still last year's."""
        years = (self.school.running_year, self.school.class_year)
        return None not in years and years[0] != years[1]

    @property
    def calm(self) -> bool:
        """Nothing asks for anybody."""
        waits = self.awaiting_pupils or self.idle_teachers or self.to_decide or self.school.held_at
        return self.has_head and not waits


def watch(schools: Sequence[School]) -> list[Watch]:
    """The schools as given, each with what is to be known of it. Seven queries."""
    found = {school.pk: Watch(school) for school in schools}
    ids = list(found)
    if not ids:
        return []
    _people(found, ids)
    current = SchoolClass.objects.filter(school__in=ids, year=F("school__class_year")).order_by()
    for school_id, number in current.values_list("school").annotate(number=Count("pk")):
        found[school_id].classes = number
    _last_runs(found, ids)
    _decisions(found, ids)
    return list(found.values())


def _people(found: dict[int, Watch], ids: list[int]) -> None:
    placed = ClassAttachment.objects.filter(
        person=OuterRef("person"),
        ended_on__isnull=True,
        school_class__school=OuterRef("school"),
        school_class__year=OuterRef("school__class_year"),
    )
    rows = (
        Attachment.objects.filter(
            school__in=ids,
            ended_on__isnull=True,
            person__pre_deleted_on__isnull=True,
            profile__in=[Profile.PUPIL, Profile.TEACHER, Profile.STAFF],
        )
        .annotate(placed=Exists(placed))
        .values("school", "profile")
        .annotate(
            number=Count("pk"),
            idle=Count("pk", filter=Q(placed=False, is_head=False, person__absent_since__isnull=True)),
            heads=Count("pk", filter=Q(is_head=True)),
        )
        .order_by()
    )
    for row in rows:
        school = found[row["school"]]
        school.has_head = school.has_head or row["heads"] > 0
        if row["profile"] == Profile.PUPIL:
            school.pupils, school.awaiting_pupils = row["number"], row["idle"]
        elif row["profile"] == Profile.TEACHER:
            school.teachers, school.idle_teachers = row["number"], row["idle"]


def _last_runs(found: dict[int, Watch], ids: list[int]) -> None:
    """The newest run that spoke of each school, whatever became of it; parked ones are told apart."""
    over = ~Q(state__in=[RunState.RUNNING, RunState.DRY])
    newest: dict[int, int] = {}
    named = (
        RunSchool.objects.filter(school__in=ids, run__parent__isnull=True)
        .exclude(role=SchoolRole.SILENT)
        .exclude(run__state__in=[RunState.RUNNING, RunState.DRY])
        .order_by()
        .values_list("school")
        .annotate(last=Max("run"))
    )
    sent = FeedRun.objects.filter(over, school__in=ids, parent__isnull=True).order_by()
    for school_id, run_id in [*named, *sent.values_list("school").annotate(last=Max("pk"))]:
        newest[school_id] = max(run_id, newest.get(school_id, 0))
    runs = FeedRun.objects.in_bulk(set(newest.values()))
    for school_id, run_id in newest.items():
        found[school_id].last_run = runs[run_id]


def _decisions(found: dict[int, Watch], ids: list[int]) -> None:
    parked = RunSchool.objects.filter(school__in=ids, role=SchoolRole.PARKED, run__state=RunState.PARKED)
    for row in parked.select_related("run").order_by("-run_id"):
        found[row.school_id].to_decide.append(row.run)
    refused = runs_to_decide(FeedRun.objects.filter(school__in=ids, state=RunState.REFUSED))
    for run in refused.order_by("-pk"):
        assert run.school_id is not None
        found[run.school_id].to_decide.append(run)
