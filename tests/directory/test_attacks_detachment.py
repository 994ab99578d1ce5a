"""Rights that come back by the undo of a detachment, after somebody took them."""

import pytest

from accounts.models import User
from directory.models import Administrator
from directory.services import administrators, detach
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True)


@pytest.fixture
def deputy(world: SchoolWorld) -> User:
    return teacher_at(world.school)


def administers(person: User) -> int:
    return Administrator.objects.filter(person=person, ended_on=None).count()


def test_a_right_taken_on_the_very_day_stays_taken(world: SchoolWorld, deputy: User) -> None:
    right = AdministratorFactory(person=deputy, school=world.school)
    administrators.take_rights(by=world.director, right=right)
    detach.detach(by=world.director, person=deputy, school=world.school)
    detach.undo_detachment(by=world.director, person=deputy, school=world.school)
    assert administers(deputy) == 0


def test_a_right_that_the_detachment_ended_comes_back(world: SchoolWorld, deputy: User) -> None:
    AdministratorFactory(person=deputy, school=world.school)
    detach.detach(by=world.director, person=deputy, school=world.school)
    assert administers(deputy) == 0
    detach.undo_detachment(by=world.director, person=deputy, school=world.school)
    assert administers(deputy) == 1


def test_a_right_given_again_meanwhile_is_there_once(world: SchoolWorld, deputy: User) -> None:
    administrators.give_rights(by=world.director, person=deputy, place=world.school)
    detach.detach(by=world.director, person=deputy, school=world.school)
    administrators.give_rights(by=None, person=deputy, place=world.school)
    detach.undo_detachment(by=world.director, person=deputy, school=world.school)
    assert administers(deputy) == 1
