"""Groups that someone may write to, and share with: the twin of `directory.rules.may_address`."""

from django.db.models import F, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from directory.enums import GroupKind
from directory.models import Group, Membership
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import TEAM, GroupPlace, Standpoint

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
    mine = Membership.objects.filter(person_id=me.person).values("group_id")
    found = Q(kind=GroupKind.MANUAL, open_to_members=True, pk__in=mine) & ~Q(school_id__in=me.closed_schools)
    found |= _by_profile(me)
    if me.circle:
        found |= _DIRECTION & Q(school__academy_id__in=me.circle)
    if me.administers_something:
        scope = Q(school_id__in=administered_schools(me).order_by().values("pk"))
        found |= scope & _OF_TEAM & _RUNS
    return Group.objects.filter(found)


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


def _by_profile(me: Standpoint) -> Q:
    if me.in_team:
        of_district = Q(school__district_id__in=me.districts, school_class__isnull=True)
        return (Q(school_id__in=me.schools) & _RUNS) | (of_district & _OF_TEAM)
    if me.profile == Profile.RELATIVE:
        return (
            (_DIRECTION & Q(school_id__in=me.child_schools))
            | Q(school_class_id__in=me.child_classes, profile=Profile.TEACHER)
            | Q(school_class_id__in=me.talking_classes, profile=Profile.RELATIVE)
        )
    if me.profile == Profile.PUPIL:
        return Q(school_class_id__in=me.classes, profile__in=[Profile.TEACHER, Profile.PUPIL])
    return _DIRECTION & Q(school_id__in=me.schools)
