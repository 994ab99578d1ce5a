"""Who may find whom."""

import pytest

from accounts.enums import Profile
from accounts.models import User
from directory.querysets import people_visible_to
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    BlockFactory,
    GuardianshipFactory,
    TieRestrictionFactory,
)
from tests.directory.worlds import class_world, pupil_in, relative_of, school_world, teacher_at
from tests.schools.factories import DistrictFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def seen_by(person: User) -> set[User]:
    return set(people_visible_to(person))


def test_a_teacher_finds_everybody_of_their_school_families_included() -> None:
    world = school_world(classes=2)
    first, second = world.classes
    expected = {world.director, first.teacher, second.teacher, *first.pupils, *first.relatives}
    assert seen_by(first.teacher) == expected | {*second.pupils, *second.relatives}


def test_a_teacher_finds_the_staff_of_their_district_but_not_its_families() -> None:
    district = DistrictFactory()
    here = school_world(district=district, academy=district.academy)
    there = school_world(district=district, academy=district.academy)
    seen = seen_by(here.classes[0].teacher)
    assert {there.director, there.classes[0].teacher} <= seen
    assert not seen & {*there.classes[0].pupils, *there.classes[0].relatives}


def test_schools_without_a_district_are_not_one_district() -> None:
    here, there = school_world(), school_world()
    assert there.classes[0].teacher not in seen_by(here.classes[0].teacher)


def test_a_relative_finds_children_their_teachers_and_the_direction() -> None:
    world = school_world(classes=2)
    first, second = world.classes
    me = relative_of(first.pupils[0])
    assert seen_by(me) == {me, first.pupils[0], first.teacher, world.director}
    assert second.teacher not in seen_by(me)


def test_a_relative_finds_all_their_children_in_all_schools() -> None:
    here, there = school_world(), school_world()
    me = relative_of(here.classes[0].pupils[0], there.classes[0].pupils[0])
    assert {here.classes[0].pupils[0], there.classes[0].pupils[0]} <= seen_by(me)
    assert {here.director, there.director} <= seen_by(me)


def test_relatives_of_a_class_find_one_another_only_if_the_school_says_so() -> None:
    world = school_world()
    mine, other = world.classes[0].relatives
    assert other not in seen_by(mine)
    world.school.relatives_reach_relatives = True
    world.school.save()
    assert other in seen_by(mine)


def test_relatives_who_share_a_child_do_not_find_one_another_even_then() -> None:
    world = school_world(relatives_reach_relatives=True)
    child = world.classes[0].pupils[0]
    mother, father = relative_of(child), relative_of(child)
    assert father not in seen_by(mother)
    assert world.classes[0].relatives[1] in seen_by(mother)


def test_a_pupil_finds_relatives_teachers_and_classmates_alone() -> None:
    world = school_world(classes=2)
    mine, _other = world.classes
    me = mine.pupils[0]
    assert seen_by(me) == {me, mine.pupils[1], mine.teacher, mine.relatives[0]}


def test_a_guest_finds_the_direction() -> None:
    world = school_world()
    guest = PersonFactory(guest=True)
    AttachmentFactory(person=guest, school=world.school)
    assert seen_by(guest) == {guest, world.director}


def test_directors_and_eruns_find_one_another_across_districts() -> None:
    here = school_world()
    there = school_world(academy=here.school.academy)
    elsewhere = school_world()
    erun = PersonFactory(staff=True)
    AdministratorFactory(person=erun, of_district=True, district=DistrictFactory(academy=here.school.academy))
    assert {there.director, erun} <= seen_by(here.director)
    assert {here.director, there.director} <= seen_by(erun)
    assert elsewhere.director not in seen_by(here.director) | seen_by(erun)


def test_an_administrator_finds_the_staff_of_the_scope_not_its_families() -> None:
    world = school_world(in_district=True)
    admin = PersonFactory(staff=True)
    AdministratorFactory(person=admin, of_district=True, district=world.school.district)
    assert seen_by(admin) == {admin, world.director, world.classes[0].teacher}


def test_nobody_finds_the_pre_deleted_nor_anybody_through_them() -> None:
    world = school_world()
    gone, relative = world.classes[0].pupils[0], world.classes[0].relatives[0]
    User.objects.filter(pk=gone.pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    seen = seen_by(world.director)
    assert gone not in seen
    assert relative not in seen
    assert seen_by(relative) == {relative}


def test_the_absent_stay_within_reach_through_the_grace() -> None:
    world = school_world()
    absent = pupil_in(world.classes[0].school_class, absent=True)
    assert absent in seen_by(world.director)


def test_a_tie_ended_by_the_direction_reaches_nothing() -> None:
    world = school_world()
    me, child = world.classes[0].relatives[0], world.classes[0].pupils[0]
    TieRestrictionFactory(relative=me, pupil=child, over=True)
    assert seen_by(me) == {me}
    assert me not in seen_by(child)
    assert me not in seen_by(world.director)


def test_a_limited_tie_reaches_the_direction_alone() -> None:
    world = school_world()
    me, child = world.classes[0].relatives[0], world.classes[0].pupils[0]
    TieRestrictionFactory(relative=me, pupil=child)
    assert seen_by(me) == {me, world.director}
    assert me in seen_by(world.director)


def test_a_lifted_decision_changes_nothing() -> None:
    world = school_world()
    me, child = world.classes[0].relatives[0], world.classes[0].pupils[0]
    TieRestrictionFactory(relative=me, pupil=child, over=True, lifted=True)
    assert child in seen_by(me)


def test_who_left_a_school_finds_nobody_of_it() -> None:
    school = SchoolFactory()
    world = class_world(school)
    former = PersonFactory(teacher=True)
    AttachmentFactory(person=former, school=school, ended=True)
    assert seen_by(former) == {former}
    assert former not in seen_by(world.teacher)


def test_a_blocked_profile_is_out_of_the_school_that_blocks_it_and_in_the_other() -> None:
    here, there = school_world(), school_world()
    me = relative_of(here.classes[0].pupils[0], there.classes[0].pupils[0])
    BlockFactory(of_profile=True, school=here.school, profile=Profile.RELATIVE)
    seen = seen_by(me)
    assert here.director not in seen
    assert here.classes[0].teacher not in seen
    assert {here.classes[0].pupils[0], there.director, there.classes[0].teacher} <= seen


def test_a_block_lifted_or_over_closes_nothing() -> None:
    world = school_world()
    me = world.classes[0].relatives[0]
    for state in ({"lifted": True}, {"over": True}):
        BlockFactory(of_profile=True, school=world.school, profile=Profile.RELATIVE, **state)
    assert world.director in seen_by(me)


def test_a_block_of_teachers_never_covers_the_schools_administrators() -> None:
    world = school_world()
    BlockFactory(of_profile=True, school=world.school, profile=Profile.TEACHER)
    assert world.classes[0].teacher in seen_by(world.director)
    assert seen_by(world.classes[0].teacher) == {world.classes[0].teacher}


def test_a_tie_that_a_feed_ended_reaches_nothing() -> None:
    world = school_world()
    former = PersonFactory(relative=True)
    GuardianshipFactory(relative=former, pupil=world.classes[0].pupils[0], ended=True)
    assert seen_by(former) == {former}


def test_a_teacher_in_two_schools_finds_both() -> None:
    here, there = school_world(), school_world()
    me = teacher_at(here.school)
    AttachmentFactory(person=me, school=there.school)
    assert {*here.classes[0].pupils, *there.classes[0].pupils} <= seen_by(me)
