"""« Partagés avec moi » and « Ce que je partage »."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from directory.models import Group
from sharing.enums import Role
from sharing.models import Grant, Handover, Resource
from sharing.services import hand_over
from tests.sharing.factories import NOW, GrantFactory, ResourceFactory
from tests.sharing.pages import HTMX, ShareWorld, share_everything, share_world
from tests.sharing.test_panel import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
WITH_ME, BY_ME, TOGETHER = "/partages/", "/partages/les-miens/", "/partages/les-miens/ensemble/"


@pytest.fixture
def world() -> ShareWorld:
    return share_world()


def told(client: Client, address: str, **query: Any) -> str:
    return plain(client.get(address, query).content.decode())


def given(world: ShareWorld, person: User, title: str, **rest: Any) -> Grant:
    """A thing of the teacher's shared with a person by name."""
    note = ResourceFactory(owner=world.teacher, title=title, kind=rest.pop("kind", "note"))
    return GrantFactory(resource=note, person=person, **{"given_by": world.teacher.uuid} | rest)


def test_each_thing_stands_once_with_who_gave_it_and_what_one_may_do(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    page = told(as_person(world.pupils[0]), WITH_ME)
    assert page.count("Sortie au moulin") == 1
    assert world.teacher.full_name in page
    assert "Consulter" in page
    assert "conservé" in page


def test_what_comes_through_the_class_alone_is_marked_as_ending(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    assert "jusqu’à la fin de l’année scolaire" in told(as_person(world.pupils[2]), WITH_ME)


def test_a_list_is_narrowed_by_application_person_class_and_year(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    me = world.pupils[2]
    given(world, me, "Par nom")
    given(world, me, "Boite", kind="box")
    given(world, me, "Du directeur", given_by=world.school.director.uuid)
    share_everything(world)
    client = as_person(me)
    assert "Par nom" not in told(client, WITH_ME, appli="boxes")
    assert "Boite" in told(client, WITH_ME, appli="boxes")
    by_director = told(client, WITH_ME, personne=world.school.director.uuid)
    assert "Du directeur" in by_director
    assert "Par nom" not in by_director
    by_class = told(client, WITH_ME, classe=world.school.classes[0].school_class.uuid)
    assert "Sortie au moulin" in by_class
    assert "Par nom" not in by_class
    ending = told(client, WITH_ME, bascule="1")
    assert "Sortie au moulin" in ending
    assert "Par nom" not in ending


def test_what_is_also_by_name_does_not_end(as_person: Callable[..., Client], world: ShareWorld) -> None:
    share_everything(world)
    assert "Sortie au moulin" not in told(as_person(world.pupils[0]), WITH_ME, bascule="1")
    assert "Sortie au moulin" in told(as_person(world.pupils[2]), WITH_ME, bascule="1")


@pytest.mark.parametrize(
    "query", ["suite=x", "avant=%FF", "suite=bnVsbA", "personne=a&classe=b", "suite=" + "A" * 500]
)
def test_an_address_that_says_nothing_is_the_whole_list(
    as_person: Callable[..., Client], world: ShareWorld, query: str
) -> None:
    share_everything(world)
    answer = as_person(world.pupils[0]).get(f"{WITH_ME}?{query}")
    assert answer.status_code == 200
    assert "Sortie au moulin" in answer.content.decode()


@pytest.mark.parametrize("address", [WITH_ME, BY_ME])
def test_pages_follow_one_another_without_gap_or_double(
    as_person: Callable[..., Client], world: ShareWorld, address: str
) -> None:
    me = world.colleagues[1]
    for n in range(95):
        given(world, me, f"Leçon {n}.", given_at=NOW + timedelta(minutes=n // 2))
    client = as_person(me if address == WITH_ME else world.teacher)
    seen: list[str] = []
    url: str | None = address
    pages = 0
    while url:
        answer = client.get(url)
        seen += [row.resource.title for row in answer.context["rows"]]
        url, pages = answer.context["found"].older_url, pages + 1
    assert pages == 3
    assert len(seen) == 95
    assert len(set(seen)) == 95
    back = client.get(answer.context["found"].newer_url)
    assert [row.resource.title for row in back.context["rows"]] == seen[40:80]


def test_what_i_share_says_with_whom_and_until_when(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    page = told(as_person(world.teacher), BY_ME)
    assert world.pupils_group.label in page
    assert "3 personnes, à leur nom" in page
    assert "jusqu’à la fin de l’année scolaire" in page


def test_one_person_alone_is_named(as_person: Callable[..., Client], world: ShareWorld) -> None:
    given(world, world.colleagues[1], "Projet")
    assert world.colleagues[1].full_name in told(as_person(world.teacher), BY_ME)


def test_what_the_turn_of_the_year_takes_is_listed_apart(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    given(world, world.colleagues[1], "Projet")
    page = told(as_person(world.teacher), BY_ME, bascule="1")
    assert "Sortie au moulin" in page
    assert "Projet" not in page


def several(world: ShareWorld) -> list[Resource]:
    share_everything(world)
    return [world.note, given(world, world.colleagues[1], "Projet").resource]


def together(client: Client, things: list[Resource], act: str, **data: Any) -> Any:
    return client.post(TOGETHER, {"acte": act, "choisi": [thing.uuid for thing in things], **data})


def test_removing_says_its_figures_before_anything_is_removed(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    things = several(world)
    page = plain(together(as_person(world.teacher), things, "retirer").content.decode())
    assert "Retirer tous les partages de 2 contenus ?" in page
    assert "5 personnes ne verront plus ces contenus" in page
    assert "6 partages" in page
    assert Grant.objects.count() == 6


def test_confirmed_it_removes_them_all(as_person: Callable[..., Client], world: ShareWorld) -> None:
    things = several(world)
    answer = together(as_person(world.teacher), things, "retirer", confirmer="1")
    assert answer.url == BY_ME
    assert not Grant.objects.exists()


def test_a_role_is_changed_for_several_things(as_person: Callable[..., Client], world: ShareWorld) -> None:
    things = several(world)
    together(as_person(world.teacher), things, "droit", confirmer="1", role=Role.CONTRIBUTE)
    assert set(Grant.objects.values_list("role", flat=True)) == {Role.CONTRIBUTE}


def test_a_missing_role_is_said_and_nothing_is_done(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    things = several(world)
    before = list(Grant.objects.order_by("pk").values())
    page = plain(together(as_person(world.teacher), things, "droit", confirmer="1").content.decode())
    assert "Choisissez un droit." in page
    assert list(Grant.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("chosen", [[], ["rien"]])
def test_nothing_ticked_leads_back_with_a_word(
    as_person: Callable[..., Client], world: ShareWorld, chosen: list[str]
) -> None:
    answer = as_person(world.teacher).post(TOGETHER, {"acte": "retirer", "choisi": chosen}, follow=True)
    assert "Choisissez d’abord" in plain(answer.content.decode())


def test_things_of_others_are_not_taken_along(as_person: Callable[..., Client], world: ShareWorld) -> None:
    theirs = given(world, world.pupils[0], "À d’autres").resource
    mine = ResourceFactory(owner=world.colleagues[1], title="Le mien")
    GrantFactory(resource=mine)
    together(as_person(world.colleagues[1]), [mine, theirs], "retirer", confirmer="1")
    assert list(Grant.objects.values_list("resource", flat=True)) == [theirs.pk]


def test_an_offer_is_accepted_from_the_list(as_person: Callable[..., Client], world: ShareWorld) -> None:
    colleague = world.colleagues[1]
    offer = hand_over.offer(by=world.teacher, resource=world.note, to=colleague)
    client = as_person(colleague)
    assert f"{world.teacher.full_name} vous cède « Sortie au moulin »" in told(client, WITH_ME)
    answer = client.post(f"/partages/cessions/{offer.uuid}/accepter/", follow=True)
    assert "est maintenant à vous" in plain(answer.content.decode())
    world.note.refresh_from_db()
    assert world.note.owner == colleague


def test_an_offer_is_declined_and_nothing_moves(as_person: Callable[..., Client], world: ShareWorld) -> None:
    offer = hand_over.offer(by=world.teacher, resource=world.note, to=world.colleagues[1])
    as_person(world.colleagues[1]).post(f"/partages/cessions/{offer.uuid}/refuser/")
    world.note.refresh_from_db()
    assert world.note.owner == world.teacher
    assert Handover.objects.get().accepted is False


def test_an_offer_to_another_does_not_exist(as_person: Callable[..., Client], world: ShareWorld) -> None:
    offer = hand_over.offer(by=world.teacher, resource=world.note, to=world.colleagues[1])
    assert as_person(world.pupils[0]).post(f"/partages/cessions/{offer.uuid}/accepter/").status_code == 404


def test_a_pupil_is_addressed_as_a_child(as_person: Callable[..., Client], world: ShareWorld) -> None:
    client = as_person(world.pupils[0])
    assert "Rien de partagé avec toi" in told(client, WITH_ME)
    assert "Tu ne partages rien" in told(client, BY_ME)
    assert 'href="/documents/"' in client.get(BY_ME).content.decode().split("Tu ne partages rien")[1]
    assert "Ce que je ne verrai plus" not in told(client, WITH_ME)
    mine = ResourceFactory(owner=world.pupils[0], title="Mon dessin")
    GrantFactory(resource=mine, person=world.pupils[1], given_by=world.pupils[0].uuid)
    panel = told(client, f"/partages/{mine.uuid}/")
    assert "Avec qui veux-tu partager ?" in panel
    assert "vous" not in panel.lower()


@pytest.mark.parametrize("address", [WITH_ME, BY_ME])
def test_a_part_is_what_the_page_holds(
    as_person: Callable[..., Client], world: ShareWorld, address: str
) -> None:
    share_everything(world)
    client = as_person(world.teacher if address == BY_ME else world.pupils[0])
    part = client.get(address, headers=HTMX)
    assert "HX-Request" in part.headers["Vary"]
    assert "<main" not in part.content.decode()
    assert "Sortie au moulin" in part.content.decode()


@pytest.mark.parametrize("address", [WITH_ME, BY_ME])
def test_a_list_takes_as_many_queries_with_few_as_with_many(
    as_person: Callable[..., Client], world: ShareWorld, address: str, django_assert_max_num_queries: Any
) -> None:
    me = world.colleagues[1]
    share_everything(world)
    given(world, me, "Une")
    client = as_person(me if address == WITH_ME else world.teacher)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for n in range(200):
        made = given(world, me, f"Leçon {n}", given_by=world.colleagues[n % 2].uuid)
        GrantFactory(resource=made.resource, to_group=True, group=Group.objects.first())
    with django_assert_max_num_queries(20) as many:
        client.get(address)
    # A long list is read in parts: one query more, whatever its length.
    assert len(many) <= len(few) + 1 <= 20
