"""What `make demo` promises to show, this year and the next ones."""

from datetime import date

import pytest

from demo.academy import demo_world, demo_year
from demo.academy.differences import differences
from demo.academy.levels import LEVEL_2, Level, SchoolKind
from demo.academy.model import Function
from demo.academy.portrait import portrait
from demo.academy.snapshot import Snapshot
from demo.academy.world import World
from schools.rules import uai_letter
from tests.demo.factories import YEAR

YEARS = (2026, 2027, 2028)


@pytest.fixture(scope="module", params=YEARS)
def any_year(request) -> World:
    return demo_world(year=request.param)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 25), 2026),
        (date(2026, 9, 15), 2026),
        (date(2026, 9, 14), 2025),
        (date(2027, 7, 1), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_it_shows_the_running_year_once_its_families_are_fed(today, year):
    assert demo_year(today) == year


def test_three_schools_in_two_districts_of_one_academy():
    world = demo_world(year=YEAR)
    kinds = [school.kind for school in world.schools]
    assert kinds[:2] == [SchoolKind.NURSERY, SchoolKind.ELEMENTARY]
    assert kinds[2:] == [SchoolKind.PRIMARY] or tuple(world.schools[2].size) == LEVEL_2
    assert len(world.districts) == 2
    assert all(school.uai[7] == uai_letter(school.uai[:7]) for school in world.schools)


def test_each_school_has_pupils_enough_to_show_and_few_enough_to_start_fast(any_year):
    for school in any_year.schools:
        assert 60 <= sum(len(school_class.pupils) for school_class in school.classes) <= 110
        assert len(school.classes) >= 3


def test_each_school_has_its_director_and_one_teacher_works_in_two(any_year):
    heads = [any_year.staff[school.head] for school in any_year.schools]
    assert len({head.number for head in heads}) == 3
    shared = [staff for staff in any_year.staff.values() if len(staff.posts) == 2]
    assert shared
    for staff in shared:
        assert set(staff.posts.values()) == {Function.TEACHER}
        assert {c.school for s in any_year.schools for c in s.classes if staff.number in c.teachers} == set(
            staff.posts
        )


def test_families_of_every_kind_are_there(any_year):
    seen = portrait(any_year)
    assert seen.relatives_in_two_schools
    assert seen.twins
    assert seen.homonyms
    assert seen.separated
    assert seen.compound_names
    assert seen.accented_names
    assert seen.staff_who_are_relatives
    assert len(seen.without_ine) == 1


def test_there_is_a_ulis_and_classes_of_half_levels(any_year):
    seen = portrait(any_year)
    assert seen.in_ulis
    assert seen.half_level_classes


def test_the_next_year_shows_everything_a_rollover_does():
    world = demo_world(year=YEAR)
    before = Snapshot.of(world)
    pupils = {pupil.key: (pupil.level, pupil.school) for pupil in world.pupils.values()}
    world.next_year()
    found = differences(before, Snapshot.of(world))
    assert found.pupils.created
    assert found.pupils.left_after_cm2
    assert found.pupils.repeated
    assert found.pupils.got_ine
    assert found.pupils.details_changed
    assert found.relatives.details_changed
    assert found.staff.created
    assert found.staff.absent
    assert found.staff.moved
    crossing = [p for p in world.pupils.values() if pupils.get(p.key) == (Level.GS, 0) and p.school == 1]
    assert len(crossing) > 10
    for school in world.schools:
        assert 60 <= sum(len(c.pupils) for c in school.classes) <= 110


def test_a_year_later_is_the_same_academy_moved_on():
    one, other = demo_world(1, year=YEAR), demo_world(year=YEAR)
    other.next_year()
    assert Snapshot.of(one) == Snapshot.of(other)
