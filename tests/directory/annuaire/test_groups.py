"""Groups in the Annuaire: found, shown with what one may do, kept in a favourite."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.models import Favourite, Group
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.directory.worlds import SchoolWorld, school_world

type AsPerson = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world(classes=1, pupils=2)


def card(group: Group) -> str:
    return reverse("annuaire:group", args=[group.uuid])


def test_a_search_finds_the_groups_within_reach_alone(world: SchoolWorld, as_person: AsPerson) -> None:
    near = GroupFactory(school=world.school, name="Chorale du jeudi")
    far = GroupFactory(school=school_world().school, name="Chorale d’ailleurs")
    client = as_person(world.classes[0].teacher)
    page = client.get(reverse("annuaire:search"), {"q": "chorale"}).text
    assert card(near) in page
    assert card(far) not in page
    assert client.get(card(far)).status_code == 404
    told = client.get("/api/v1/annuaire/", {"q": "chorale"}).json()
    assert [group["label"] for group in told["groups"]] == ["Chorale du jeudi"]


def test_the_team_sees_who_is_in_a_group(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    parents = Group.objects.get(school_class=room.school_class, profile="RELATIVE")
    page = as_person(room.teacher).get(card(parents)).text
    assert "2 membres" in page
    for relative in room.relatives:
        assert reverse("annuaire:person", args=[relative.uuid]) in page


def test_a_group_discloses_nobody_to_its_members(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    parents = Group.objects.get(school_class=room.school_class, profile="RELATIVE")
    page = as_person(room.relatives[0]).get(card(parents)).text
    assert room.relatives[1].full_name not in page
    assert "ne montre ses membres qu’à l’équipe" in page
    told = as_person(room.relatives[0]).get("/api/v1/annuaire/", {"q": "parents"}).json()["groups"]
    assert {group["members"] for group in told} == {None}


def test_a_group_is_kept_in_a_favourite_from_its_card(world: SchoolWorld, as_person: AsPerson) -> None:
    teacher, choir = world.classes[0].teacher, GroupFactory(school=world.school, name="Chorale")
    MembershipFactory(group=choir, person=world.classes[0].pupils[0])
    client = as_person(teacher)
    there = reverse("annuaire:favourite_group", args=[choir.uuid])
    assert there in client.get(card(choir)).text
    assert client.post(there, {"name": "Musique"}).url == card(choir)
    assert [entry.group for entry in Favourite.objects.get(name="Musique").entries.all()] == [choir]
    assert "déjà dedans" in client.get(there).text


def test_a_group_that_no_favourite_may_hold_offers_none(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    parents = Group.objects.get(school_class=room.school_class, profile="RELATIVE")
    client = as_person(room.relatives[0])
    there = reverse("annuaire:favourite_group", args=[parents.uuid])
    assert there not in client.get(card(parents)).text
    assert client.get(there).status_code == 404
