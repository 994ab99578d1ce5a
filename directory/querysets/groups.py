"""Groups: which are someone's, which they may see, who is in them."""

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from core import sql
from directory.enums import GroupKind, TieLimit
from directory.models import (
    Attachment,
    Group,
    Guardianship,
    Membership,
    ScolarityMembership,
    TieRestriction,
)
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint


def groups_of(person: User) -> QuerySet[Group]:
    """The groups that someone is in, now: not through a pupil who is pre-deleted, not those of a school
    closed to them but for manual ones, which stay theirs."""
    return groups_within_of(standpoint_of(person))


def groups_within_of(me: Standpoint) -> QuerySet[Group]:
    """`groups_of`, from a standpoint already read."""
    return Group.objects.filter(pk__in=RawSQL("select directory_groups_within(%s, %s)", _within(me)))


def group_keys_within_of(me: Standpoint) -> frozenset[int]:
    """The keys of `groups_within_of`. One query."""
    rows = sql.called("directory_groups_within", *_within(me))
    return frozenset(row["directory_groups_within"] for row in rows)


def _within(me: Standpoint) -> tuple[int, list[int]]:
    return me.person, sorted(me.schools | me.child_schools)


def groups_visible_to(person: User) -> QuerySet[Group]:
    """Groups that someone may know of: teachers and staff all of their schools', of the years that run;
    administrators all of their scope's; the others, those that they are in."""
    me = standpoint_of(person)
    own = Q(pk__in=groups_within_of(me).values("pk"))
    wide = Q()
    if me.in_team:
        wide |= Q(school_id__in=me.schools)
    if me.administers_something:
        wide |= Q(school_id__in=administered_schools(me).order_by().values("pk"))
    return Group.objects.filter(own | wide if wide else own)


def members_of(groups: Iterable[Group]) -> UserQuerySet:
    """Everybody in one of these groups, the pre-deleted left out, and whoever is there only through one.

    The groups' keys are given as a list to the view of memberships: the planner does not push a join
    into it.
    """
    ids = [group.pk for group in groups]
    scolarity = ScolarityMembership.objects.filter(group_id__in=ids, through__pre_deleted_on__isnull=True)
    manual = Membership.objects.filter(group_id__in=ids)
    found = scolarity.values("person_id").union(manual.values("person_id"), all=True)
    return User.objects.present().filter(pk__in=found)


def members_visible_to(person: User, group: Group) -> UserQuerySet:
    """The members of a group, for whom may know them: its school's team and its administrators, in
    whole; a group discloses no member to relatives and pupils."""
    if schools_disclosing_to(standpoint_of(person), [group.school_id]):
        return members_of([group])
    return User.objects.none()


def schools_disclosing_to(me: Standpoint, schools: Iterable[int]) -> set[int]:
    """Among these schools, those whose groups show a person who is in them. A query where there is one
    of which they are not in the team."""
    asked = set(schools)
    known = asked & me.schools if me.in_team else set()
    others = asked - known
    if others and me.administers_something:
        known |= set(administered_schools(me).filter(pk__in=others).values_list("pk", flat=True))
    return known


def members_who_left(group: Group) -> UserQuerySet:
    """Members of a manual group who belonged to its school, themselves or through a pupil, and no longer
    do: to mark, and to take out in one act. Whoever never belonged was chosen from elsewhere, and stays.
    """
    left = memberships_left().filter(group=group).values("person_id")
    return User.objects.present().filter(pk__in=left)


def memberships_left() -> QuerySet[Membership]:
    """Memberships, of any manual group, of those who left its school: `members_who_left` for many."""
    here = {"school_id": OuterRef("group__school_id"), "person_id": OuterRef("person_id")}
    of_pupil = {"pupil__attachment__school_id": OuterRef("group__school_id")}
    ties = Guardianship.objects.filter(relative_id=OuterRef("person_id"))
    ended = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"),
        pupil_id=OuterRef("pupil_id"),
        limit=TieLimit.ENDED,
        lifted_at__isnull=True,
    )
    belonged = Exists(Attachment.objects.filter(**here)) | Exists(ties.filter(**of_pupil))
    belongs = Exists(Attachment.objects.filter(**here, ended_on__isnull=True)) | Exists(
        ties.filter(
            ~Exists(ended),
            **of_pupil,
            ended_on__isnull=True,
            pupil__attachment__ended_on__isnull=True,
            pupil__attachment__profile=Profile.PUPIL,
        )
    )
    return Membership.objects.filter(belonged, ~belongs, person__pre_deleted_on__isnull=True)


def groups_of_past_years() -> Q:
    """Manual groups that serve a year before the running one, never a protected one; groups of classes of past
    years."""
    return Q(kind=GroupKind.MANUAL, protected=False, year__lt=F("school__running_year")) | (
        Q(kind=GroupKind.CLASS, school_class__year__lt=F("school__class_year"))
    )


def numbers_of_members(groups: Iterable[Group]) -> dict[int, int]:
    """How many are in each of some groups, the pre-deleted left out. A query for the manual ones, one for those
    of scolarity."""
    found: dict[int, int] = {}
    by_hand: list[int] = []
    fed: list[int] = []
    for group in groups:
        (by_hand if group.kind == GroupKind.MANUAL else fed).append(group.pk)
        found[group.pk] = 0
    manual = Membership.objects.filter(group_id__in=by_hand, person__pre_deleted_on__isnull=True)
    scolarity = ScolarityMembership.objects.filter(
        group_id__in=fed, through__pre_deleted_on__isnull=True, person__pre_deleted_on__isnull=True
    )
    # Once in a manual group; in one of scolarity, through each of one's children.
    for rows, people in ((manual, Count("pk")), (scolarity, Count("person_id", distinct=True))):
        counted = rows.values("group_id").annotate(n=people).order_by()
        found.update(counted.values_list("group_id", "n"))
    return found
