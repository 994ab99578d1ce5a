"""Members of a manual group who left its school."""

from typing import Any

import pytest

from accounts.models import User
from directory.models import Attachment, Group
from directory.querysets import members_of, members_who_left
from directory.services import groups
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    ENDED,
    AttachmentFactory,
    GroupFactory,
    GuardianshipFactory,
    MembershipFactory,
    TieRestrictionFactory,
)
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


def group_with(world: SchoolWorld, *people: User) -> Group:
    group = GroupFactory(school=world.school)
    for person in people:
        MembershipFactory(group=group, person=person)
    return group


def test_a_pupil_who_left_is_marked_with_the_relative_who_has_no_other_child_there(
    world: SchoolWorld,
) -> None:
    here = world.classes[0]
    group = group_with(world, world.director, *here.pupils, *here.relatives)
    assert not members_who_left(group).exists()
    Attachment.objects.filter(person=here.pupils[0]).update(ended_on=ENDED)
    assert set(members_who_left(group)) == {here.pupils[0], here.relatives[0]}
    GuardianshipFactory(relative=here.relatives[0], pupil=here.pupils[1])
    assert set(members_who_left(group)) == {here.pupils[0]}


def test_a_relative_whose_tie_the_direction_ended_has_left_and_one_whose_tie_is_limited_has_not(
    world: SchoolWorld,
) -> None:
    here = world.classes[0]
    group = group_with(world, *here.relatives)
    TieRestrictionFactory(relative=here.relatives[0], pupil=here.pupils[0], over=True)
    TieRestrictionFactory(relative=here.relatives[1], pupil=here.pupils[1])
    assert set(members_who_left(group)) == {here.relatives[0]}


def test_whoever_came_from_elsewhere_has_not_left_and_whoever_came_back_neither(world: SchoolWorld) -> None:
    colleague, back = PersonFactory(teacher=True), PersonFactory(teacher=True)
    AttachmentFactory(person=back, school=world.school, ended=True)
    group = group_with(world, colleague, back)
    assert set(members_who_left(group)) == {back}
    AttachmentFactory(person=back, school=world.school)
    assert not members_who_left(group).exists()


def test_the_pre_deleted_keep_their_place_since_they_may_be_restored_whole(world: SchoolWorld) -> None:
    pupil = world.classes[0].pupils[0]
    group = group_with(world, pupil)
    Attachment.objects.filter(person=pupil).update(ended_on=ENDED)
    User.objects.filter(pk=pupil.pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    assert not members_who_left(group).exists()


def test_those_who_left_are_taken_out_in_one_act(world: SchoolWorld, django_assert_num_queries: Any) -> None:
    here = world.classes[0]
    group = group_with(world, world.director, *here.pupils)
    Attachment.objects.filter(person__in=here.pupils).update(ended_on=ENDED)
    with django_assert_num_queries(1):
        gone = list(members_who_left(group))
    assert groups.remove_members(by=world.director, group=group, people=gone) == 2
    assert set(members_of([group])) == {world.director}
