"""What a synthetic academy holds, whatever its size."""

from collections import Counter

import pytest

from demo.academy import Recipe, world_of
from demo.academy.levels import LEVEL_2, Level, SchoolKind
from demo.academy.model import Function
from demo.academy.places import town_name, uai
from demo.academy.portrait import portrait
from demo.academy.world import World
from schools.rules import uai_letter
from tests.demo.factories import YEAR, recipe


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(recipe())


def test_every_kind_of_school_is_there(world):
    assert {school.kind for school in world.schools} == set(SchoolKind)
    assert any(tuple(school.size) == LEVEL_2 for school in world.schools)


@pytest.mark.parametrize("schools", [1, 2, 3, 4, 7, 31])
def test_an_academy_has_the_schools_and_pupils_asked_for(schools):
    made = world_of(Recipe(seed=3, schools=schools, year=YEAR, pupils=1000))
    assert len(made.schools) == schools
    assert len(made.pupils) == 1000


def test_each_neighbourhood_teaches_every_level(world):
    for sector in world.sectors:
        levels = [level for school in sector.schools for level in school.size]
        assert set(Level) - {Level.TPS} <= set(levels)


def test_another_seed_makes_another_academy():
    one, other = (world_of(recipe(seed=seed)) for seed in (7, 8))
    assert {school.uai for school in one.schools}.isdisjoint(school.uai for school in other.schools)
    inside = {pupil.ine for pupil in one.pupils.values()} & {pupil.ine for pupil in other.pupils.values()}
    assert inside <= {""}


def test_keys_and_codes_are_nobody_elses(world):
    for keys in (
        [school.key for school in world.schools],
        [school.uai for school in world.schools],
        [pupil.key for pupil in world.pupils.values()],
        [pupil.ine for pupil in world.pupils.values() if pupil.ine],
        [relative.key for family in world.families.values() for relative in family.relatives],
        [staff.key for staff in world.staff.values()],
        [school_class.key for school in world.schools for school_class in school.classes],
    ):
        assert len(keys) == len(set(keys)) > 0


def test_the_letter_of_a_uai_is_that_of_its_digits():
    # The rule of the national code, on schools of the formats' reference.
    assert uai_letter("0622105") == "B"
    assert uai_letter("0622106") == "C"
    assert uai(7, 0)[7] == uai_letter(uai(7, 0)[:7])
    assert len({uai(7, index) for index in range(20_000)}) == 20_000


def test_no_two_neighbourhoods_share_a_town():
    assert len({town_name(index) for index in range(4000)}) == 4000


def test_each_pupil_is_in_one_class_of_their_school_and_level(world):
    for school in world.schools:
        for school_class in school.classes:
            assert school_class.pupils
            assert {pupil.level for pupil in school_class.pupils} == set(school_class.levels)
            assert {pupil.school for pupil in school_class.pupils} == {school.index}
    placed = Counter(p.number for school in world.schools for c in school.classes for p in c.pupils)
    assert placed == Counter(world.pupils.keys())


def test_labels_tell_the_classes_of_a_school_apart(world):
    for school in world.schools:
        labels = [school_class.label for school_class in school.classes]
        assert all(labels)
        assert len(labels) == len(set(labels))


def test_every_school_has_one_head_and_every_class_a_teacher(world):
    for school in world.schools:
        heads = [s for s in world.staff.values() if s.posts.get(school.index) is Function.HEAD]
        assert [head.number for head in heads] == [school.head]
        for school_class in school.classes:
            assert school_class.teachers
            for number in school_class.teachers:
                assert world.staff[number].posts[school.index].teaches


def test_each_case_of_the_field_is_there(world):
    seen = portrait(world)
    for case in (
        seen.twins,
        seen.homonyms,
        seen.without_ine,
        seen.siblings,
        seen.compound_names,
        seen.accented_names,
        seen.names_of_use,
        seen.in_ulis,
        seen.relatives_in_two_schools,
        seen.separated,
        seen.single,
        seen.without_parental_authority,
        seen.staff_in_two_schools,
        seen.staff_who_are_relatives,
        seen.half_level_classes,
        seen.mixed_classes,
    ):
        assert case


def test_twins_are_born_the_same_day_and_bear_their_own_names(world):
    by_key = {pupil.key: pupil for pupil in world.pupils.values()}
    for keys in portrait(world).twins:
        twins = [by_key[key] for key in keys]
        assert len({twin.family for twin in twins}) == 1
        assert len({twin.born for twin in twins}) == 1
        assert len({twin.first_name for twin in twins}) == len(twins)


def test_some_homonyms_are_of_two_families_and_of_two_birth_dates(world):
    by_key = {pupil.key: pupil for pupil in world.pupils.values()}
    strangers = [
        [by_key[key] for key in keys]
        for keys in portrait(world).homonyms
        if len({by_key[key].family for key in keys}) > 1
    ]
    assert strangers
    assert all(len({pupil.born for pupil in pupils}) > 1 for pupils in strangers)


def test_there_are_two_districts_at_least(world):
    assert len(world.districts) >= 2
    assert all(district.name.startswith("Circonscription de ") for district in world.districts)


def test_what_cannot_be_made_is_refused():
    with pytest.raises(ValueError, match="one school"):
        Recipe(seed=1, schools=0, year=YEAR)
    with pytest.raises(ValueError, match="pupils"):
        Recipe(seed=1, schools=1, year=YEAR, pupils=0)
