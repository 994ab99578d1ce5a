"""The season's items: what each room has to say of a school that prepares the new school year.

Rooms register theirs in `ready()`, with how it is counted for many schools at once; `boards.py` reads them. Where
the list that an item speaks of lies in a higher room, that room says its address: a `Door`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from django.conf import settings

from schools.models import Academy, School, SchoolYear
from schools.rules import default_bounds, first_day_of, year_of
from ui.registry import Registry

# From mid-June on, the year that is prepared is the next one; three months after its opening it is on its way.
PREPARED = timedelta(days=47)
SEASON = timedelta(days=92)
MONTH = timedelta(days=31)


class Step(IntEnum):
    """The steps of the new school year, in their order."""

    END = 1, "Fin de l’alimentation"
    STAFF = 2, "Enseignants et personnels"
    FIRST_DAY = 3, "Rentrée des classes"
    SWITCH = 4, "Bascule d’ONDE"
    FAMILIES = 5, "Élèves et parents"
    CLASSES = 6, "Classes"
    LATE = 7, "Derniers élèves"

    label: str

    def __new__(cls, value: int, label: str) -> "Step":
        step = int.__new__(cls, value)
        step._value_ = value
        step.label = label
        return step


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a school stands in its way to a year: `year` is the one it prepares, opened on `opens_on`; `told_first`
    the first day of class, where its academy said it."""

    school: School
    year: int
    opens_on: date
    today: date
    told_first: date | None = None

    @property
    def staffed(self) -> bool:
        """The new year's staff has come."""
        return self.school.running_year is not None and self.school.running_year >= self.year

    @property
    def turned(self) -> bool:
        """The pupils' classes are the new year's."""
        return self.school.class_year is not None and self.school.class_year >= self.year

    @property
    def first_day(self) -> date:
        """The first day of class (`rules.first_day_of`)."""
        return first_day_of(self.opens_on, self.told_first, settings.CARTABLE_FIRST_DAY_OF_SCHOOL)

    @property
    def opening(self) -> datetime:
        """The first instant of the year, at the place of the school."""
        return datetime.combine(self.opens_on, time.min, ZoneInfo(self.school.academy.time_zone))

    @property
    def in_season(self) -> bool:
        return self.opens_on - PREPARED <= self.today < self.opens_on + SEASON

    def reached(self, step: Step) -> bool:
        """Whether the school is at this step, or past it."""
        if step == Step.END:
            return self.staffed or self.today >= self.opens_on - MONTH
        if step == Step.STAFF:
            return self.staffed or self.turned
        if step == Step.FIRST_DAY:
            return self.turned or self.today >= self.first_day
        return self.turned


type Counts = Mapping[int, int | None]
# Of these schools, by the key of an item, then by the key of a school; None has nothing to say yet.
type Reader = Callable[[Sequence[Standing]], Mapping[str, Counts]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the checklist, ticked where it counts nothing.

    `act` is what the direction does there; '' where it has nothing to do but wait (`arrives`). `read` may tell
    several items at once: it is asked once for all. `say` puts a number into words, `tell` names of one school what
    is counted. Before `since` the item is to come; from `presses` on it is urgent. `may_be_seen`: what it counts
    may rightly stay, so that somebody may say that it was looked at. `seasonal`: out of the season nobody is asked.
    """

    key: str
    order: int
    label: str
    why: str
    read: Reader
    say: Callable[[int], str]
    done: str
    act: str = ""
    icon: str = "point"
    since: Step = Step.END
    presses: Step | None = None
    arrives: bool = False
    whole: bool = False
    may_be_seen: bool = False
    seasonal: bool = False
    tell: Callable[[School], str] | None = None
    url: Callable[[School], str] | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """Where the list that an item counts is read, in a room above whoever registered the item."""

    key: str
    url: Callable[[School], str]
    order: int = 0


items: Registry[Item] = Registry()
doors: Registry[Door] = Registry()


def register(item: Item) -> None:
    """Adds an item; to be called in `ready()`."""
    items.register(item)


def lead(key: str, url: Callable[[School], str]) -> None:
    """Says where an item leads; to be called in `ready()`."""
    doors.register(Door(key, url))


def address_of(item: Item, school: School) -> str:
    """Where an item's list is for a school; '' where nobody said."""
    door = doors.get(item.key)
    if door is not None:
        return door.url(school)
    return item.url(school) if item.url is not None else ""


def standings(schools: Sequence[School], today: date) -> list[Standing]:
    """Where schools stand, in their order, each with its academy. One query."""
    ahead = today + PREPARED
    rows = SchoolYear.objects.filter(
        academy__in={school.academy_id for school in schools}, starts_on__lte=ahead, ends_on__gte=ahead
    )
    known = {row.academy_id: row for row in rows}
    usual = usual_year(ahead)
    found = []
    for school in schools:
        row = known.get(school.academy_id, usual)
        found.append(Standing(school, row.year, row.starts_on, today, row.first_day))
    return found


def first_day_in(year: SchoolYear, *, usual: bool = False) -> date:
    """The first day of class of a year; `usual`: the one that stands where nobody says another."""
    chosen = None if usual else year.first_day
    return first_day_of(year.starts_on, chosen, settings.CARTABLE_FIRST_DAY_OF_SCHOOL)


def year_prepared(academy: Academy, today: date) -> SchoolYear:
    """The year that the schools of an academy prepare, or are in once it is on its way; made in memory where it is
    not opened yet. A query."""
    ahead = today + PREPARED
    found = SchoolYear.objects.filter(academy=academy, starts_on__lte=ahead, ends_on__gte=ahead).first()
    return found or usual_year(ahead, academy)


def usual_year(day: date, academy: Academy | None = None) -> SchoolYear:
    """The year that holds a day where an academy has opened none: France's, in memory."""
    year = year_of(day)
    starts_on, ends_on = default_bounds(year)
    return SchoolYear(academy=academy, year=year, starts_on=starts_on, ends_on=ends_on)
