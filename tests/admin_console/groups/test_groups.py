"""Tab « Groupes »: the list, a group, what is done with a manual one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from directory.models import Attachment, Group
from directory.querysets import groups_addressable_by, members_of
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.directory.worlds import SchoolWorld, pupil_in, school_world
from tests.schools.factories import YEAR
from tests.sharing.factories import GrantFactory

pytestmark = pytest.mark.django_db
PINNED = [13, 17, 11, 11]  # queries of the list, a group, the cleaning, the choice of members
type AsPerson = Callable[[User], Client]


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2)


@pytest.fixture
def director(world: SchoolWorld, as_person: AsPerson) -> Client:
    return as_person(world.director)


def group_with(world: SchoolWorld, *people: User, name: str = "APE", **traits: Any) -> Group:
    group = GroupFactory(school=world.school, name=name, **traits)
    for person in people:
        MembershipFactory(group=group, person=person)
    return group


def gar(world: SchoolWorld) -> Group:
    return Group.objects.get(school=world.school, protected=True)


def of_class(world: SchoolWorld, profile: str) -> Group:
    return Group.objects.get(school_class=world.classes[0].school_class, profile=profile)


def url(name: str, *args: Any) -> str:
    return reverse(f"console:{name}", args=args)


def seen(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_manual_groups_and_those_of_scolarity_and_is_filtered(
    world: SchoolWorld, director: Client
) -> None:
    group_with(world, *world.classes[0].relatives)
    everything = seen(director, url("groups"))
    assert "APE" in everything
    assert of_class(world, "PUPIL").label in everything
    assert "Resp Affect Gar" in everything
    manual = seen(director, url("groups"), genre="manuels")
    assert of_class(world, "PUPIL").label not in manual
    assert "Aucun groupe ainsi" in seen(director, url("groups"), q="zzz")
    pupils = seen(director, url("groups"), classe=str(world.classes[0].school_class.uuid), profil="PUPIL")
    assert of_class(world, "RELATIVE").label not in pupils
    assert seen(director, url("groups"), suite="n’importe quoi", classe="x", profil="x", marque="x")


def test_the_list_goes_on_page_after_page(world: SchoolWorld, director: Client) -> None:
    for number in range(90):
        group_with(world, name=f"Atelier {number:02}")
    found: list[str] = []
    address = url("groups") + "?genre=manuels"
    for _ in range(3):
        answer = director.get(address)
        found += [line.line.group.label for line in answer.context["lines"]]
        address = answer.context["later_url"]
    assert address == ""
    assert found == [*(f"Atelier {number:02}" for number in range(90)), "Resp Affect Gar"]


def test_htmx_gets_the_list_alone(world: SchoolWorld, director: Client) -> None:
    answer = director.get(url("groups"), {"q": "gar"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "Resp Affect Gar" in answer.content.decode()


def test_a_manual_group_is_made_filled_renamed_and_opened(world: SchoolWorld, director: Client) -> None:
    here = world.classes[0]
    director.post(url("group_new"), {"name": "Sortie au musée"})
    group = Group.objects.get(name="Sortie au musée")
    person = here.pupils[0]
    assert person.full_name in seen(director, url("group_members", group.uuid), q=person.last_name)
    director.post(url("group_add", group.uuid), {"personne": person.uuid})
    director.post(url("group_add", group.uuid), {"groupe": of_class(world, "RELATIVE").uuid})
    assert set(members_of([group])) == {person, *here.relatives}
    director.post(url("group_remove", group.uuid), {"personne": person.uuid})
    assert set(members_of([group])) == set(here.relatives)
    director.post(url("group_rename", group.uuid), {"name": "Musée"})
    director.post(url("group_open", group.uuid), {"ouvert": "1"})
    group.refresh_from_db()
    assert (group.name, group.year, group.open_to_members) == ("Musée", YEAR, True)
    assert group in groups_addressable_by(here.relatives[0])
    director.post(url("group_open", group.uuid), {"ouvert": "0"})
    assert group not in groups_addressable_by(here.relatives[0])


@pytest.mark.parametrize("name", ["", "ape", "x" * 200])
def test_a_name_that_cannot_be_is_said_beside_the_field(
    name: str, world: SchoolWorld, director: Client
) -> None:
    group_with(world)
    answer = director.post(url("group_new"), {"name": name})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert Group.objects.filter(school=world.school, kind="MANUAL").count() == 2


def test_a_deletion_is_announced_then_ends_the_shares(world: SchoolWorld, director: Client) -> None:
    group = group_with(world, *world.classes[0].relatives)
    grant = GrantFactory(to_group=True, group=group)
    said = seen(director, url("group_delete", group.uuid))
    assert "1 partage de 1 production prendra fin pour 2 personnes." in said
    answer = director.post(url("group_delete", group.uuid))
    assert answer["Location"] == url("groups")
    assert not Group.objects.filter(pk=group.pk).exists()
    assert not type(grant).objects.filter(pk=grant.pk).exists()


def test_resp_affect_gar_is_neither_deleted_nor_renamed_and_says_why(
    world: SchoolWorld, director: Client
) -> None:
    group = gar(world)
    for name in ("group_delete", "group_rename"):
        assert "gestionnaire d’accès aux ressources" in seen(director, url(name, group.uuid))
        director.post(url(name, group.uuid), {"name": "Autre"})
    assert gar(world).name == "Resp Affect Gar"
    director.post(url("group_add", group.uuid), {"personne": world.director.uuid})
    assert set(members_of([group])) == {world.director}


def test_a_group_of_scolarity_is_read_only(world: SchoolWorld, director: Client) -> None:
    group = of_class(world, "PUPIL")
    page = seen(director, url("group", group.uuid))
    assert world.classes[0].pupils[0].full_name in page
    assert "il suit les rattachements à la classe" in page
    assert "Supprimer" not in page
    director.post(url("group_delete", group.uuid))
    director.post(url("group_add", group.uuid), {"personne": world.director.uuid})
    assert set(members_of([group])) == set(world.classes[0].pupils)


def test_those_who_left_are_marked_and_taken_out_in_one_click(world: SchoolWorld, director: Client) -> None:
    gone, stays = world.classes[0].pupils
    group = group_with(world, gone, stays)
    Attachment.objects.filter(person=gone).update(ended_on="2026-10-15")
    assert "a quitté l’école" in seen(director, url("group", group.uuid))
    director.post(url("group_remove", group.uuid), {"partis": "1"})
    assert set(members_of([group])) == {stays}


def test_a_group_of_a_past_year_is_kept_in_one_click(world: SchoolWorld, director: Client) -> None:
    group = group_with(world, world.director, year=YEAR - 1)
    assert "Garder pour cette année" in seen(director, url("group", group.uuid))
    director.post(url("group_keep", group.uuid))
    assert "Garder pour cette année" not in seen(director, url("group", group.uuid))


def test_all_the_groups_of_a_school_are_cleaned_at_once_as_foreseen(
    world: SchoolWorld, director: Client
) -> None:
    empty, old = group_with(world, name="Vide"), group_with(world, world.director, year=YEAR - 1)
    page = director.get(url("groups_clean"))
    assert [(each.line.group, each.offered) for each, _ in page.context["cleanings"]] == [
        (old, False),
        (empty, True),
    ]
    director.post(url("groups_clean"), {})
    assert Group.objects.filter(pk=empty.pk).exists()
    director.post(url("groups_clean"), {"acte": [f"delete:{empty.uuid}"]})
    assert not Group.objects.filter(pk=empty.pk).exists()
    assert Group.objects.filter(pk=old.pk).exists()


def test_pages_ask_as_much_for_one_as_for_two_hundred(world: SchoolWorld, director: Client) -> None:
    group = group_with(world, world.director)
    addresses = [
        url("groups"),
        url("group", group.uuid),
        url("groups_clean"),
        url("group_members", group.uuid),
    ]

    def asked() -> list[int]:
        numbers = []
        for address in addresses:
            director.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert director.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    pupil = pupil_in(world.classes[0].school_class)
    group_with(world, pupil, name="Vide", year=YEAR - 1)
    MembershipFactory(group=group, person=pupil)
    few = asked()
    for number in range(200):
        member = pupil_in(world.classes[0].school_class)
        MembershipFactory(group=group, person=member)
        group_with(world, member, name=f"Groupe {number}", year=YEAR - 1)
    assert few == PINNED
    # Manual groups fill the page of the list: it counts the members of none of scolarity.
    assert asked() == [PINNED[0] - 1, *PINNED[1:]]
