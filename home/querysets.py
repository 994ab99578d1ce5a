"""Notices: which someone reads now, which they manage, who is asked to say that they have read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from core import clock, sql
from directory.models import Group, Guardianship, SchoolClass, ScolarityMembership
from directory.querysets.administered import administered_schools
from directory.rules import Standpoint
from home.enums import Stage, Weight
from home.models import Acknowledgement, Notice, NoticeAudience
from home.rules import WITHOUT_CLASS
from sharing.rules import Reach

# Both parameters: the type checker would take the default of one alias for another.
type Notices = QuerySet[Notice, Notice]


def standing() -> Notices:
    """Posted, not withdrawn, of today."""
    today = clock.today()
    return Notice.objects.filter(
        posted_at__isnull=False, withdrawn_at__isnull=True, starts_on__lte=today, ends_on__gte=today
    )


def notices_visible_to(reach: Reach) -> Notices:
    """What stands today for someone, through the groups that they are in now; those of a school closed to
    them are in none of these. The only gate of whoever reads. A query at once, and no other where nothing stands."""
    if not reach.present or not reach.groups:
        return Notice.objects.none()
    told = [row["notice"] for row in sql.called("home_told", list(reach.groups), clock.today())]
    return Notice.objects.filter(pk__in=told).select_related("school") if told else Notice.objects.none()


def notices_managed_within(me: Standpoint) -> Notices:
    """Every notice of the schools that one administers, drafts too: the gate of whoever writes."""
    schools = administered_schools(me).order_by().values("pk")
    return Notice.objects.filter(school_id__in=schools).select_related("school")


def of_stage(notices: Notices, stage: Stage) -> Notices:
    """Those that are this today: the twin of `rules.stage`."""
    today = clock.today()
    kept = Q(withdrawn_at__isnull=True, posted_at__isnull=False)
    return notices.filter(
        {
            Stage.WITHDRAWN: Q(withdrawn_at__isnull=False),
            Stage.DRAFT: Q(withdrawn_at__isnull=True, posted_at__isnull=True),
            Stage.COMING: kept & Q(starts_on__gt=today),
            Stage.SHOWN: kept & Q(starts_on__lte=today, ends_on__gte=today),
            Stage.OVER: kept & Q(ends_on__lt=today),
        }[stage]
    )


def in_order(notices: Notices) -> Notices:
    """The important first, then the latest. Both orders of « HIGH » and « NORMAL » are their alphabet's."""
    return notices.order_by("weight", "-starts_on", "-pk")


assert Weight.IMPORTANT < Weight.NORMAL


@dataclass(slots=True)
class Concern:
    """By which children a notice is someone's, and whether it asks them to say that they have read it."""

    children: list[User] = field(default_factory=list)
    asked: bool = False
    read_at: datetime | None = None


def concerns_of(person: User, notices: Sequence[Notice], reach: Reach) -> dict[int, Concern]:
    """How each of these notices concerns someone, by key. Two queries for a relative, three where a notice
    asks; none for the others."""
    found = {notice.pk: Concern() for notice in notices}
    if person.profile != Profile.RELATIVE or not notices:
        return found
    told = NoticeAudience.objects.filter(notice__in=list(found), group_id__in=list(reach.groups))
    groups: dict[int, set[int]] = defaultdict(set)
    for notice, group in told.values_list("notice_id", "group_id"):
        groups[group].add(notice)
    legal = Guardianship.objects.filter(
        ~Q(legal=False),
        relative_id=OuterRef("person_id"),
        pupil_id=OuterRef("through_id"),
        ended_on__isnull=True,
    )
    # Children of some groups: keys are given as a list, which the planner can push into the view.
    through = (
        ScolarityMembership.objects.filter(
            group_id__in=list(groups), person_id=person.pk, through__pre_deleted_on__isnull=True
        )
        .annotate(by_law=Exists(legal))
        .select_related("through")
    )
    for row in sorted(through, key=lambda row: (str(row.through.birth_date), row.through_id)):
        for key in groups[row.group_id]:
            concern = found[key]
            if row.through not in concern.children:
                concern.children.append(row.through)
            concern.asked |= row.by_law
    asking = [notice.pk for notice in notices if notice.asks and found[notice.pk].asked]
    for notice in notices:
        found[notice.pk].asked &= notice.asks
    if asking:
        words = Acknowledgement.objects.filter(notice__in=asking, person=person)
        for key, at in words.values_list("notice_id", "at"):
            found[key].read_at = at
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A relative asked to say that they have read, for one of their children: keys and UUIDs, the child's
    class here (0 and « » for none), since when they have read."""

    relative: int
    pupil: int
    relative_uuid: UUID
    pupil_uuid: UUID
    class_key: int
    label: str
    read_at: datetime | None
    activated: bool


def asked_by(notice: Notice) -> list[Asked]:
    """Whom a notice asks, as groups and ties are now, class by class. Two queries; none where it does not."""
    if not notice.asks:
        return []
    groups = Group.objects.filter(
        pk__in=NoticeAudience.objects.filter(notice=notice).values("group_id"), profile=Profile.RELATIVE
    )
    rows = sql.rows(
        "home",
        "asked",
        notice=notice.pk,
        school=notice.school_id,
        groups=list(groups.values_list("pk", flat=True)),
    )
    return [
        Asked(
            row["relative"],
            row["pupil"],
            row["relative_uuid"],
            row["pupil_uuid"],
            row["class"] or 0,
            row["label"],
            row["at"],
            row["activated"],
        )
        for row in rows
    ]


def groups_for(school: int, profiles: Iterable[Profile], classes: Iterable[SchoolClass]) -> Q:
    """The groups of scolarity of some profiles of a school: those of the classes where some are named, for
    whoever may be of a class."""
    wanted, within = set(profiles), [each.pk for each in classes]
    here = Q(school_id=school)
    if not within:
        return here & Q(kind="SCHOOL", profile__in=wanted)
    return here & (
        Q(kind="CLASS", school_class__in=within, profile__in=wanted - WITHOUT_CLASS)
        | Q(kind="SCHOOL", profile__in=wanted & WITHOUT_CLASS)
    )


def classes_of(notices: Sequence[Notice]) -> dict[int, list[SchoolClass]]:
    """The classes that notices are for, by key; none for the whole school. One query."""
    rows = NoticeAudience.objects.filter(notice__in=list(notices), group__school_class__isnull=False)
    found: dict[int, list[SchoolClass]] = defaultdict(list)
    for row in rows.select_related("group__school_class").order_by("group__school_class__label", "pk"):
        school_class: Any = row.group.school_class
        if school_class not in found[row.notice_id]:
            found[row.notice_id].append(school_class)
    return found


def classes_offered(school: Any) -> QuerySet[SchoolClass]:
    """The classes of a school that run: those that a notice may be for."""
    return SchoolClass.objects.filter(school=school, year=school.class_year).order_by("label", "pk")
