"""A page asks the same questions for one person and for two hundred."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from directory.models import Group
from tests.directory.annuaire.crowds import crowd
from tests.directory.factories import ClassAttachmentFactory, GroupFactory
from tests.directory.worlds import SchoolWorld, relative_of, school_world

type AsPerson = Callable[[User], Client]

MANY = 200


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world(classes=1, pupils=1)


def asked(client: Client, address: str, **query: str) -> int:
    """The number of queries of a page; the first time is left out (sessions, caches)."""
    client.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address, query).status_code == 200
    return len(queries)


@pytest.mark.parametrize("profile", ["eleves", "parents"])
def test_a_school_asks_as_much_for_few_as_for_many(
    profile: str, world: SchoolWorld, as_person: AsPerson
) -> None:
    client = as_person(world.director)
    address = reverse("annuaire:school", args=[world.school.uuid])
    few = asked(client, address, profil=profile)
    crowd(world.classes[0].school_class, MANY)
    assert asked(client, address, profil=profile) == few


def test_a_class_asks_as_much_for_few_as_for_many(world: SchoolWorld, as_person: AsPerson) -> None:
    client = as_person(world.director)
    address = reverse("annuaire:class", args=[world.classes[0].school_class.uuid])
    few = asked(client, address)
    crowd(world.classes[0].school_class, MANY)
    assert asked(client, address) == few <= 20


def test_a_group_asks_as_much_for_few_as_for_many(world: SchoolWorld, as_person: AsPerson) -> None:
    client = as_person(world.director)
    parents = Group.objects.get(school_class=world.classes[0].school_class, profile="RELATIVE")
    address = reverse("annuaire:group", args=[parents.uuid])
    few = asked(client, address)
    crowd(world.classes[0].school_class, MANY)
    assert asked(client, address) == few <= 20


@pytest.mark.parametrize("typed", ["kervadec", "kervadce"])
def test_a_search_asks_as_much_for_few_as_for_many(
    typed: str, world: SchoolWorld, as_person: AsPerson
) -> None:
    crowd(world.classes[0].school_class, 1, last_name="Kervadec")
    GroupFactory(school=world.school, name="Chorale des Kervadec")
    client = as_person(world.director)
    few = asked(client, reverse("annuaire:search"), q=typed)
    crowd(world.classes[0].school_class, MANY, last_name="Kervadec-Le Goff")
    assert asked(client, reverse("annuaire:search"), q=typed) == few <= 20


def test_a_card_asks_as_much_for_one_child_as_for_many(world: SchoolWorld, as_person: AsPerson) -> None:
    pupils = crowd(world.classes[0].school_class, 30)
    client = as_person(world.director)
    one = asked(client, reverse("annuaire:person", args=[relative_of(pupils[0]).uuid]))
    assert asked(client, reverse("annuaire:person", args=[relative_of(*pupils).uuid])) == one


def test_a_teachers_home_page_asks_as_much_for_one_class_as_for_three(as_person: AsPerson) -> None:
    world = school_world(classes=3, pupils=1)
    teacher = world.classes[0].teacher
    one = asked(as_person(teacher), reverse("home:index"))
    for room in world.classes[1:]:
        ClassAttachmentFactory(person=teacher, school_class=room.school_class)
        crowd(room.school_class, MANY)
    assert asked(as_person(teacher), reverse("home:index")) == one


def test_a_relatives_home_page_asks_as_much_for_one_child_as_for_many(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    one = asked(as_person(world.classes[0].relatives[0]), reverse("home:index"))
    parent = relative_of(*crowd(world.classes[0].school_class, 10), activated=True)
    assert asked(as_person(parent), reverse("home:index")) == one
