"""Which schools an academy has: neighbourhoods, each teaching from the first section to CM2."""

from demo.academy.dice import Dice
from demo.academy.levels import (
    ELEMENTARY_LEVELS,
    LEVEL_2,
    LOWER_LEVELS,
    NURSERY_LEVELS,
    PRIMARY_LEVELS,
    Level,
    SchoolKind,
)
from demo.academy.model import District, School, Sector
from demo.academy.places import SCHOOL_NAMES, STREETS, town, uai
from demo.academy.recipe import Recipe

SCHOOLS_A_DISTRICT = 25
PHONE_PREFIX = "035301"
"""One of the ranges that the regulator keeps for fiction: nobody is ever called."""

type Pattern = tuple[tuple[SchoolKind, tuple[Level, ...]], ...]

TWO_SCHOOLS: Pattern = ((SchoolKind.NURSERY, NURSERY_LEVELS), (SchoolKind.ELEMENTARY, ELEMENTARY_LEVELS))
TWO_HALVES: Pattern = ((SchoolKind.PRIMARY, LOWER_LEVELS), (SchoolKind.ELEMENTARY, LEVEL_2))
ONE_SCHOOL: Pattern = ((SchoolKind.PRIMARY, PRIMARY_LEVELS),)


def sectors(recipe: Recipe) -> list[Sector]:
    """The neighbourhoods of an academy with their schools, each sized by level."""
    districts = _districts(recipe)
    made: list[Sector] = []
    schools = 0
    while schools < recipe.schools:
        index = len(made)
        dice = Dice(recipe.seed, "sector", index)
        pattern = _pattern(recipe.schools, schools, index, dice)
        private = pattern is ONE_SCHOOL and index > 1 and dice.chance(0.15)
        cohort = dice.weighted(
            ((dice.between(8, 15), 3), (dice.between(16, 26), 5), (dice.between(27, 45), 2))
        )
        sector = Sector(index, town(recipe.seed, index), [])
        for kind, levels in pattern:
            district = districts[schools * len(districts) // recipe.schools]
            school = _school(recipe, schools, sector, dice, kind, levels, district, private)
            school.size = {level: max(1, cohort // 4) if level is Level.TPS else cohort for level in levels}
            school.ulis = Level.CM2 in levels and cohort > 15 and dice.chance(0.4 if index else 1)
            sector.schools.append(school)
            schools += 1
        made.append(sector)
    if recipe.pupils is not None:
        _resize(made, recipe.pupils)
    return made


def _pattern(wanted: int, had: int, index: int, dice: Dice) -> Pattern:
    """Every kind of school first, as far as the number goes, then as in the country."""
    left = wanted - had
    if left == 1:
        return ONE_SCHOOL
    if index == 0:
        return TWO_SCHOOLS
    if index == 1:
        return TWO_HALVES
    return dice.weighted(((TWO_SCHOOLS, 30), (TWO_HALVES, 12), (ONE_SCHOOL, 40)))


def _districts(recipe: Recipe) -> list[District]:
    """One for some twenty-five schools, two at least as soon as there are two schools."""
    count = max(min(2, recipe.schools), -(-recipe.schools // SCHOOLS_A_DISTRICT))
    return [
        District(str(900_000 + index), f"Circonscription de {town(recipe.seed, index * 11).name}")
        for index in range(count)
    ]


def _school(
    recipe: Recipe,
    index: int,
    sector: Sector,
    dice: Dice,
    kind: SchoolKind,
    levels: tuple[Level, ...],
    district: District,
    private: bool,
) -> School:
    town_part = f"-{sector.town.name.upper()}"
    name = dice.pick(SCHOOL_NAMES)
    if sector.schools and levels is LEVEL_2:
        name = f"{sector.schools[0].name.removesuffix(town_part)} 2"
    return School(
        index=index,
        key=str(100_000 + index),
        uai=uai(recipe.seed, index),
        kind=kind,
        private=private,
        name=name + town_part,
        town=sector.town,
        street=f"{dice.between(1, 99)} {dice.pick(STREETS)}",
        phone=f"{PHONE_PREFIX}{dice.below(10_000):04d}",
        district=district,
        sector=sector.index,
        size=dict.fromkeys(levels, 0),
    )


def _resize(made: list[Sector], pupils: int) -> None:
    """Scales every level so that the whole holds exactly this many pupils, by largest remainders."""
    places = [(school, level) for sector in made for school in sector.schools for level in school.size]
    total = sum(school.size[level] for school, level in places)
    shares = [school.size[level] * pupils for school, level in places]
    for (school, level), share in zip(places, shares, strict=True):
        school.size[level] = share // total
    short = pupils - sum(share // total for share in shares)
    fullest = sorted(range(len(places)), key=lambda place: (-(shares[place] % total), place))
    for place in fullest[:short]:
        school, level = places[place]
        school.size[level] += 1
