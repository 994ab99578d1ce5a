"""Runs that someone may see: ops all, administrators those of their scope."""

from django.db.models import Q, QuerySet

from accounts.models import User
from directory.querysets import schools_administered_by
from directory.querysets.standpoint import standpoint_of
from feeds.enums import SchoolRole
from feeds.models import FeedRun


def runs_visible_to(person: User) -> QuerySet[FeedRun]:
    """The platform's administrators see every run, an academy's those of their academy; a school's or a
    district's, the runs of the CSV of their schools."""
    me = standpoint_of(person)
    runs = FeedRun.objects.select_related("academy", "school").order_by("-pk")
    if me.platform:
        return runs
    schools = schools_administered_by(person).order_by().values("pk")
    return runs.filter(Q(academy_id__in=me.administered_academies) | Q(school_id__in=schools))


def waiting_schools(run: FeedRun) -> list[str]:
    """The names of the schools whose records wait in a parked run."""
    return list(
        run.schools.filter(role=SchoolRole.PARKED)
        .order_by("school__name")
        .values_list("school__name", flat=True)
    )
