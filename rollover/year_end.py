"""What a person has to decide before the turn: a line for each thing of theirs and each place, a class or a
school, whose people will no longer see it, with what was decided of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from directory.enums import GroupKind
from directory.models import SchoolClass
from rollover.enums import Choice
from rollover.models import Decision
from rollover.rules import next_year
from rollover.services.preview import Ending, EndingThing, preview_person
from schools.models import School, SchoolYear
from schools.rules import default_bounds
from sharing.kinds import Kind
from sharing.models import Resource
from sharing.services.marked import given_by_marks

SHOWN = 60


@dataclass(slots=True, kw_only=True)
class Line:
    """A thing and a place. `people` lose it by the turn; `given` have it by the decision."""

    resource: Resource
    kind: Kind | None
    school: School
    school_class: SchoolClass | None
    to_year: int
    endings: list[Ending] = field(default_factory=list)
    decision: Decision | None = None
    given: list[User] = field(default_factory=list)

    @property
    def place(self) -> UUID:
        return self.school_class.uuid if self.school_class else self.school.uuid

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.resource.uuid}.{self.place}"

    @property
    def people(self) -> list[User]:
        """Who will no longer see it, each once, by name."""
        each = {person.pk: person for ending in self.endings for person in ending.people}
        return sorted(each.values(), key=lambda person: (person.sort_name, person.pk))

    @property
    def concerned(self) -> list[User]:
        """Those, and those who have it by the decision already."""
        each = {person.pk: person for person in (*self.people, *self.given)}
        return sorted(each.values(), key=lambda person: (person.sort_name, person.pk))


@dataclass(frozen=True, slots=True)
class YearEnd:
    """`unchanged` counts what is theirs and stays as it is; `some` are the first of it. `turns`: the day from
    which each school's turn may come, by key."""

    lines: list[Line]
    unchanged: int
    some: list[Resource]
    turns: dict[int, date]

    @property
    def decided(self) -> list[Line]:
        return [line for line in self.lines if line.decision is not None]

    def counts(self) -> dict[Choice, int]:
        """How many lines were decided, by choice."""
        return {
            choice: sum(1 for line in self.lines if line.decision and line.decision.choice == choice)
            for choice in Choice
        }


def year_end_of(person: User) -> YearEnd:
    """What the next turn of each school ends of what a person owns or manages. The number of queries does not
    follow what they have."""
    decisions = {
        (each.resource_id, each.place, each.to_year): each
        for each in _standing(person).select_related("to", "resource")
    }
    found = preview_person(person, also={resource for resource, _, _ in decisions})
    lines = [
        line
        for thing in found.things
        for line in _lines(thing, decisions)
        if line.decision is not None or line.people
    ]
    _tell_given(lines)
    shown = {line.resource.pk for line in lines}
    spared = sum(
        1 for thing in found.things if thing.resource.pk not in shown and thing.resource.owner_id == person.pk
    )
    own = Resource.objects.filter(owner=person, trashed_at__isnull=True).exclude(pk__in=shown)
    return YearEnd(
        sorted(lines, key=lambda line: (line.resource.title.casefold(), line.resource.pk, str(line.place))),
        found.unchanged + spared,
        list(own.order_by("-changed_at", "-pk")[:SHOWN]),
        _turns(lines),
    )


def _standing(person: User) -> QuerySet[Decision, Decision]:
    """What they decided of the turns to come: by the year of each place's school, whatever day it is (a school
    may be years late)."""
    to_year, place = OuterRef("to_year"), OuterRef("place")
    schools = School.objects.filter(uuid=place, class_year__lt=to_year)
    classes = SchoolClass.objects.filter(uuid=place, school__class_year__lt=to_year)
    return Decision.objects.filter(Exists(schools) | Exists(classes), person=person)


def _lines(thing: EndingThing, decisions: dict[tuple[int, UUID, int], Decision]) -> list[Line]:
    found: dict[UUID, Line] = {}
    for ending in thing.endings:
        group = ending.group
        to_year = next_year(group.school)
        if to_year is None:
            continue
        line = Line(
            resource=thing.resource,
            kind=thing.kind,
            school=group.school,
            school_class=group.school_class if group.kind == GroupKind.CLASS else None,
            to_year=to_year,
        )
        line = found.setdefault(line.place, line)
        line.endings.append(ending)
        line.decision = decisions.get((thing.resource.pk, line.place, to_year))
    return list(found.values())


def _tell_given(lines: list[Line]) -> None:
    """Who has what by each decision. Two queries, none where nothing was given."""
    marked = {
        line.decision.uuid: line for line in lines if line.decision and line.decision.choice == Choice.KEEP
    }
    if not marked:
        return
    given = given_by_marks([line.resource.pk for line in marked.values()], marked)
    persons = User.objects.in_bulk({pk for some in given.values() for pk in some})
    for mark, some in given.items():
        marked[mark].given = [persons[pk] for pk in some if pk in persons]


def _turns(lines: Iterable[Line]) -> dict[int, date]:
    """The first day of the year to which each school passes, as its academy tells it. A query."""
    wanted = {line.school.pk: (line.school.academy_id, line.to_year) for line in lines}
    known = {
        (each.academy_id, each.year): each.starts_on
        for each in SchoolYear.objects.filter(
            academy__in={academy for academy, _ in wanted.values()},
            year__in={year for _, year in wanted.values()},
        )
    }
    return {
        school: known.get((academy, year), default_bounds(year)[0])
        for school, (academy, year) in wanted.items()
    }
