"""Who may write to which group: the rule, its queryset, and what each profile gets."""

import random
from itertools import product

import pytest

from accounts.models import User
from directory.enums import GroupKind
from directory.models import Group, Membership
from directory.querysets import groups_addressable_by, place_of_group, standpoint_of
from directory.querysets.addressable import addressable_among
from directory.rules import may_address
from directory.services.opening import open_groups
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    BlockFactory,
    GroupFactory,
    MembershipFactory,
    SchoolClassFactory,
)
from tests.directory.test_reach_twins import random_world
from tests.directory.worlds import SchoolWorld, relative_of, school_world
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def labels_of(person: User) -> set[str]:
    return {group.label for group in groups_addressable_by(person).select_related("school", "school_class")}


def class_group(world: SchoolWorld, profile: str, number: int = 0) -> Group:
    return Group.objects.get(school_class=world.classes[number].school_class, profile=profile)


@pytest.mark.parametrize("seed", range(16))
def test_the_rule_and_its_queryset_agree_on_every_group(seed: int) -> None:
    dice = random.Random(seed)
    people = random_world(dice)
    for school in School.objects.all():
        SchoolClassFactory(school=school, last_year=True)
        for opened in (False, True):
            manual = GroupFactory(school=school, open_to_members=opened)
            for person in dice.sample(people, 8):
                MembershipFactory(group=manual, person=person)
    open_groups()
    groups = list(Group.objects.select_related("school", "school_class"))
    member_of = set(Membership.objects.values_list("person_id", "group_id"))
    kinds = set()
    for person in people:
        me = standpoint_of(person)
        by_rule = {
            group
            for group in groups
            if may_address(me, place_of_group(group), in_it=(person.pk, group.pk) in member_of)
        }
        assert set(addressable_among(me, groups)) == {group.pk for group in by_rule}
        by_queryset = set(groups_addressable_by(person))
        assert by_rule == by_queryset, (seed, person, person.profile, by_rule ^ by_queryset)
        kinds |= {group.kind for group in by_rule}
    assert kinds == set(GroupKind)


def test_a_team_writes_to_every_group_of_its_school_and_to_the_teams_of_the_district() -> None:
    here = school_world(in_district=True)
    near = school_world(academy=here.school.academy, district=here.school.district)
    far = school_world()
    manual = GroupFactory(school=here.school)
    GroupFactory(school=near.school)
    teacher = here.classes[0].teacher
    found = set(groups_addressable_by(teacher))
    assert {manual, *here.school.group_set.all()} <= found
    assert {(g.kind, g.profile) for g in found if g.school_id == near.school.pk} == {
        (GroupKind.SCHOOL, "TEACHER"),
        (GroupKind.SCHOOL, "STAFF"),
        (GroupKind.DIRECTION, None),
    }
    assert not any(g.school_id == far.school.pk for g in found)


def test_a_class_of_a_past_year_is_written_to_by_nobody() -> None:
    world = school_world()
    past = SchoolClassFactory(school=world.school, last_year=True)
    open_groups()
    for person in (world.director, world.classes[0].teacher):
        assert not groups_addressable_by(person).filter(school_class=past).exists()


@pytest.mark.parametrize("talking", [False, True])
def test_families_write_to_their_childrens_teachers_the_direction_and_parents_if_the_school_says_so(
    talking: bool,
) -> None:
    world = school_world(classes=2, relatives_reach_relatives=talking)
    direction = world.school.group_set.get(kind=GroupKind.DIRECTION)
    expected = {class_group(world, "TEACHER"), direction}
    if talking:
        expected.add(class_group(world, "RELATIVE"))
    assert set(groups_addressable_by(world.classes[0].relatives[0])) == expected


def test_pupils_write_to_the_teachers_and_pupils_of_their_class() -> None:
    world = school_world(classes=2)
    assert set(groups_addressable_by(world.classes[0].pupils[0])) == {
        class_group(world, "TEACHER"),
        class_group(world, "PUPIL"),
    }


def test_guests_write_to_the_direction() -> None:
    world = school_world()
    guest = PersonFactory(guest=True)
    AttachmentFactory(person=guest, school=world.school)
    assert [g.kind for g in groups_addressable_by(guest)] == [GroupKind.DIRECTION]


def test_an_administrator_writes_to_the_teams_of_the_scope_alone() -> None:
    world = school_world(in_district=True)
    GroupFactory(school=world.school)
    erun = AdministratorFactory(of_district=True, district=world.school.district).person
    assert {(g.kind, g.profile) for g in groups_addressable_by(erun)} == {
        (GroupKind.CLASS, "TEACHER"),
        (GroupKind.SCHOOL, "TEACHER"),
        (GroupKind.SCHOOL, "STAFF"),
        (GroupKind.DIRECTION, None),
    }


def test_directors_write_to_the_directions_of_their_academy() -> None:
    here = school_world()
    other = SchoolFactory(academy=here.school.academy)
    open_groups()
    assert groups_addressable_by(here.director).filter(school=other).get().kind == GroupKind.DIRECTION
    assert not groups_addressable_by(here.classes[0].teacher).filter(school=other).exists()


@pytest.mark.parametrize(("opened", "in_it"), list(product([False, True], repeat=2)))
def test_families_and_pupils_write_to_a_manual_group_that_they_are_in_and_that_the_school_opens(
    opened: bool, in_it: bool
) -> None:
    world = school_world()
    ape = GroupFactory(school=world.school, name="APE", open_to_members=opened)
    here = world.classes[0]
    for person in (here.relatives[0], here.pupils[0]):
        if in_it:
            MembershipFactory(group=ape, person=person)
        assert ("APE" in labels_of(person)) == (opened and in_it)


def test_a_school_closed_to_someone_has_no_group_for_them() -> None:
    world, other = school_world(), school_world()
    ape = GroupFactory(school=world.school, name="APE", open_to_members=True)
    relative = relative_of(world.classes[0].pupils[0], other.classes[0].pupils[0])
    MembershipFactory(group=ape, person=relative)
    assert "APE" in labels_of(relative)
    BlockFactory(of_profile=True, school=world.school, profile="RELATIVE")
    assert {g.school for g in groups_addressable_by(relative).select_related("school")} == {other.school}


def test_groups_cost_two_queries_whatever_their_number(django_assert_num_queries) -> None:
    world = school_world()
    for number in (1, 200):
        GroupFactory.create_batch(number, school=world.school)
        with django_assert_num_queries(2):
            assert len(groups_addressable_by(world.director)) > number
