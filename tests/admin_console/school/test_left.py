"""« Contenus laissés à l’école »: what passes to a school is told, entrusted, ceded, removed in two steps."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from accounts.services import lifecycle
from sharing.models import Grant, Handover, Resource
from sharing.querysets import role_on
from sharing.services import hand_over
from tests.directory.worlds import relative_of, school_world, teacher_at
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered
from tests.sharing.worlds import SharingWorld, sharing_world

pytestmark = pytest.mark.django_db
type AsPerson = Callable[[User], Client]
JSON = "application/json"


@pytest.fixture(autouse=True)
def erased() -> Iterator[list[int]]:
    """Keys that applications were asked to erase."""
    told: list[int] = []
    with registered(replace(NOTE, erase=told.extend), replace(BOX, erase=told.extend)):
        yield told


def leave(*people: User) -> None:
    keys = [person.pk for person in people]
    User.objects.filter(pk__in=keys).update(absent_since=date(2026, 6, 1), pre_deleted_on=date(2026, 7, 1))
    assert lifecycle.erase(keys, date(2026, 9, 21)) == len(keys)


@pytest.fixture
def world() -> SharingWorld:
    """A teacher of last year left a poem to the pupils of a class."""
    world = sharing_world()
    GrantFactory(resource=world.note, to_group=True, group=world.group())
    leave(world.teacher)
    world.note.refresh_from_db()
    assert world.note.owner_school == world.school
    return world


@pytest.fixture
def director(world: SharingWorld, as_person: AsPerson) -> Client:
    return as_person(world.director)


def url(name: str, *args: Any) -> str:
    return reverse(f"console:{name}", args=args)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text.replace("\xa0", " ")


def test_what_was_left_says_whose_it_was_since_when_and_who_sees_it(
    world: SharingWorld, director: Client
) -> None:
    told = read(director, url("left_things"))
    assert "Poésie" in told
    assert f"de {world.teacher.full_name}" in told
    assert "à l’école depuis le 21 septembre 2026" in told
    assert "2 personnes le voient" in told
    assert "1 contenu" in read(director, url("manage"))


def test_the_name_of_a_family_goes_with_its_account(world: SharingWorld, director: Client) -> None:
    parent = relative_of(world.pupil, first_name="Zoé", last_name="Zola")
    GrantFactory(resource=ResourceFactory(owner=parent, title="Gâteaux"), person=world.pupil)
    leave(parent)
    told = read(director, url("left_things"))
    assert "d’un compte de parent supprimé" in told
    assert "Zola" not in told


def test_it_is_put_in_the_trash_comes_back_and_is_deleted_in_two_steps(
    world: SharingWorld, director: Client, erased: list[int]
) -> None:
    note, reader = world.note, world.pupil
    assert role_on(reader, note) is not None
    assert director.get(url("left_erase", note.uuid)).status_code == 404  # not without the first step
    director.post(url("left_trash", note.uuid))
    assert role_on(reader, note) is None
    assert "Personne n’a laissé" in read(director, url("left_things"))
    in_trash = url("left_things") + "?etat=corbeille"
    assert "Restaurer" in read(director, in_trash)
    director.post(url("left_restore", note.uuid))
    assert role_on(reader, note) is not None
    director.post(url("left_trash", note.uuid))
    assert "Supprimer définitivement" in read(director, url("left_erase", note.uuid))
    director.post(url("left_erase", note.uuid))
    assert (erased[-1], Resource.objects.filter(pk=note.pk).exists()) == (note.pk, False)


def test_it_is_entrusted_and_ceded_from_the_panel(world: SharingWorld, director: Client) -> None:
    colleague = teacher_at(world.school)
    panel = f"/partages/{world.note.uuid}/"
    told = read(director, panel)
    assert "Confier ou céder" in told
    assert "L’école en reste propriétaire" in told
    director.post(f"{panel}confier/", {"recipient": f"person:{colleague.uuid}"})
    assert Grant.objects.filter(resource=world.note, person=colleague).exists()
    director.post(f"{panel}ceder/", {"recipient": f"person:{colleague.uuid}"})
    assert f"proposé à {colleague.full_name}" in read(director, url("left_things"))
    hand_over.accept(by=colleague, handover=Handover.objects.get())
    world.note.refresh_from_db()
    assert (world.note.owner, world.note.owner_school) == (colleague, None)
    assert "Poésie" not in read(director, url("left_things"))


def test_for_another_school_s_administrators_it_does_not_exist(
    world: SharingWorld, as_person: AsPerson
) -> None:
    other = as_person(school_world().director)
    assert "Poésie" not in read(other, url("left_things"))
    for name in ("left_trash", "left_restore", "left_erase"):
        assert other.post(url(name, world.note.uuid)).status_code == 404
    address = f"/api/v1/administration/schools/{world.school.uuid}/contents/"
    assert other.get(address).status_code == 404
    assert other.delete(f"{address}{world.note.uuid}/").status_code == 404


def test_the_api_does_what_the_page_does(world: SharingWorld, director: Client) -> None:
    address = f"/api/v1/administration/schools/{world.school.uuid}/contents/"
    (line,) = director.get(address).json()["results"]
    assert (line["title"], line["readers"], line["from_profile"]) == ("Poésie", 2, Profile.TEACHER)
    one = f"{address}{line['uuid']}/"
    refused = director.delete(one)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:cartable:not-in-trash")
    assert director.patch(one, {"trashed": True}, JSON).json()["trashed_at"] is not None
    assert director.patch(one, {"trashed": True}, JSON).status_code == 409
    assert (
        director.get(address).json()["results"],
        len(director.get(address, {"trash": 1}).json()["results"]),
    ) == (
        [],
        1,
    )
    assert director.patch(one, {"trashed": False}, JSON).json()["trashed_at"] is None
    director.patch(one, {"trashed": True}, JSON)
    assert director.delete(one).status_code == 204


def test_the_page_asks_as_much_for_one_as_for_two_hundred(world: SharingWorld, director: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(director, url("left_things"))
        return len(queries)

    read(director, url("left_things"))
    few = asked()
    for each in ResourceFactory.create_batch(200, owner=None, owner_school=world.school, kind="note"):
        GrantFactory(resource=each, person=world.pupil)
    assert asked() == few
