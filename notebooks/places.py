"""Whose notebooks may be for which classes: a teacher's own, those of a school that one directs."""

from django.db.models import F, Q, QuerySet

from accounts.enums import Profile
from directory.enums import GroupKind
from directory.models import Group, SchoolClass
from directory.rules import Standpoint

FAMILY = (Profile.PUPIL, Profile.RELATIVE)


def classes_of(me: Standpoint) -> QuerySet[SchoolClass]:
    """The classes that someone of a school's team may begin a notebook for: theirs, and those that run in the
    schools of which they are the direction. None for families."""
    if not me.in_team:
        return SchoolClass.objects.none()
    own = Q(pk__in=me.classes)
    directed = Q(school__in=me.administered_schools, year=F("school__class_year"))
    return (
        SchoolClass.objects.filter(own | directed)
        .select_related("school")
        .order_by("school__name", "label", "pk")
    )


def family_groups(school_class: SchoolClass) -> list[Group]:
    """The groups of a class's pupils and of their relatives."""
    groups = Group.objects.filter(
        school_class=school_class, kind=GroupKind.CLASS, profile__in=FAMILY
    ).select_related("school_class", "school")
    return list(groups.order_by("profile", "pk"))
