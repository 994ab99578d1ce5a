"""Children come into the academy: into a family that has one here, or with a family of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from demo.academy.dice import Dice
from demo.academy.levels import Level
from demo.academy.model import Family, Pupil, Relative, School, Sector
from demo.academy.recipe import (
    APART,
    DOUBLE_NAME,
    FIRST_LIMIT,
    HOMONYM,
    THIRD_RELATIVE,
    TWINS,
    falls_on,
)
from demo.academy.words import adult_name, child_name, surname

if TYPE_CHECKING:
    from demo.academy.world import World

CHILDREN = ((1, 45), (2, 38), (3, 13), (4, 4))
SIBLING = 0.55
SIBLING_FROM_ELSEWHERE = 0.05
OTHER_FIRST_NAMES = 0.5
REPEATER = 0.03
IN_ULIS = 0.09

type Places = dict[tuple[int, Level], int]
"""How many children are wanted in (school, level)."""


def fill(world: World, sector: Sector, places: Places) -> None:
    """Finds a child for each place of a neighbourhood's schools."""
    dice = Dice(world.recipe.seed, "fill", sector.index, world.elapsed)
    left = dict(places)
    waiting = [place for place, count in places.items() for _ in range(count)]
    for place in dice.shuffled(waiting):
        if not left[place]:
            continue
        left[place] -= 1
        school, level = world.schools[place[0]], place[1]
        family = _growing_family(world, sector, dice, level) or _new_family(world, sector)
        pupil = _new_pupil(world, family, school, level)
        if falls_on(family.number, TWINS) and len(family.pupils) == 1 and left[place]:
            left[place] -= 1
            _new_pupil(world, family, school, level, twin=pupil)


def add_father(world: World, family: Family, dice: Dice) -> None:
    """A second parent is stated for the children of a family that had one only."""
    family.relatives.append(_relative(world, dice, family, family.birth_name, tie_kind=2))


def draw_ine(recipe_seed: int, number: int) -> str:
    """Nine digits and two letters, the pupil's own."""
    dice = Dice(recipe_seed, "ine", number)
    return f"{recipe_seed % 100:02d}{number:07d}{dice.pick('ABCDEFGHJK')}{dice.pick('ABCDEFGHJK')}"


def _growing_family(world: World, sector: Sector, dice: Dice, level: Level) -> Family | None:
    """A family that awaits another child, none of whose children is within a year of this level."""
    if not dice.chance(SIBLING):
        return None
    pool = sector.growing
    if dice.chance(SIBLING_FROM_ELSEWHERE):
        pool = dice.pick(world.sectors).growing or pool
    for _ in range(3):
        if not pool:
            return None
        place = dice.below(len(pool))
        family = world.families[pool[place]]
        if any(abs(world.pupils[number].level - level) < 2 for number in family.pupils):
            continue
        family.more -= 1
        if not family.more:
            pool[place] = pool[-1]
            pool.pop()
        return family
    return None


def _new_family(world: World, sector: Sector) -> Family:
    number = world.next_family
    world.next_family += 1
    dice = Dice(world.recipe.seed, "family", number)
    composed = world.recipe.composed_names
    father = surname(dice, composed=composed)
    mother = father if dice.chance(0.45) else surname(dice, composed=composed)
    last_name = birth_name = father
    namesake = world.families.get(number - 1) if falls_on(number, HOMONYM) else None
    if namesake:
        last_name = birth_name = father = namesake.last_name
    elif falls_on(number, DOUBLE_NAME) and "-" not in father + mother and father != mother:
        last_name = f"{father}-{mother}"
    family = Family(
        number=number,
        sector=sector.index,
        last_name=last_name,
        birth_name=birth_name,
        relatives=[],
        pupils=[],
        more=dice.weighted(CHILDREN) - 1,
        apart=falls_on(number, APART),
    )
    family.relatives.append(_relative(world, dice, family, mother, tie_kind=1))
    if family.apart or dice.chance(0.66):
        family.relatives.append(_relative(world, dice, family, father, tie_kind=2))
    if falls_on(number, THIRD_RELATIVE):
        family.relatives.append(_relative(world, dice, family, mother, tie_kind=4))
    world.families[number] = family
    if family.more:
        sector.growing.append(number)
    return family


def _relative(world: World, dice: Dice, family: Family, last_name: str, *, tie_kind: int) -> Relative:
    number = world.next_relative
    world.next_relative += 1
    if number > FIRST_LIMIT:
        raise ValueError("too many relatives for the range of their keys")
    woman = tie_kind == 1 if tie_kind != 4 else dice.chance(0.7)
    start = world.recipe.year - (68 if tie_kind == 4 else 50)
    birth_name = last_name
    if woman and dice.chance(0.25):
        birth_name = surname(dice, composed=world.recipe.composed_names)
    return Relative(
        number=number,
        rank=max((other.rank + 1 for other in family.relatives), default=0),
        woman=woman,
        first_name=adult_name(dice, woman=woman),
        last_name=last_name,
        birth_name=birth_name,
        born=_day(dice, start + dice.below(20 if tie_kind != 4 else 10)),
        tie_kind=tie_kind,
        legal=tie_kind != 4,
    )


def _new_pupil(
    world: World, family: Family, school: School, level: Level, twin: Pupil | None = None
) -> Pupil:
    number = world.next_pupil
    world.next_pupil += 1
    if number > FIRST_LIMIT:
        raise ValueError("too many pupils for the range of their keys")
    recipe = world.recipe
    dice = Dice(recipe.seed, "pupil", number)
    girl = dice.chance(0.49)
    first_name = child_name(
        dice, girl=girl, taken=[world.pupils[other].first_name for other in family.pupils]
    )
    namesake = _namesake(world, family)
    if namesake:
        girl, first_name = namesake.girl, namesake.first_name
    year = world.year - level.age - dice.chance(REPEATER)
    pupil = Pupil(
        number=number,
        family=family.number,
        school=school.index,
        level=level,
        girl=girl,
        first_name=first_name,
        other_name=child_name(dice, girl=girl) if dice.chance(OTHER_FIRST_NAMES) else "",
        last_name=family.last_name,
        birth_name=family.birth_name,
        born=twin.born if twin else _day(dice, year),
        ine="" if number % recipe.without_ine == 19 else draw_ine(recipe.seed, number),
        entered=world.year,
        ulis=school.ulis and level > Level.CP and dice.chance(IN_ULIS),
    )
    world.pupils[number] = pupil
    family.pupils.append(number)
    return pupil


def _namesake(world: World, family: Family) -> Pupil | None:
    """The child whose name the first child of this family bears too, by chance."""
    before = world.families.get(family.number - 1)
    if family.pupils or not falls_on(family.number, HOMONYM) or not before or not before.pupils:
        return None
    if family.last_name != before.last_name:
        return None
    return world.pupils[before.pupils[0]]


def _day(dice: Dice, year: int) -> int:
    return date(year, 1, 1).toordinal() + dice.below(365)
