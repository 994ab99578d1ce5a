"""Groups that someone may write to, and share with: the twin of `directory.rules.may_address`."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from directory.enums import GroupKind, Party
from directory.models import Group, Membership
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import NOBODY, TEAM, GroupPlace, Standpoint, may_address

_RUNS = Q(school_class__isnull=True) | Q(
    school_class__year__in=[F("school__class_year"), F("school__running_year")]
)
_DIRECTION = Q(kind=GroupKind.DIRECTION)
_OF_TEAM = _DIRECTION | Q(profile__in=TEAM)


def groups_addressable_by(person: User) -> QuerySet[Group]:
    """The groups that this person may write to and share with; to address one is not to see who is in
    it. One query, for the standpoint, before the one that it answers."""
    return groups_addressable_from(standpoint_of(person))


def groups_addressable_from(me: Standpoint) -> QuerySet[Group]:
    """`groups_addressable_by`, from a standpoint already read."""
    first, *others = [part.order_by().values("pk") for part in _parts(me)]
    return Group.objects.filter(pk__in=first.union(*others, all=True) if others else first)


def addressable_among(me: Standpoint, groups: Iterable[Group]) -> dict[int, Group]:
    """Those of these groups that someone may write to, by key: where groups are known the rule itself is asked.
    A query at most; their school and class were read with them."""
    asked = {group.pk: group for group in groups}
    opened = [key for key, group in asked.items() if group.open_to_members]
    mine: set[int] = set()
    if opened:
        rows = Membership.objects.filter(person_id=me.person, group_id__in=opened)
        mine = set(rows.values_list("group_id", flat=True))
    return {
        key: group
        for key, group in asked.items()
        if may_address(me, place_of_group(group), in_it=key in mine)
    }


def place_of_group(group: Group) -> GroupPlace:
    """What the rule asks of a group; reads its school and class: select them with it."""
    school, school_class = group.school, group.school_class
    years = {school.class_year, school.running_year}
    return GroupPlace(
        kind=GroupKind(group.kind),
        school=school.pk,
        district=school.district_id,
        academy=school.academy_id,
        school_class=group.school_class_id,
        profile=Profile(group.profile) if group.profile else None,
        runs=school_class is None or school_class.year in years,
        open_to_members=group.open_to_members,
    )


def _parts(me: Standpoint) -> list[QuerySet[Group]]:
    """Groups, part by part; each is short, or read by an index."""
    mine = Membership.objects.filter(person_id=me.person).values("group_id")
    opened = Group.objects.filter(kind=GroupKind.MANUAL, open_to_members=True, pk__in=mine)
    parts = [opened.exclude(school_id__in=me.closed_schools), *_by_rules(me)]
    if me.in_team:
        parts += [
            Group.objects.filter(kind=GroupKind.MANUAL, school_id__in=me.schools),
            Group.objects.filter(_OF_TEAM, school__district_id__in=me.districts, school_class__isnull=True),
        ]
    if me.circle:
        parts.append(Group.objects.filter(_DIRECTION, school__academy_id__in=me.circle))
    if me.administers_something:
        scope = administered_schools(me).order_by().values("pk")
        parts.append(Group.objects.filter(_OF_TEAM, _RUNS, school_id__in=scope))
    return parts


def _by_rules(me: Standpoint) -> list[QuerySet[Group]]:
    """What the rules of their schools give; parties of the same schools, or classes, are one part."""
    parts = []
    wide: dict[frozenset[int], Q] = {}
    near: dict[frozenset[int], Q] = {}
    for party in Party:
        which = _DIRECTION if party == Party.DIRECTION else Q(profile=party)
        for found, reached in ((wide, me.wide), (near, me.near)):
            places = reached.get(party, NOBODY)
            if places:
                found[places] = found.get(places, Q()) | which
    for schools, which in wide.items():
        parts.append(Group.objects.filter(which, _RUNS, school_id__in=schools))
    for classes, which in near.items():
        parts.append(Group.objects.filter(which, school_class_id__in=classes))
    return parts
