"""From one year to the next: who goes up, who leaves, and what stays theirs."""

from copy import deepcopy

import pytest

from demo.academy import world_of
from demo.academy.differences import Differences, differences
from demo.academy.levels import Level, SchoolKind
from demo.academy.model import Function
from demo.academy.snapshot import Snapshot
from demo.academy.world import World
from tests.demo.factories import recipe


@pytest.fixture(scope="module")
def years() -> tuple[World, World]:
    """An academy of thirty schools, and itself a year later."""
    before = world_of(recipe(seed=3, schools=30, pupils=3000))
    after = deepcopy(before)
    after.next_year()
    return before, after


@pytest.fixture(scope="module")
def found(years) -> Differences:
    return differences(Snapshot.of(years[0]), Snapshot.of(years[1]))


def test_a_pupil_keeps_their_key_their_birth_date_and_their_ine(years):
    before, after = years
    kept = before.pupils.keys() & after.pupils.keys()
    assert len(kept) > 2000
    for number in kept:
        was, now = before.pupils[number], after.pupils[number]
        assert (was.key, was.born, was.first_name) == (now.key, now.born, now.first_name)
        assert now.ine == was.ine or not was.ine


def test_everybody_goes_up_a_level_but_the_few_who_repeat(years, found):
    before, after = years
    for number in before.pupils.keys() & after.pupils.keys():
        was, now = before.pupils[number], after.pupils[number]
        assert now.level in (was.level, was.level.next)
    assert 0 < len(found.pupils.repeated) < len(found.pupils.promoted) / 50


def test_cm2_leave_with_their_families_last_child(years, found):
    before, after = years
    cm2 = {pupil.key for pupil in before.pupils.values() if pupil.level is Level.CM2}
    assert cm2
    assert set(found.pupils.left_after_cm2) == cm2
    assert cm2 <= set(found.pupils.absent)
    for number, family in before.families.items():
        if not any(child in after.pupils for child in family.pupils):
            assert number not in after.families
            assert {relative.key for relative in family.relatives} <= set(found.relatives.absent)


def test_from_the_nursery_a_pupil_goes_to_the_elementary_school_of_the_neighbourhood(years):
    before, after = years
    crossings = 0
    for number in before.pupils.keys() & after.pupils.keys():
        was, now = before.pupils[number], after.pupils[number]
        school, new = before.schools[was.school], after.schools[now.school]
        if school.kind is not SchoolKind.NURSERY or now.level is not Level.CP:
            continue
        assert new.kind is not SchoolKind.NURSERY
        moved_house = after.families[now.family].moves > before.families[was.family].moves
        if not moved_house:
            assert new.sector == school.sector
            assert new.kind is SchoolKind.ELEMENTARY
        crossings += 1
    assert crossings > 50


def test_the_keys_of_classes_are_all_new(years, found):
    before, after = (Snapshot.of(world) for world in years)
    assert before.classes.keys().isdisjoint(after.classes)
    assert found.classes_created == sorted(after.classes)
    assert found.classes_ended == sorted(before.classes)


def test_each_kind_of_difference_happens(found):
    for keys in (
        found.pupils.created,
        found.pupils.moved,
        found.pupils.details_changed,
        found.pupils.got_ine,
        found.relatives.created,
        found.relatives.moved,
        found.relatives.details_changed,
        found.relatives.children_changed,
        found.staff.created,
        found.staff.absent,
        found.staff.moved,
        found.staff.became_head,
        found.ties.created,
        found.ties.gone,
        found.ties.ended,
        found.ties.changed,
    ):
        assert keys


def test_differences_add_up(years, found):
    before, after = (Snapshot.of(world) for world in years)
    for kind in ("pupils", "relatives", "staff"):
        part = getattr(found, kind)
        was, now = getattr(before, kind), getattr(after, kind)
        assert len(was) == len(part.absent) + len(part.moved) + part.stayed
        assert len(now) == len(part.created) + len(part.moved) + part.stayed
    assert (
        len(found.pupils.promoted) + len(found.pupils.repeated)
        == len(found.pupils.moved) + found.pupils.stayed
    )
    ties = found.ties
    assert len(before.ties) == len(ties.gone) + len(ties.ended) + len(ties.changed) + ties.stayed
    assert len(after.ties) == len(ties.created) + len(ties.changed) + ties.stayed


def test_nobody_differs_from_oneself(years):
    same = differences(Snapshot.of(years[0]), Snapshot.of(years[0]))
    for part in (same.pupils, same.relatives, same.staff):
        assert part.created == part.absent == part.moved == part.details_changed == []
    assert same.ties.created == same.ties.gone == same.ties.changed == []


def test_years_on_an_academy_still_stands():
    world = world_of(recipe())
    for _ in range(8):
        world.next_year()
        assert 300 < len(world.pupils) < 550
        for school in world.schools:
            assert school.classes
            heads = [s for s in world.staff.values() if s.posts.get(school.index) is Function.HEAD]
            assert len(heads) == 1
            assert all(c.teachers for c in school.classes)
        for family in world.families.values():
            assert family.pupils
        for pupil in world.pupils.values():
            assert pupil.number in world.families[pupil.family].pupils
            assert pupil.level in world.schools[pupil.school].size
