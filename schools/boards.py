"""The season's board of schools: each item with its live count, whatever the number of schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schools.models import ItemSeen, School
from schools.season import Counts, Item, Reader, Standing, Step, address_of, items, standings


class LineState(StrEnum):
    """What an item asks of a school."""

    ALERT = "alert"
    ASKED = "todo"
    COMING = "coming"
    SEEN = "seen"
    DONE = "done"
    LATER = "later"


OPEN = frozenset({LineState.ASKED, LineState.ALERT})
# What presses first, what is behind last.
STATES = tuple(LineState)
ARRIVED = "Tout est arrivé"


@dataclass(frozen=True, slots=True)
class Line:
    """An item of one school. `number` is None before its time; `seen` is who looked at it, and when."""

    item: Item
    school: School
    number: int | None
    state: LineState
    seen: ItemSeen | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def url(self) -> str:
        return address_of(self.item, self.school)

    @property
    def words(self) -> str:
        """The number in words; what is counted by name is `told`."""
        if self.number is None:
            return ""
        return self.item.say(self.number) if self.number else self.item.done

    @property
    def told(self) -> str:
        """What is counted, by name; '' where nothing more is to be said. May be a query."""
        return self.item.tell(self.school) if self.item.tell is not None and self.number else ""


@dataclass(frozen=True, slots=True)
class Board:
    """A school's items, in their order."""

    standing: Standing
    lines: list[Line]

    @property
    def school(self) -> School:
        return self.standing.school

    @property
    def mine(self) -> list[Line]:
        """What the direction does, now: what presses first."""
        found = [each for each in self.lines if not each.item.arrives and each.state != LineState.LATER]
        return sorted(found, key=lambda line: STATES.index(line.state))

    @property
    def coming(self) -> list[Line]:
        """What arrives by itself."""
        return [each for each in self.lines if each.item.arrives and each.state != LineState.LATER]

    @property
    def later(self) -> list[Line]:
        """What has not its time yet."""
        return [each for each in self.lines if each.state == LineState.LATER]

    @property
    def open(self) -> int:
        """How many points ask for the direction."""
        return sum(line.is_open for line in self.lines)

    @property
    def alerts(self) -> int:
        return sum(line.state == LineState.ALERT for line in self.lines)

    @property
    def ended(self) -> int:
        return sum(not line.is_open for line in self.mine)

    def number_of(self, key: str) -> int | None:
        return next((line.number for line in self.lines if line.item.key == key), None)

    @property
    def step(self) -> Step:
        """The step that the school is at: the first that it has not passed."""
        if not self.standing.turned:
            ahead = (step for step in Step if not self.standing.reached(step))
            return next(ahead, Step.LATE)
        return Step.CLASSES if any(line.number for line in self.coming if line.item.whole) else Step.LATE

    @property
    def arrived(self) -> bool:
        """Nothing more is awaited."""
        return self.standing.turned and not any(line.number for line in self.coming)

    @property
    def where(self) -> str:
        """The step in words."""
        return ARRIVED if self.arrived else self.step.label


def boards(schools: Sequence[School], today: date) -> list[Board]:
    """The schools as given, each with its academy. As many queries for one as for a thousand."""
    if not schools:
        return []
    stands = standings(schools, today)
    counted = _counted(stands)
    keys = [school.pk for school in schools]
    years = {stand.year for stand in stands}
    marks = {
        (seen.school_id, seen.year, seen.item): seen
        for seen in ItemSeen.objects.filter(school__in=keys, year__in=years)
    }
    return [
        Board(
            stand,
            [
                _line(
                    item,
                    stand,
                    counted.get(item.key, {}).get(stand.school.pk, 0),
                    marks.get((stand.school.pk, stand.year, item.key)),
                )
                for item in items
            ],
        )
        for stand in stands
    ]


def _counted(stands: Sequence[Standing]) -> Mapping[str, Counts]:
    """What each reader tells, asked once."""
    found: dict[str, Counts] = {}
    readers: list[Reader] = list(dict.fromkeys(item.read for item in items))
    for read in readers:
        found |= read(stands)
    return found


def _line(item: Item, stand: Standing, number: int | None, seen: ItemSeen | None) -> Line:
    ended = item.seasonal and not stand.in_season
    if number is None or ended or not stand.reached(item.since):
        return Line(item, stand.school, None, LineState.LATER)
    if not number:
        return Line(item, stand.school, 0, LineState.DONE)
    if item.arrives:
        return Line(item, stand.school, number, LineState.COMING)
    if item.may_be_seen and seen is not None and number <= seen.number:
        return Line(item, stand.school, number, LineState.SEEN, seen)
    pressing = item.presses is not None and stand.reached(item.presses)
    return Line(item, stand.school, number, LineState.ALERT if pressing else LineState.ASKED)
