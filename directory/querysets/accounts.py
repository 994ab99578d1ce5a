"""Accounts as the console lists them: everybody of a scope, filtered, by name.

A page of fifty among a million stays a page of fifty: a wide scope is walked in the order of names, each
row asked whether it belongs, until the page is full; a narrow one is gathered first, then filtered.
"""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.account_filters import AccountFilters, AccountState
from directory.enums import ClassRole
from directory.errors import DuplicatesOfTooMany
from directory.models import Attachment, ClassAttachment, SchoolClass
from directory.querysets.administered import administered_schools, is_above, schools_from_above
from directory.querysets.kept_out import kept_out, maybe_kept_out
from directory.querysets.scope import (
    Among,
    AmongGiven,
    InPlace,
    Schools,
    of_class,
    of_schools_by_keys,
    of_schools_in_place,
)
from directory.rules import Standpoint
from schools.models import School

# Past it, a count says « plus de »: nobody reads the exact number of a list so long.
COUNTED = 1_000
DISTRICTS_GATHERED = 2
# What so many have in common is met soon by whoever walks the list of a wide scope; what is rarer is gathered.
COMMON = 2_500
ADULTS = (Profile.TEACHER, Profile.STAFF, Profile.GUEST)


def schools_asked(me: Standpoint, school: School | None) -> QuerySet[School]:
    """The schools that a list speaks of: one of the scope, or the whole scope."""
    schools = administered_schools(me)
    return schools.filter(pk=school.pk) if school is not None else schools


def is_wide(me: Standpoint, school: School | None) -> bool:
    """Whether the people asked are too many to gather: those of an academy, of the platform."""
    return school is None and bool(
        me.platform or me.administered_academies or len(me.administered_districts) > DISTRICTS_GATHERED
    )


def accounts_of(me: Standpoint, school: School | None) -> UserQuerySet:
    """Everybody of a school of the scope, or of the whole scope; the pre-deleted too. Whoever was detached
    and has no school is of the whole scope of those above, and of no school's list."""
    people: UserQuerySet = User.objects.all()
    if me.platform and school is None:
        return people
    schools, above = _keys(me, school), _above(me, school)
    if is_wide(me, school):
        return people.filter(of_schools_in_place(schools, above))
    return people.filter(of_schools_by_keys(schools, above))


def accounts_listed(me: Standpoint, school: School | None, filters: AccountFilters) -> UserQuerySet:
    """The accounts of the scope that fit, by name, whatever was typed (`account_search` reads it).

    The pre-deleted are there under their own state alone. A query for the blocks or for duplicates, where
    a state asks; one for a function, one for teachers without a class, in a wide scope.

    Raises DuplicatesOfTooMany.
    """
    people = accounts_of(me, school)
    if filters.state != AccountState.PRE_DELETED:
        people = people.present()
    if filters.profile:
        people = people.filter(profile=filters.profile)
    if filters.source:
        people = people.filter(source=filters.source)
    if filters.since:
        begins = timezone.make_aware(datetime.combine(filters.since, time.min))
        people = people.filter(created_at__gte=begins)
    if filters.school_class:
        people = people.filter(of_class(_class(me, school, filters.school_class)))
    if filters.function:
        people = _of_function(people, me, school, filters.function)
    if filters.without_class:
        people = _idle_teachers(people, me, school)
    if filters.without_ine:
        people = people.filter(profile=Profile.PUPIL, ine="", absent_since__isnull=True)
    if filters.state:
        people = _in_state(people, me, school, filters.state)
    return people.order_by("sort_name", "pk")


def accounts_of_district(me: Standpoint, school: School) -> UserQuerySet:
    """Everybody of the schools of the scope that are of a school's district: those of that school alone where
    it has none. Whoever was detached and has no school is there for those above."""
    near = administered_schools(me).filter(district=school.district_id) if school.district_id else None
    keys: Schools = near.order_by().values("pk") if near is not None else [school.pk]
    return User.objects.filter(of_schools_in_place(keys, _above(me, None)))


def position_of(me: Standpoint, school: School | None, uuid: UUID) -> tuple[str, int] | None:
    """Where somebody of the scope stands in the order of names; None for whoever is not of it."""
    people: UserQuerySet = User.objects.filter(uuid=uuid)
    if not (me.platform and school is None):
        people = people.filter(in_scope(me, school))
    return people.values_list("sort_name", "pk").first()


def in_scope(me: Standpoint, school: School | None = None) -> Q:
    """Whether the person of a row is of the scope, for one row or a few."""
    return of_schools_in_place(_keys(me, school), _above(me, school))


def after(people: UserQuerySet, place: tuple[str, int]) -> UserQuerySet:
    """Those who follow a place in the order of names."""
    name, pk = place
    return people.filter(Q(sort_name__gt=name) | Q(pk__gt=pk), sort_name__gte=name)


def from_place(people: UserQuerySet, place: tuple[str, int]) -> UserQuerySet:
    """Who stands at a place in the order of names, and those who follow."""
    name, pk = place
    return people.filter(Q(sort_name__gt=name) | Q(pk__gte=pk), sort_name__gte=name)


