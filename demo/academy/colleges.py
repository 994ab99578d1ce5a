"""The *collèges* of an academy: those who left its CM2, their families, and who works there.

A pupil has the same INE as before and the key of another application; a relative most often the same key.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from demo.academy.dice import Dice
from demo.academy.evolution import leaves_the_academy
from demo.academy.levels import Level
from demo.academy.model import Family, Pupil, Relative
from demo.academy.places import STREETS, Town, uai
from demo.academy.recipe import OTHER_KEY, Recipe, falls_on
from demo.academy.words import adult_name, surname
from demo.academy.world import World
from schools.rules import uai_letter

SECTORS_A_COLLEGE = 4
CLASS_SIZE = 26
GRADES = (6, 5, 4, 3)
NAMES = (
    "MARYSE CONDE",
    "ALBERT CAMUS",
    "GISELE HALIMI",
    "AIME CESAIRE",
    "LES QUATRE VENTS",
    "SOPHIE GERMAIN",
    "JEAN ROSTAND",
    "DE LA VALLEE",
)
#: Codes of schools far from those of the *écoles*.
FIRST_UAI = 40 * 9000
HEAD = "DIR$DIRECTION$D0010$PERSONNEL DE DIRECTION"
OTHERS = ("EDU$EDUCATION$E0030$CONSEILLER PRINCIPAL D'EDUCATION", "ADF$PERSONNELS ADMINISTRATIFS$$")
SUBJECTS = (
    "L0202$LETTRES MODERNES",
    "L1300$MATHEMATIQUES",
    "L0422$ANGLAIS",
    "L1000$HISTOIRE GEOGRAPHIE",
    "L1600$SCIENCES DE LA VIE ET DE LA TERRE",
    "L1900$EDUCATION PHYSIQUE ET SPORTIVE",
    "L1700$EDUCATION MUSICALE",
    "L1800$ARTS PLASTIQUES",
)


@dataclass(frozen=True, slots=True)
class Collegian:
    """A pupil of a *collège*: `pupil` is who they were in CM2."""

    pupil: Pupil
    family: Family
    grade: int
    label: str

    @property
    def key(self) -> str:
        return str(11_000_000 + self.pupil.number)


@dataclass(frozen=True, slots=True)
class Colleague:
    """`function` is AAF's five-part function without the school."""

    number: int
    woman: bool
    first_name: str
    last_name: str
    born: int
    function: str

    @property
    def key(self) -> str:
        return str(14_000_000 + self.number)


@dataclass(slots=True)
class College:
    index: int
    key: str
    uai: str
    name: str
    town: Town
    street: str
    phone: str
    pupils: list[Collegian] = field(default_factory=list)
    staff: list[Colleague] = field(default_factory=list)

    @property
    def labels(self) -> list[str]:
        return sorted({pupil.label for pupil in self.pupils}, reverse=True)


@dataclass(slots=True)
class Colleges:
    """Every *collège* of an academy at one school year."""

    world: World
    all: list[College]

    @property
    def pupils(self) -> Iterable[tuple[College, Collegian]]:
        return ((college, pupil) for college in self.all for pupil in college.pupils)

    def families(self) -> dict[int, tuple[Family, list[Collegian]]]:
        """By number, with the children who are in a *collège*."""
        found: dict[int, tuple[Family, list[Collegian]]] = {}
        for _, pupil in self.pupils:
            found.setdefault(pupil.family.number, (pupil.family, []))[1].append(pupil)
        return found


def relative_key(relative: Relative) -> str:
    """The key of the first degree, but for some whom the second numbered anew."""
    return str(12_500_000 + relative.number) if falls_on(relative.number, OTHER_KEY) else relative.key


def colleges_of(world: World, year_offset: int) -> Colleges:
    """Moves a new academy on, and gathers those of its CM2 who are in a *collège* by then."""
    cohorts: dict[int, list[tuple[Pupil, Family]]] = {}
    for offset in range(1, year_offset + 1):
        last = [(p, world.families[p.family]) for p in world.pupils.values() if p.level is Level.CM2]
        world.next_year()
        grade = GRADES[0] - (year_offset - offset)
        if grade in GRADES:
            cohorts[grade] = [
                (pupil, family)
                for pupil, family in last
                if pupil.number not in world.pupils and not leaves_the_academy(world, family)
            ]
    found = [
        _college(world, index, first)
        for index, first in enumerate(range(0, len(world.sectors), SECTORS_A_COLLEGE))
    ]
    for grade, cohort in cohorts.items():
        _place(world, found, grade, cohort)
    _hire(world, found)
    return Colleges(world, found)


def _college(world: World, index: int, sector: int) -> College:
    recipe, town = world.recipe, world.sectors[sector].town
    dice = Dice(recipe.seed, "college", index)
    name = NAMES[0] if recipe.showcase else dice.pick(NAMES)
    return College(
        index=index,
        key=str(200_000 + index),
        uai=_uai(recipe, index),
        name=f"{name}-{town.name.upper()}",
        town=town,
        street=f"{dice.between(1, 99)} {dice.pick(STREETS)}",
        phone=f"035301{dice.below(10_000):04d}",
    )


def _uai(recipe: Recipe, index: int) -> str:
    if not recipe.showcase:
        return uai(recipe.seed, FIRST_UAI + index)
    digits = f"099{index + 901:04d}"
    return digits + uai_letter(digits)


def _place(world: World, colleges: list[College], grade: int, cohort: list[tuple[Pupil, Family]]) -> None:
    """Each in the *collège* of their neighbourhood, in classes of like sizes."""
    by_college: dict[int, list[tuple[Pupil, Family]]] = defaultdict(list)
    for pupil, family in cohort:
        by_college[family.sector // SECTORS_A_COLLEGE].append((pupil, family))
    for index, here in by_college.items():
        mixed = Dice(world.recipe.seed, "college-classes", index, grade, world.elapsed).shuffled(here)
        parts = -(-len(mixed) // CLASS_SIZE)
        for rank, (pupil, family) in enumerate(mixed):
            label = f"{grade}{chr(ord('A') + rank % parts)}"
            colleges[index].pupils.append(Collegian(pupil, family, grade, label))
        colleges[index].pupils.sort(key=lambda one: one.pupil.number)


def _hire(world: World, colleges: list[College]) -> None:
    """A head, those of school life and of the office, a teacher a subject at least."""
    number = 0
    for college in colleges:
        teachers = max(len(SUBJECTS), round(1.5 * len(college.labels)))
        taught = [f"ENS$ENSEIGNEMENT${SUBJECTS[n % len(SUBJECTS)]}" for n in range(teachers)]
        for function in (HEAD, *OTHERS, *taught):
            number += 1
            college.staff.append(_colleague(world.recipe, number, function))


def _colleague(recipe: Recipe, number: int, function: str) -> Colleague:
    dice = Dice(recipe.seed, "college-staff", number)
    woman = dice.chance(0.6)
    return Colleague(
        number=number,
        woman=woman,
        first_name=adult_name(dice, woman=woman),
        last_name=surname(dice, composed=recipe.composed_names),
        born=date(recipe.year - 62 + dice.below(38), 1, 1).toordinal() + dice.below(365),
        function=function,
    )
