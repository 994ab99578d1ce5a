"""Favourites through the API: the same rules and services as the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import sessions
from accounts.models import User
from directory.models import Attachment, ClassAttachment, Favourite, Group
from directory.services import favourites
from tests.directory.factories import ENDED, GroupFactory
from tests.directory.worlds import SchoolWorld, school_world

type AsPerson = Callable[[User], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


def send(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    return getattr(client, method)(address, data or {}, content_type="application/json")


def test_a_favourite_is_made_read_renamed_and_deleted(world: SchoolWorld, as_person: AsPerson) -> None:
    client, pupil = as_person(world.director), world.classes[0].pupils[0]
    chorale = GroupFactory(school=world.school, name="Chorale")
    made = send(
        client,
        "post",
        reverse("favourites-list"),
        {"name": "Théâtre", "persons": [str(pupil.uuid)], "groups": [str(chorale.uuid)]},
    )
    assert made.status_code == 201
    there = reverse("favourites-detail", args=[made.json()["uuid"]])
    told = client.get(there).json()
    assert (told["name"], told["size"]) == ("Théâtre", 2)
    assert told["recipients"] == [
        {"kind": "group", "uuid": str(chorale.uuid), "name": "Chorale", "reached": True, "left": False},
        {"kind": "person", "uuid": str(pupil.uuid), "name": pupil.full_name, "reached": True, "left": False},
    ]
    assert send(client, "patch", there, {"name": "Scène"}).json()["name"] == "Scène"
    assert [each["name"] for each in client.get(reverse("favourites-list")).json()["results"]] == ["Scène"]
    assert client.get(reverse("favourites-list")).json()["results"][0]["size"] == 2
    assert client.delete(there).status_code == 204
    assert not Favourite.objects.exists()


def test_entries_are_added_and_removed_those_who_left_too(world: SchoolWorld, as_person: AsPerson) -> None:
    teacher, gone = world.classes[0].teacher, world.classes[0].pupils[0]
    favourite = favourites.create(by=teacher, name="Théâtre")
    client = as_person(teacher)
    add = reverse("favourites-entries", args=[favourite.uuid])
    remove = reverse("favourites-remove-entries", args=[favourite.uuid])
    named = {"persons": [str(gone.uuid)]}
    assert [send(client, "post", add, named).json() for _ in range(2)] == [{"count": 1}, {"count": 0}]
    for table in (Attachment, ClassAttachment):
        table.objects.filter(person=gone).update(ended_on=ENDED)
    told = client.get(reverse("favourites-detail", args=[favourite.uuid])).json()
    assert [each["reached"] for each in told["recipients"]] == [False]
    assert send(client, "post", remove, named).json() == {"count": 1}


def test_refusals_are_problems_with_their_code(world: SchoolWorld, as_person: AsPerson) -> None:
    relative = world.classes[0].relatives[0]
    favourite = favourites.create(by=relative, name="École")
    client = as_person(relative)
    add = reverse("favourites-entries", args=[favourite.uuid])
    teachers = Group.objects.get(school_class=world.classes[0].school_class, profile="TEACHER")
    stranger = world.classes[0].pupils[1]
    for address, data, status, code in (
        (add, {"groups": [str(teachers.uuid)]}, 409, "members-not-visible"),
        (add, {"persons": [str(stranger.uuid)]}, 404, "out-of-reach"),
        (reverse("favourites-list"), {"name": "ecole"}, 409, "favourite-name-taken"),
    ):
        answer = send(client, "post", address, data)
        assert (answer.status_code, answer.json()["type"]) == (status, f"urn:cartable:{code}")
    assert not favourite.entries.exists()
    assert send(client, "post", reverse("favourites-list"), {"name": " "}).status_code == 400


def test_nobody_elses_favourite_answers(world: SchoolWorld, as_person: AsPerson) -> None:
    favourite = favourites.create(by=world.classes[0].teacher, name="Théâtre")
    client = as_person(world.director)
    there = reverse("favourites-detail", args=[favourite.uuid])
    answers = [client.get(there), client.delete(there), send(client, "patch", there, {"name": "X"})]
    answers += [
        send(client, "post", reverse(f"favourites-{act}", args=[favourite.uuid]))
        for act in ("entries", "remove-entries")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert client.get(reverse("favourites-list")).json()["results"] == []


def test_a_low_assurance_changes_nothing(
    world: SchoolWorld, as_person: AsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil = world.classes[0].pupils[0]
    favourite = favourites.create(by=pupil, name="Copains")
    client = as_person(pupil)
    monkeypatch.setattr(sessions, "assurance_of", lambda request: sessions.Assurance.LOW)
    there = reverse("favourites-detail", args=[favourite.uuid])
    answers = [
        send(client, "post", reverse("favourites-list"), {"name": "Autre"}),
        send(client, "patch", there, {"name": "Autre"}),
        client.delete(there),
        *(
            send(client, "post", reverse(f"favourites-{act}", args=[favourite.uuid]))
            for act in ("entries", "remove-entries")
        ),
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert client.get(there).status_code == 200
    assert list(Favourite.objects.values_list("name", flat=True)) == ["Copains"]
