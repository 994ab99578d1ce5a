"""What someone administers: everything of their scope, the pre-deleted and the blocked too."""

from django.db.models import Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.enums import Scope
from directory.models import Administrator, Attachment, Group, Guardianship, SchoolClass
from directory.querysets.scope import left_behind
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from schools.models import Academy, School


def administered_schools(me: Standpoint) -> QuerySet[School]:
    """The schools of a standpoint's scopes."""
    schools = School.objects.order_by("name", "uai")
    if me.platform:
        return schools
    return schools.filter(
        Q(pk__in=me.administered_schools)
        | Q(district_id__in=me.administered_districts)
        | Q(academy_id__in=me.administered_academies)
    )


def administered_academies(me: Standpoint) -> QuerySet[Academy]:
    """The academies that one administers whole, by name."""
    academies = Academy.objects.order_by("name", "code")
    return academies if me.platform else academies.filter(pk__in=me.administered_academies)


def schools_from_above(me: Standpoint) -> QuerySet[School]:
    """Those of these schools that one administers through their district, their academy or the platform."""
    schools = School.objects.all()
    if me.platform:
        return schools
    return schools.filter(
        Q(district_id__in=me.administered_districts) | Q(academy_id__in=me.administered_academies)
    )


def is_above(me: Standpoint) -> bool:
    """Whether one administers more than schools one by one."""
    return me.platform or bool(me.administered_districts or me.administered_academies)


def schools_administered_by(person: User) -> QuerySet[School]:
    """The schools that this person administers, directly or through a wider scope."""
    return administered_schools(standpoint_of(person))


def classes_administered_by(person: User) -> QuerySet[SchoolClass]:
    """Every class, of every year, of the schools that this person administers."""
    return SchoolClass.objects.filter(school_id__in=schools_administered_by(person).order_by().values("pk"))


def groups_administered_by(person: User) -> QuerySet[Group]:
    """Every group of the schools that this person administers."""
    return Group.objects.filter(school_id__in=schools_administered_by(person).order_by().values("pk"))


def rights_beyond(me: Standpoint) -> QuerySet[Administrator]:
    """The rights that a standpoint's scope does not hold whole: the twin of `authority.covers`. Whoever
    has one administers more, and is not to be touched."""
    rights = Administrator.objects.filter(ended_on__isnull=True)
    if me.platform:
        return rights.none()
    district = Q(district_id__in=me.administered_districts) | Q(
        district__academy_id__in=me.administered_academies
    )
    held = (
        Q(scope=Scope.SCHOOL, school_id__in=administered_schools(me).order_by().values("pk"))
        | (Q(scope=Scope.DISTRICT) & district)
        | Q(scope=Scope.ACADEMY, academy_id__in=me.administered_academies)
    )
    return rights.exclude(pk__in=rights.filter(held).values("pk"))


def people_administered_by(person: User) -> UserQuerySet:
    """Everybody of the scope: attached now or last to one of its schools, or responsible for a pupil
    who is. The absent, pre-deleted and blocked are there: a page chooses with a filter.

    Whoever left a school long ago and has another is that other's; whoever was detached, and has none, is
    of those who administer the school from above (`scope.left_behind`).
    """
    me = standpoint_of(person)
    if me.platform:
        return User.objects.all()
    schools = administered_schools(me).order_by().values("pk")
    attached = Attachment.objects.filter(school_id__in=schools, ended_on__isnull=True)
    families = Guardianship.objects.filter(
        ended_on__isnull=True,
        pupil__attachment__school_id__in=schools,
        pupil__attachment__ended_on__isnull=True,
    )
    above = schools_from_above(me).values("pk") if is_above(me) else None
    left = left_behind(schools, above)
    ids = attached.values("person_id").union(
        families.order_by().values("relative_id"), left.values("person_id"), all=True
    )
    return User.objects.filter(pk__in=ids)


def schools_holding(person: User) -> QuerySet[School]:
    """The schools that someone belongs to now, themself or through a pupil."""
    own = Attachment.objects.filter(person=person, ended_on__isnull=True)
    children = Guardianship.objects.filter(relative=person, ended_on__isnull=True)
    through = Attachment.objects.filter(
        person_id__in=children.values("pupil_id"), profile=Profile.PUPIL, ended_on__isnull=True
    )
    return School.objects.filter(Q(pk__in=own.values("school_id")) | Q(pk__in=through.values("school_id")))
