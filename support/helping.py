"""Who helps whom: where a request goes first, who is there at each level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts import gates
from accounts.models import User
from directory.enums import Scope
from directory.models import Administrator
from directory.rules import Standpoint
from schools.models import Academy, District, School
from support.enums import Level
from support.models import Ticket


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request is made: a school, else a district, else an academy, else the platform."""

    school: School | None = None
    district: District | None = None
    academy: Academy | None = None

    @property
    def within(self) -> District | None:
        """The district that it lies in."""
        return self.school.district if self.school is not None else self.district

    @property
    def academy_id(self) -> int | None:
        if self.school is not None:
            return self.school.academy_id
        if self.district is not None:
            return self.district.academy_id
        return self.academy.pk if self.academy is not None else None


@dataclass(frozen=True, slots=True)
class Desk:
    """A level with whoever helps there: `people` by name, the asker left out."""

    level: Level
    people: Sequence[User]

    @property
    def names(self) -> list[str]:
        return [person.full_name for person in self.people]


def place_of(ticket: Ticket) -> Place:
    return Place(ticket.school, ticket.district, ticket.academy)


def schools_of(me: Standpoint) -> QuerySet[School, School]:
    """The schools for which someone may ask: theirs, their children's, those that they direct; by name."""
    keys = me.schools | me.child_schools | me.administered_schools
    return School.objects.filter(pk__in=keys).select_related("district", "academy").order_by("name", "uai")


def place_for(person: User, me: Standpoint, school: School | None) -> Place:
    """Where someone's request is made: in the school chosen, else in the place that they administer, else in
    their academy. Two queries at most."""
    if school is not None:
        return Place(school=school)
    if me.administered_districts:
        districts = District.objects.filter(pk__in=me.administered_districts).select_related("academy")
        return Place(district=districts.order_by("name", "pk").first())
    if me.administered_academies:
        academies = Academy.objects.filter(pk__in=me.administered_academies)
        return Place(academy=academies.order_by("name", "pk").first())
    if person.academy_id is not None and not me.platform:
        return Place(academy=Academy.objects.get(pk=person.academy_id))
    return Place()


def desks_of(place: Place, *, apart: Iterable[int | None] = ()) -> list[Desk]:
    """The levels of a place at which somebody helps, the nearest first; those `apart`, and whoever is kept out
    of the site now, left out. Two queries, and one a gate."""
    rights = list(_rights_over(place).exclude(person__in=[key for key in apart if key is not None]))
    people = {right.person_id: right.person for right in rights}
    for key in gates.refusals(list(people.values())):
        del people[key]
    found: dict[Level, dict[int, User]] = {}
    for right in rights:
        if right.person_id in people:
            found.setdefault(Level[right.scope], {})[right.person_id] = right.person
    return [Desk(level, list(found[level].values())) for level in Level if level in found]


def first_level(desks: Sequence[Desk]) -> Level:
    """Whose turn a new request is: the nearest level with somebody, the platform where there is nobody."""
    return desks[0].level if desks else Level.PLATFORM


def helpers_at(ticket: Ticket, level: Level) -> list[User]:
    """Who helps with a request at a level; its author left out."""
    desks = desks_of(place_of(ticket), apart=[ticket.author_id])
    return next((list(desk.people) for desk in desks if desk.level == level), [])


def _rights_over(place: Place) -> QuerySet[Administrator, Administrator]:
    over = Q(scope=Scope.PLATFORM)
    if place.school is not None:
        over |= Q(scope=Scope.SCHOOL, school=place.school)
    if place.within is not None:
        over |= Q(scope=Scope.DISTRICT, district=place.within)
    if place.academy_id is not None:
        over |= Q(scope=Scope.ACADEMY, academy=place.academy_id)
    rights = Administrator.objects.filter(over, ended_on__isnull=True, person__pre_deleted_on__isnull=True)
    return rights.select_related("person").order_by("person__sort_name", "person")
