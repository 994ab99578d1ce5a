"""Who in an academy is a case of its own: found by looking at it, not by remembering how it was made."""

from collections import defaultdict
from dataclasses import dataclass, field

from demo.academy.levels import Level
from demo.academy.model import Pupil
from demo.academy.world import World


@dataclass(slots=True)
class Portrait:
    """Lists of keys; a pair or a group of people is a list of its own."""

    twins: list[list[str]] = field(default_factory=list)
    homonyms: list[list[str]] = field(default_factory=list)
    without_ine: list[str] = field(default_factory=list)
    siblings: list[list[str]] = field(default_factory=list)
    compound_names: list[str] = field(default_factory=list)
    accented_names: list[str] = field(default_factory=list)
    names_of_use: list[str] = field(default_factory=list)
    in_ulis: list[str] = field(default_factory=list)
    relatives_in_two_schools: list[str] = field(default_factory=list)
    separated: list[list[str]] = field(default_factory=list)
    single: list[str] = field(default_factory=list)
    without_parental_authority: list[str] = field(default_factory=list)
    staff_in_two_schools: list[str] = field(default_factory=list)
    staff_who_are_relatives: list[list[str]] = field(default_factory=list)
    """Pairs: key of the member of staff, key of the relative."""
    half_level_classes: list[str] = field(default_factory=list)
    """Classes that hold a part only of one level of their school."""
    mixed_classes: list[str] = field(default_factory=list)
    """Classes of several levels."""


def portrait(world: World) -> Portrait:
    seen = Portrait()
    _see_pupils(world, seen)
    _see_families(world, seen)
    _see_staff(world, seen)
    _see_classes(world, seen)
    return seen


def _see_pupils(world: World, seen: Portrait) -> None:
    same_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for pupil in world.pupils.values():
        same_name[pupil.last_name, pupil.first_name].append(pupil.key)
        if not pupil.ine:
            seen.without_ine.append(pupil.key)
        if any(mark in pupil.last_name + pupil.first_name for mark in "- '"):
            seen.compound_names.append(pupil.key)
        if not (pupil.last_name + pupil.first_name).isascii():
            seen.accented_names.append(pupil.key)
        if pupil.last_name != pupil.birth_name:
            seen.names_of_use.append(pupil.key)
        if pupil.school_class is not None and pupil.school_class.ulis:
            seen.in_ulis.append(pupil.key)
    seen.homonyms = [keys for keys in same_name.values() if len(keys) > 1]


def _see_families(world: World, seen: Portrait) -> None:
    for family in world.families.values():
        children = [world.pupils[number] for number in family.pupils]
        adults = [relative.key for relative in family.relatives]
        if len(children) > 1:
            seen.siblings.append([child.key for child in children])
            seen.twins += _twins(children)
        if len({child.school for child in children}) > 1:
            seen.relatives_in_two_schools += adults
        if family.apart:
            seen.separated.append([relative.key for relative in family.relatives if relative.legal])
        if len(adults) == 1:
            seen.single += adults
        seen.without_parental_authority += [r.key for r in family.relatives if not r.legal]


def _twins(children: list[Pupil]) -> list[list[str]]:
    by_birth: dict[int, list[str]] = defaultdict(list)
    for child in children:
        by_birth[child.born].append(child.key)
    return [keys for keys in by_birth.values() if len(keys) > 1]


def _see_staff(world: World, seen: Portrait) -> None:
    relatives = {relative.key for family in world.families.values() for relative in family.relatives}
    for staff in world.staff.values():
        if len(staff.posts) > 1:
            seen.staff_in_two_schools.append(staff.key)
        if staff.relative in relatives:
            seen.staff_who_are_relatives.append([staff.key, staff.relative])


def _see_classes(world: World, seen: Portrait) -> None:
    there = world.by_place()
    for school in world.schools:
        for school_class in school.classes:
            if len(school_class.levels) < 2 or school_class.ulis:
                continue
            seen.mixed_classes.append(school_class.key)
            held: dict[Level, int] = defaultdict(int)
            for pupil in school_class.pupils:
                held[pupil.level] += 1
            ulis = sum(len(c.pupils) for c in school.classes if c.ulis)
            if any(count + ulis < there[school.index, level] for level, count in held.items()):
                seen.half_level_classes.append(school_class.key)
