"""Schools and classes within someone's reach."""

from django.db.models import F, Q, QuerySet

from accounts.models import User
from directory.models import SchoolClass
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from schools.models import School


def schools_visible_to(person: User) -> QuerySet[School]:
    """One's own schools, those of one's children, and those one administers; none that is closed to one."""
    return schools_within(standpoint_of(person))


def classes_visible_to(person: User) -> QuerySet[SchoolClass]:
    """Classes of the years that run: for teachers and staff all of their schools', for administrators
    all of their scope's; for pupils their own, for relatives their children's."""
    return classes_within(standpoint_of(person))


def schools_within(me: Standpoint) -> QuerySet[School]:
    """`schools_visible_to`, from a standpoint already read."""
    if me.platform:
        return administered_schools(me)
    return School.objects.filter(
        Q(pk__in=me.schools | me.child_schools | me.administered_schools)
        | Q(district_id__in=me.administered_districts)
        | Q(academy_id__in=me.administered_academies)
    )


def classes_within(me: Standpoint) -> QuerySet[SchoolClass]:
    """`classes_visible_to`, from a standpoint already read."""
    of_now = Q(year__in=[F("school__class_year"), F("school__running_year")])
    wide = Q()
    if me.in_team:
        wide |= Q(school_id__in=me.schools)
    if me.administers_something:
        wide |= Q(school_id__in=administered_schools(me).order_by().values("pk"))
    own = Q(pk__in=me.classes | me.child_classes)
    return SchoolClass.objects.filter(own | (wide & of_now) if wide else own)
