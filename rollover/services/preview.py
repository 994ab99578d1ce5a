"""The turn foreseen, for a school and for one person: figures and lists, from the plan that the turn itself
would carry out. Nothing is changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from accounts.models import User
from core import sql
from directory.models import Group
from rollover import figures, plan
from rollover.ended import EndedClass, classes_of, decided_in, decided_of
from rollover.enums import Choice
from rollover.querysets import planned
from rollover.rules import is_due, next_year
from schools.models import School
from sharing.enums import Role
from sharing.kinds import Kind, all_kinds, cover_of
from sharing.lifetime import ends_q
from sharing.models import Grant, Resource
from sharing.querysets import managed_by

MOST = 200


@dataclass(slots=True)
class Ending:
    """One grant that ends: to which group, as what, and who has the thing by no other; `people` are counted
    for a school (`number`), and known for a person's own things."""

    group: Group
    role: Role
    year: int
    number: int
    people: list[User] = field(default_factory=list)


@dataclass(slots=True)
class EndingThing:
    """A production with the grants of it that end. `kind` is None where no application registered it."""

    resource: Resource
    kind: Kind | None
    endings: list[Ending]

    @property
    def cover(self) -> str:
        """The colour of its kind."""
        return cover_of(self.kind) if self.kind is not None else "slate"

    @property
    def people(self) -> list[User]:
        """Who will no longer see it, each once, by name."""
        each = {person.pk: person for ending in self.endings for person in ending.people}
        return sorted(each.values(), key=lambda person: (person.sort_name, person.pk))


@dataclass(frozen=True, slots=True)
class SchoolPreview:
    """What a school's turn to a year would end: `told` as `rollover --json` says it; its classes; what is lifted;
    what people decided beforehand; the things of a page (from `first` on, of `number`), those that most people
    lose first."""

    school: School
    year: int
    told: dict[str, Any]
    purged: int
    classes: list[EndedClass]
    detachments: int
    blocks: int
    decided: dict[Choice, int]
    things: list[EndingThing]
    number: int
    first: int = 0

    @property
    def things_left_out(self) -> int:
        """How many come after those."""
        return max(0, self.number - self.first - len(self.things))

    def kept(self) -> dict[str, Any]:
        """All but the things, as a rehearsal keeps it."""
        return self.told | {
            "classes": [asdict(each) for each in self.classes],
            "detachments": self.detachments,
            "blocks": self.blocks,
            "decided": {choice.value: number for choice, number in self.decided.items()},
            "things": self.number,
        }


@dataclass(frozen=True, slots=True)
class PersonPreview:
    """What the next turn of each school means for what a person owns or manages: the things that somebody
    will no longer see, and how many of their own stay as they are."""

    things: list[EndingThing]
    unchanged: int


def preview_school(
    school: School, year: int | None = None, *, first: int = 0, most: int = MOST
) -> SchoolPreview | None:
    """The turn of a school to a year, by default its next one, with `most` of its things from `first` on; None
    where it has no class to turn."""
    to_year = year or next_year(school)
    if school.class_year is None or to_year is None or to_year <= school.class_year:
        return None
    with plan.prepared([(school.pk, school.class_year, to_year)]):
        counted = figures.count(whole=True)
        told = planned(counted)[0]
        plan.look_at(plan.Ending.ALL)
        (ends,) = sql.rows("rollover", "planned_ends")
        rows = sql.rows("rollover", "preview_things")
    asked = list(dict.fromkeys(row["resource_id"] for row in rows))
    wanted = set(asked[first : first + most])
    return SchoolPreview(
        school,
        to_year,
        told,
        counted[school.pk].purged,
        classes_of(ends["class_attachments"]),
        ends["detachments"],
        ends["blocks"],
        decided_in(school, to_year),
        _things([row for row in rows if row["resource_id"] in wanted], {}),
        len(asked),
        first,
    )


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A school of several, and what its next turn would end; `year` and `told` are None where nothing turns.
    `due`: that year is open."""

    school: School
    year: int | None = None
    told: dict[str, Any] | None = None
    purged: int = 0
    decided: int = 0

    @property
    def due(self) -> bool:
        return is_due(self.school)


def preview_schools(schools: Sequence[School]) -> list[SchoolFigures]:
    """The next turn of each of these, counted together: as many queries for one as for two hundred."""
    years = {school.pk: next_year(school) for school in schools}
    turns = [
        (school.pk, school.class_year, year)
        for school in schools
        if school.class_year is not None and (year := years[school.pk]) is not None
    ]
    with plan.prepared(turns):
        counted = figures.count(whole=True)
        told = {each["uai"]: each for each in planned(counted)}
    decided = decided_of([turn[0] for turn in turns], [turn[2] for turn in turns])
    return [
        SchoolFigures(
            school,
            years[school.pk],
            told.get(school.uai),
            counted[school.pk].purged if school.pk in counted else 0,
            sum(decided.get(school.pk, {}).values()),
        )
        for school in schools
    ]


def preview_person(person: User, *, also: Collection[int] = ()) -> PersonPreview:
    """The next turn, for what this person owns or manages; of the things `also` (keys), what ends is told even
    where nobody loses them by it."""
    mine = managed_by(person).filter(trashed_at__isnull=True)
    ending = Grant.objects.filter(ends_q(), resource__in=mine.order_by().values("pk"))
    found = set(ending.values_list("resource_id", "group__school_id"))
    ids = sorted({resource for resource, _ in found})
    # By their keys: asked within, it would read the groups of all schools.
    schools = School.objects.filter(pk__in={school for _, school in found}).order_by("pk")
    turns = [
        (school.pk, school.class_year, year)
        for school in schools
        if school.class_year is not None and (year := next_year(school)) is not None
    ]
    rows: list[dict[str, Any]] = []
    people: dict[tuple[int, int], list[int]] = defaultdict(list)
    with plan.prepared(turns, resources=ids):
        plan.look_at(plan.Ending.ALL)
        told = sql.rows("rollover", "preview_things")
        rows = [row for row in told if row["people"] or row["resource_id"] in also]
        for lost in sql.rows("rollover", "preview_people"):
            people[lost["resource_id"], lost["group_id"]].append(lost["person_id"])
    things = _things(rows, people)
    owned = Resource.objects.filter(owner=person, trashed_at__isnull=True)
    touched = [thing.resource.pk for thing in things]
    return PersonPreview(things, owned.exclude(pk__in=touched).count())


def _things(rows: Iterable[dict[str, Any]], people: dict[tuple[int, int], list[int]]) -> list[EndingThing]:
    """Rows of grants as things, in the rows' order. Three queries."""
    rows = list(rows)
    resources = Resource.objects.select_related("owner").in_bulk({row["resource_id"] for row in rows})
    groups = Group.objects.select_related("school", "school_class").in_bulk({row["group_id"] for row in rows})
    persons = User.objects.in_bulk({pk for some in people.values() for pk in some})
    kinds = {kind.key: kind for kind in all_kinds()}
    found: dict[int, EndingThing] = {}
    for row in rows:
        resource = resources[row["resource_id"]]
        thing = found.setdefault(resource.pk, EndingThing(resource, kinds.get(resource.kind), []))
        lost = [persons[pk] for pk in people.get((resource.pk, row["group_id"]), ())]
        thing.endings.append(
            Ending(groups[row["group_id"]], Role(row["role"]), row["year"], row["people"], lost)
        )
    return list(found.values())