def up_to(people: UserQuerySet, place: tuple[str, int]) -> UserQuerySet:
    """Those who precede a place in the order of names, and who stands there."""
    name, pk = place
    return people.filter(Q(sort_name__lt=name) | Q(pk__lte=pk), sort_name__lte=name)


def before(people: UserQuerySet, place: tuple[str, int]) -> UserQuerySet:
    """Those who precede a place, the nearest first."""
    name, pk = place
    found = people.filter(Q(sort_name__lt=name) | Q(pk__lt=pk), sort_name__lte=name)
    return found.order_by("-sort_name", "-pk")


def counted(people: QuerySet[User]) -> tuple[int, bool]:
    """How many, and whether that is all: no further than `COUNTED`."""
    number = people.order_by()[: COUNTED + 1].count()
    return (number, True) if number <= COUNTED else (COUNTED, False)


def gathered(keys: QuerySet[Any, int]) -> list[int] | None:
    """The keys of some people; None past `COMMON`. A query."""
    found = list(keys.order_by()[: COMMON + 1])
    return found if len(found) <= COMMON else None


def functions_in(me: Standpoint, school: School | None) -> list[str]:
    """What people do in these schools, in the feed's words."""
    labels = _posts(me, school).exclude(function_label="").order_by("function_label")
    return list(labels.values_list("function_label", flat=True).distinct())


def classes_in(school: School) -> QuerySet[SchoolClass]:
    """The classes of a school in the years that run."""
    return SchoolClass.objects.filter(
        school=school, year__in=[year for year in (school.class_year, school.running_year) if year]
    )


def _keys(me: Standpoint, school: School | None) -> Schools:
    """A school's key, or the query of the scope's."""
    return [school.pk] if school is not None else administered_schools(me).order_by().values("pk")


def _above(me: Standpoint, school: School | None) -> Schools | None:
    """The schools whose detached are listed too: none where one school is spoken of."""
    return schools_from_above(me).values("pk") if school is None and is_above(me) else None


def _class(me: Standpoint, school: School | None, uuid: UUID) -> QuerySet[Any, Any]:
    found = SchoolClass.objects.filter(uuid=uuid)
    if not (me.platform and school is None):
        found = found.filter(school_id__in=_keys(me, school))
    return found.order_by().values("pk")


def _posts(me: Standpoint, school: School | None, **more: Any) -> QuerySet[Attachment]:
    """Attachments of now to the schools asked."""
    posts = Attachment.objects.filter(ended_on__isnull=True, **more)
    return posts if me.platform and school is None else posts.filter(school_id__in=_keys(me, school))


def _of_function(people: UserQuerySet, me: Standpoint, school: School | None, label: str) -> UserQuerySet:
    """Those who have a function in these schools. A query, in a wide scope."""
    posts = _posts(me, school, function_label=label)
    keys = posts.values_list("person_id", flat=True)
    if not is_wide(me, school):
        return people.filter(Among(F("pk"), keys))
    if (few := gathered(keys)) is not None:
        return people.filter(AmongGiven(F("pk"), few))
    return people.filter(InPlace(posts.filter(person_id=OuterRef("pk"))), profile__in=ADULTS)


def _idle_teachers(people: UserQuerySet, me: Standpoint, school: School | None) -> UserQuerySet:
    """Teachers of these schools who have no class in them, and have not left. A query, in a wide scope."""
    posts = _posts(me, school, profile=Profile.TEACHER)
    classes = ClassAttachment.objects.filter(role=ClassRole.TEACHER, ended_on__isnull=True)
    if not (me.platform and school is None):
        classes = classes.filter(school_class__school_id__in=_keys(me, school))
    teachers = people.filter(profile=Profile.TEACHER, absent_since__isnull=True)
    if is_wide(me, school):
        idle = posts.exclude(person_id__in=classes.values("person_id"))
        if (few := gathered(idle.values_list("person_id", flat=True))) is not None:
            return teachers.filter(AmongGiven(F("pk"), few))
    return teachers.filter(
        InPlace(posts.filter(person_id=OuterRef("pk"))), ~InPlace(classes.filter(person_id=OuterRef("pk")))
    )


def _in_state(
    people: UserQuerySet, me: Standpoint, school: School | None, state: AccountState
) -> UserQuerySet:
    if state == AccountState.PRE_DELETED:
        return people.filter(pre_deleted_on__isnull=False)
    if state == AccountState.ABSENT:
        return people.filter(absent_since__isnull=False)
    if state == AccountState.DUPLICATE:
        # It asks who is of a scope: this module.
        from directory.querysets.duplicates import duplicates_in

        if is_wide(me, school):
            raise DuplicatesOfTooMany()
        return people.filter(AmongGiven(F("pk"), duplicates_in(me, school).values_list("pk", flat=True)))
    schools = None if me.platform and school is None else _keys(me, school)
    maybe = maybe_kept_out(schools)
    people = people.filter(absent_since__isnull=True)
    if state == AccountState.BLOCKED:
        return people.filter(maybe).filter(kept_out()) if maybe is not None else people.none()
    people = people.filter(activated_at__isnull=state == AccountState.NEVER_ACTIVATED)
    return people.exclude(Q(maybe) & kept_out()) if maybe is not None else people
