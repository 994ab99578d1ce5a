"""Small academies drawn at random, and a year of their feeds: whoever comes, moves, leaves or is told wrong."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

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


def _someones_schools(chance: Random) -> tuple[str, ...]:
    return tuple(chance.sample(SCHOOLS, 2 if chance.random() < 0.15 else 1))


def _pupil_told(
    number: int, schools: tuple[str, ...], day: date, chance: Random, turned: dict[str, bool]
) -> PupilTold:
    """One record as the file of a day tells it; a school's file may still tell last year's classes."""
    this = day.year if day.month >= 9 else day.year - 1
    year: int | None = this if turned[schools[0]] else this - 1
    if chance.random() < 0.1:
        year = chance.choice((this, this - 1, None))
    return PupilTold(
        number=number,
        schools=schools,
        year=year,
        label=chance.choice(LABELS),
        relatives=tuple(chance.sample(range(1, 10), chance.choice((0, 1, 1, 2)))),
        left=chance.random() < 0.04,
        readable=chance.random() > 0.05,
    )


def evolve(seed: int, number: int) -> list[SetTold]:
    """`number` sets of one academy, in the order of their days, each a little after the one before."""
    chance = Random(seed)
    days = sorted(chance.sample(DAYS, number))
    pupils = {n: _someones_schools(chance) for n in range(1, chance.randint(6, 24))}
    team = {n: _someones_schools(chance) for n in range(1, chance.randint(3, 9))}
    told = []
    for day in days:
        turned = {school: day.month != 9 or day.day > 10 or chance.random() < 0.3 for school in SCHOOLS}
        gone = chance.choice((0.0, 0.05, 0.1, 0.5))
        families = tuple(
            _pupil_told(n, schools, day, chance, turned)
            for n, schools in pupils.items()
            if chance.random() > gone
        )
        staff_told = tuple(
            StaffTold(n, schools, chance.random() < 0.3)
            for n, schools in team.items()
            if chance.random() > gone / 2
        )
        which = chance.choice(("both", "both", "families", "staff"))
        told.append(
            SetTold(
                day,
                families if families and which != "staff" else None,
                staff_told if staff_told and which != "families" else None,
                accept=chance.random() < 0.3,
            )
        )
        for known in (pupils, team):
            for n in list(known):
                if chance.random() < 0.15:
                    known[n] = _someones_schools(chance)
            known[max(known) + 1] = _someones_schools(chance)
    return [one for one in told if one.pupils or one.staff]


def sets() -> st.SearchStrategy[list[SetTold]]:
    """Two to four sets of one academy."""
    return st.builds(evolve, seed=st.integers(0, 2**32 - 1), number=st.integers(2, 4))
