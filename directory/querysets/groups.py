"""Groups: which are someone's, which they may see, who is in them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.enums import GroupKind
from directory.models import Group, Membership, ScolarityMembership
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint


def groups_of(person: User) -> QuerySet[Group]:
    """The groups that someone is in, now: not through a pupil who is pre-deleted, not those of a school
    closed to them but for manual ones, which stay theirs."""
    return groups_within_of(standpoint_of(person))


def groups_within_of(me: Standpoint) -> QuerySet[Group]:
    """`groups_of`, from a standpoint already read."""
    open_schools = me.schools | me.child_schools
    scolarity = ScolarityMembership.objects.filter(
        person_id=me.person, through__pre_deleted_on__isnull=True
    ).values("group_id")
    manual = Membership.objects.filter(person_id=me.person).values("group_id")
    return Group.objects.filter(
        Q(pk__in=scolarity, school_id__in=open_schools) | Q(pk__in=manual, kind=GroupKind.MANUAL)
    )


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
    me = standpoint_of(person)
    in_team = me.in_team and group.school_id in me.schools
    if in_team or administered_schools(me).filter(pk=group.school_id).exists():
        return members_of([group])
    return User.objects.none()
