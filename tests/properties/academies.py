"""Small academies drawn at random, and a year of their feeds: whoever comes, moves, leaves or is told wrong."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from tests.feeds.sets import a_set, klass, pupil, staff

SCHOOLS = ("A", "B", "C")
LABELS = ("CP", "CE1", "CM2")
#: Around a turn: the end of a year, late August, the switch, and after.
DAYS = tuple(date.fromisoformat(day) for day in ("2026-06-10", "2026-06-30", "2026-08-27", "2026-09-02",
                                                 "2026-09-15", "2026-10-05", "2027-09-10"))  # fmt: skip


@dataclass(frozen=True)
class PupilTold:
    number: int
    schools: tuple[str, ...]
    year: int | None
    label: str
    relatives: tuple[int, ...]
    left: bool
    readable: bool


@dataclass(frozen=True)
class StaffTold:
    number: int
    schools: tuple[str, ...]
    head: bool


@dataclass(frozen=True)
class SetTold:
    """One set; a kind that is None has no file."""

    day: date
    pupils: tuple[PupilTold, ...] | None
    staff: tuple[StaffTold, ...] | None
    accept: bool

    def write(self, folder: Path) -> Path:
        pupils = None if self.pupils is None else [_pupil(one, self.day) for one in self.pupils]
        people = None
        if self.staff is not None:
            people = [
                staff(f"S{one.number}", *one.schools, heads=one.schools[:1] if one.head else ())
                for one in self.staff
            ]
        return a_set(folder, self.day.isoformat(), pupils=pupils, staff=people)


def _pupil(one: PupilTold, day: date) -> object:
    value = [] if one.year is None else [klass(one.schools[0], label=one.label, year=one.year)]
    born = date(2018, 1, 1) + timedelta(days=one.number)
    return pupil(
        f"P{one.number}",
        *one.schools,
        classes=value,
        relatives=[f"R{number}" for number in one.relatives],
        born=born.isoformat() if one.readable else None,
        left=(day - timedelta(days=3)).isoformat() if one.left else "",
    )


def _schools() -> st.SearchStrategy[tuple[str, ...]]:
    one = st.sampled_from(SCHOOLS)
    return st.one_of(one.map(lambda s: (s,)), st.lists(one, min_size=1, max_size=2, unique=True).map(tuple))


def _pupils(day: date) -> st.SearchStrategy[tuple[PupilTold, ...]]:
    this = day.year if day.month >= 9 else day.year - 1
    rarely = st.integers(0, 11).map(lambda n: n == 0)
    told = st.builds(
        PupilTold,
        number=st.integers(1, 14),
        schools=_schools(),
        year=st.sampled_from((this, this, this, this - 1, None)),
        label=st.sampled_from(LABELS),
        relatives=st.lists(st.integers(1, 6), max_size=2, unique=True).map(tuple),
        left=rarely,
        readable=rarely.map(lambda wrong: not wrong),
    )
    return st.lists(told, min_size=1, max_size=14, unique_by=lambda one: one.number).map(tuple)


def _staff() -> st.SearchStrategy[tuple[StaffTold, ...]]:
    told = st.builds(StaffTold, number=st.integers(1, 6), schools=_schools(), head=st.booleans())
    return st.lists(told, min_size=1, max_size=6, unique_by=lambda one: one.number).map(tuple)


@st.composite
def sets(draw: st.DrawFn) -> list[SetTold]:
    """Two or three sets of one academy, in the order of their days."""
    days = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=3, unique=True)))
    told = []
    for day in days:
        which = draw(st.sampled_from(("both", "both", "families", "staff")))
        told.append(
            SetTold(
                day,
                draw(_pupils(day)) if which != "staff" else None,
                draw(_staff()) if which != "families" else None,
                draw(st.booleans()),
            )
        )
    return told
