"""Who works where: a head and an aide in each school, a teacher for each class, one shared by two schools."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from demo.academy.dice import Dice
from demo.academy.model import Function, School, Staff
from demo.academy.recipe import FIRST_LIMIT, TEACHER_WHO_IS_A_PARENT, falls_on
from demo.academy.words import adult_name, surname

if TYPE_CHECKING:
    from demo.academy.world import World

LEAVES = 0.03
ASKS_TO_MOVE = 0.08
NEW_NAME = 0.01
HEAD_TEACHES_BELOW = 9
"""A head of fewer classes than this has one too, and a colleague there some days."""
TWO_AIDES_FROM = 6

type Movers = list[tuple[Staff, int]]
"""Who looks for a post, with the school that they leave."""


def staff_schools(world: World) -> None:
    """Fills the posts of the year: those who stay, those who moved, then newcomers."""
    movers = _departures(world) if world.elapsed else []
    _share_teachers(world)
    by_school = _by_school(world, {staff.number for staff, _ in movers})
    for school in world.schools:
        _promote_a_head(school, by_school[school.index])
    vacancies: list[tuple[School, Function]] = []
    for school in world.schools:
        vacancies += _vacancies(school, by_school[school.index], movers)
    _hire(world, vacancies, movers)
    _give_classes(world)


def _departures(world: World) -> Movers:
    """Takes out those who leave the academy; the others who want another school are returned."""
    movers: Movers = []
    for staff in list(world.staff.values()):
        dice = Dice(world.recipe.seed, "career", staff.number, world.elapsed)
        if dice.chance(LEAVES):
            del world.staff[staff.number]
        elif len(staff.posts) == 1 and len(world.schools) > 1 and dice.chance(ASKS_TO_MOVE):
            movers.append((staff, next(iter(staff.posts))))
        if dice.chance(NEW_NAME) and staff.woman:
            staff.last_name = surname(dice, composed=world.recipe.composed_names)
    return movers


def _share_teachers(world: World) -> None:
    """Each pair of schools shares a teacher, who takes the heads' classes when they direct."""
    if len(world.schools) == 1:
        return
    shared = {tuple(sorted(staff.posts)) for staff in world.staff.values() if len(staff.posts) == 2}
    for first in range(0, len(world.schools), 2):
        second = first + 1 if first + 1 < len(world.schools) else 0
        if tuple(sorted((first, second))) not in shared:
            _newcomer(world, {first: Function.TEACHER, second: Function.TEACHER})


def _by_school(world: World, leaving: set[int]) -> dict[int, list[Staff]]:
    """Those whose only school is this one and who stay, oldest number first."""
    by_school: dict[int, list[Staff]] = {school.index: [] for school in world.schools}
    for staff in world.staff.values():
        if len(staff.posts) == 1 and staff.number not in leaving:
            by_school[next(iter(staff.posts))].append(staff)
    return by_school


def _promote_a_head(school: School, staying: list[Staff]) -> None:
    """A school whose head has left is directed by its longest-serving teacher."""
    if any(staff.posts[school.index] is Function.HEAD for staff in staying):
        return
    teacher = next((s for s in staying if s.posts[school.index] is Function.TEACHER), None)
    if teacher:
        teacher.posts = {school.index: Function.HEAD}


def _needs(school: School) -> dict[Function, int]:
    classes = len(school.classes)
    head_teaches = 0 < classes < HEAD_TEACHES_BELOW
    return {
        Function.HEAD: 1,
        Function.TEACHER: classes - head_teaches,
        Function.AIDE: 1 + (classes >= TWO_AIDES_FROM),
    }


def _vacancies(school: School, staying: list[Staff], movers: Movers) -> list[tuple[School, Function]]:
    """The posts of this school that nobody holds; who has none any more joins the movers."""
    vacant: list[tuple[School, Function]] = []
    for function, needed in _needs(school).items():
        holders = [staff for staff in staying if staff.posts[school.index] is function]
        movers += [(staff, school.index) for staff in holders[needed:]]
        vacant += [(school, function)] * (needed - len(holders))
    return vacant


def _hire(world: World, vacancies: list[tuple[School, Function]], movers: Movers) -> None:
    """Each vacancy goes to the first mover from another school, else to a newcomer.

    Who finds none stays; a head who asked to leave has been replaced, and teaches.
    """
    waiting: dict[bool, Movers] = {True: [], False: []}
    for staff, origin in movers:
        waiting[staff.teaches].append((staff, origin))
    for school, function in vacancies:
        queue = waiting[function.teaches]
        place = next((n for n, (_, origin) in enumerate(queue[:20]) if origin != school.index), None)
        if place is None:
            _newcomer(world, {school.index: function})
            continue
        staff, _ = queue.pop(place)
        staff.posts = {school.index: function}
    for staff, origin in waiting[True]:
        staff.posts = {origin: Function.TEACHER}


def _newcomer(world: World, posts: dict[int, Function]) -> Staff:
    number = world.next_staff
    world.next_staff += 1
    if number > FIRST_LIMIT:
        raise ValueError("too many staff for the range of their keys")
    dice = Dice(world.recipe.seed, "staff", number)
    woman = dice.chance(0.83)
    last_name = surname(dice, composed=world.recipe.composed_names)
    staff = Staff(
        number=number,
        woman=woman,
        first_name=adult_name(dice, woman=woman),
        last_name=last_name,
        birth_name=surname(dice, composed=world.recipe.composed_names)
        if woman and dice.chance(0.3)
        else last_name,
        born=date(world.recipe.year - 62 + dice.below(38), 1, 1).toordinal() + dice.below(365),
        posts=posts,
    )
    if falls_on(number, TEACHER_WHO_IS_A_PARENT):
        _is_a_parent(world, staff, dice)
    world.staff[number] = staff
    return staff


def _is_a_parent(world: World, staff: Staff, dice: Dice) -> None:
    """The same person as a pupil's mother: two records, of two kinds, that nothing joins."""
    for _ in range(20):
        family = world.families.get(dice.between(1, world.next_family - 1))
        if family is None:
            continue
        mother = family.relatives[0]
        staff.woman, staff.first_name, staff.last_name = mother.woman, mother.first_name, mother.last_name
        staff.birth_name, staff.born, staff.relative = mother.birth_name, mother.born, mother.key
        return


def _give_classes(world: World) -> None:
    """Each class has its teacher; the head's has the shared one too, others in number help there."""
    staff_of: dict[int, list[Staff]] = {school.index: [] for school in world.schools}
    for staff in world.staff.values():
        for index in staff.posts:
            staff_of[index].append(staff)
    for school in world.schools:
        teaching = [s for s in staff_of[school.index] if s.posts[school.index] is Function.TEACHER]
        head = next(s for s in staff_of[school.index] if s.posts[school.index] is Function.HEAD)
        school.head = head.number
        shared = [staff.number for staff in teaching if len(staff.posts) > 1]
        own = [staff.number for staff in teaching if len(staff.posts) == 1]
        turn = world.elapsed % max(1, len(own))
        own = own[turn:] + own[:turn]
        classes = list(school.classes)
        if 0 < len(classes) < HEAD_TEACHES_BELOW:
            classes.pop(0).teachers = (head.number, *shared)
            shared = []
        for rank, school_class in enumerate(classes):
            school_class.teachers = tuple(own[rank : rank + 1])
        if classes:
            classes[-1].teachers += (*own[len(classes) :], *shared)
