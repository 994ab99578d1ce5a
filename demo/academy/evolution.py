"""A year passes: who goes up, leaves, moves house or changes name, and who comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from demo.academy.dice import Dice
from demo.academy.families import Places, add_father, draw_ine, fill
from demo.academy.levels import Level
from demo.academy.model import Family, Pupil, Sector
from demo.academy.words import surname

if TYPE_CHECKING:
    from demo.academy.world import World

LEAVES = 0.015
MOVES = 0.03
REPEATS = 0.008
GETS_AN_INE = 0.6
NEW_DETAILS = 0.06
NEW_NAME = 0.004
PART = 0.02
SECOND_PARENT = 0.03
NO_LONGER_STATED = 0.2
"""Of the ties of a relative without parental authority."""
ARRIVES_LATER = 0.3
"""The share of the empty places above the first sections that newcomers take."""


def pass_a_year(world: World) -> None:
    """Moves families and pupils on by one year; classes and staff are left to the caller."""
    for family in list(world.families.values()):
        _family_year(world, family)
    for sector in world.sectors:
        sector.growing = []
    for family in world.families.values():
        if family.more:
            world.sectors[family.sector].growing.append(family.number)
    there = world.by_place()
    for sector in world.sectors:
        fill(world, sector, _empty_places(world, sector, there))


def leaves_the_academy(world: World, family: Family) -> bool:
    """Does a family move away with the year that begins?"""
    return _dice(world, family).chance(LEAVES)


def _dice(world: World, family: Family) -> Dice:
    return Dice(world.recipe.seed, "family-year", family.number, world.elapsed)


def _family_year(world: World, family: Family) -> None:
    dice = _dice(world, family)
    leaves = dice.chance(LEAVES)
    destination = None
    if not leaves and len(world.sectors) > 1 and dice.chance(MOVES):
        destination = dice.pick([s for s in world.sectors if s.index != family.sector][:50])
        family.sector = destination.index
        family.moves += 1
    for number in list(family.pupils):
        pupil = world.pupils[number]
        if leaves or not _pupil_year(world, pupil, destination):
            del world.pupils[number]
            family.pupils.remove(number)
    if not family.pupils:
        del world.families[family.number]
        return
    _adults_year(world, family, dice)
    if dice.chance(NEW_NAME):
        family.last_name = surname(dice, composed=world.recipe.composed_names)
        for number in family.pupils:
            world.pupils[number].last_name = family.last_name


def _adults_year(world: World, family: Family, dice: Dice) -> None:
    """What happens to the grown-ups of a family whose children stay, and so to the children's ties."""
    if dice.chance(NEW_DETAILS):
        dice.pick(family.relatives).revision += 1
    if dice.chance(NEW_NAME):
        mother = family.relatives[0]
        mother.last_name = surname(dice, composed=world.recipe.composed_names)
    parents = sum(relative.legal for relative in family.relatives)
    if parents == 2 and dice.chance(PART):
        family.apart = True
    elif parents == 1 and dice.chance(SECOND_PARENT):
        add_father(world, family, dice)
    if len(family.relatives) > parents and dice.chance(NO_LONGER_STATED):
        family.relatives = [relative for relative in family.relatives if relative.legal]


def _pupil_year(world: World, pupil: Pupil, destination: Sector | None) -> bool:
    """Moves one pupil on; False when they are done with primary school."""
    dice = Dice(world.recipe.seed, "pupil-year", pupil.number, world.elapsed)
    if not pupil.ine and dice.chance(GETS_AN_INE):
        pupil.ine = draw_ine(world.recipe.seed, pupil.number)
    level = pupil.level.next
    if level is None:
        return False
    if pupil.level is not Level.TPS and dice.chance(REPEATS):
        level = pupil.level
    pupil.level = level
    school = world.schools[pupil.school]
    if destination is not None or level not in school.size:
        sector = destination or world.sectors[school.sector]
        pupil.school = sector.school_for(level).index
        pupil.entered = world.year
    return True


def _empty_places(world: World, sector: Sector, there: dict[tuple[int, Level], int]) -> Places:
    places: Places = {}
    for school in sector.schools:
        for level, size in school.size.items():
            missing = max(0, size - there.get((school.index, level), 0))
            places[school.index, level] = missing if level <= Level.PS else int(missing * ARRIVES_LATER)
    return places
