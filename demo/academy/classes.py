"""A school's classes of a year, each with a new key, as ONDE makes them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from demo.academy.dice import Dice
from demo.academy.levels import Level
from demo.academy.model import Pupil, School, SchoolClass

if TYPE_CHECKING:
    from demo.academy.world import World

FULL = 0.75
"""A level that fills this share of a class has a class of its own."""
TOO_FULL = 1.25
IN_A_ROW = 3
"""One school in so many cuts its list straight through: its classes take half a level each."""
ULIS_LEAST = 3


def open_classes(world: World) -> None:
    """Puts every pupil in a class of this year; labels come once the teachers are known."""
    by_school: dict[int, list[Pupil]] = {school.index: [] for school in world.schools}
    for pupil in world.pupils.values():
        by_school[pupil.school].append(pupil)
    for school in world.schools:
        dice = Dice(world.recipe.seed, "classes", school.index, world.elapsed)
        school.classes = []
        ordinary, ulis = _apart(school, dice.shuffled(by_school[school.index]))
        ordinary.sort(key=lambda pupil: pupil.level)
        cut = _in_a_row if school.index % IN_A_ROW == 1 else _by_level
        for pupils in cut(ordinary, world.recipe.class_size):
            _open(world, school, pupils, ulis=False)
        if ulis:
            _open(world, school, ulis, ulis=True)


def label_classes(world: World) -> None:
    """Gives each class the label that its school would: levels, a letter among several, at times a teacher."""
    for school in world.schools:
        dice = Dice(world.recipe.seed, "labels", school.index, world.elapsed)
        by_levels: dict[str, list[SchoolClass]] = {}
        for school_class in school.classes:
            levels = "ULIS" if school_class.ulis else "-".join(level.name for level in school_class.levels)
            by_levels.setdefault(levels, []).append(school_class)
        for levels, alike in by_levels.items():
            named = dice.chance(0.3)
            for rank, school_class in enumerate(alike):
                if len(alike) > 1:
                    school_class.label = f"{levels} {chr(ord('A') + rank)}"
                elif named and school_class.teachers:
                    teacher = world.staff[school_class.teachers[0]]
                    school_class.label = f"{levels} {'MME' if teacher.woman else 'M.'} {teacher.last_name}"
                else:
                    school_class.label = levels


def _apart(school: School, pupils: list[Pupil]) -> tuple[list[Pupil], list[Pupil]]:
    """Those of the ULIS, where the school has one and enough of them, are listed apart."""
    ulis = [pupil for pupil in pupils if pupil.ulis and pupil.level > Level.CP]
    if not school.ulis or len(ulis) < ULIS_LEAST:
        return pupils, []
    chosen = {pupil.number for pupil in ulis}
    return [pupil for pupil in pupils if pupil.number not in chosen], sorted(ulis, key=lambda p: p.level)


def _in_a_row(pupils: list[Pupil], size: int) -> list[list[Pupil]]:
    """Equal classes cut through the list in order of level."""
    return _equal_parts(pupils, max(1, round(len(pupils) / size)))


def _by_level(pupils: list[Pupil], size: int) -> list[list[Pupil]]:
    """A class for each level that fills one, neighbours put together where none does."""
    made: list[list[Pupil]] = []
    current: list[Pupil] = []
    for level in Level:
        current = current + [pupil for pupil in pupils if pupil.level is level]
        if len(current) >= FULL * size:
            made += _equal_parts(current, -(-len(current) // int(TOO_FULL * size)))
            current = []
    if current and made and len(current) + len(made[-1]) <= TOO_FULL * size:
        made[-1] = made[-1] + current
    elif current:
        made.append(current)
    return made


def _equal_parts(pupils: list[Pupil], parts: int) -> list[list[Pupil]]:
    bounds = [len(pupils) * part // parts for part in range(parts + 1)]
    return [pupils[start:end] for start, end in pairwise(bounds) if end > start]


def _open(world: World, school: School, pupils: list[Pupil], *, ulis: bool) -> None:
    world.next_class += 1
    levels = tuple(sorted({pupil.level for pupil in pupils}))
    school_class = SchoolClass(f"C{world.next_class:07d}", school.index, levels, pupils, ulis)
    school.classes.append(school_class)
    for pupil in pupils:
        pupil.school_class = school_class
