"""« Comptes en double »: found, compared, made one, parted, in the console and in the API."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Merge, User
from directory.models import DistinctPeople
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory
from tests.directory.merging.worlds import TwinWorld, twins
from tests.directory.worlds import school_world

pytestmark = pytest.mark.django_db
LIST = "/administration/utilisateurs/doublons/"
# The session, its person, the gate, the standpoint, the school, its number, the mail not read; five for the pairs.
QUERIES = 13


@pytest.fixture
def world() -> TwinWorld:
    return twins("pupil")


@pytest.fixture
def console(client: Client, world: TwinWorld) -> Client:
    client.force_login(world.director)
    return client


def pair_url(world: TwinWorld) -> str:
    return f"{LIST}{world.kept.uuid}/{world.gone.uuid}/"


def test_the_list_names_both_logins_and_why(console: Client, world: TwinWorld) -> None:
    page = console.get(LIST).content.decode()
    assert f"{world.kept.username} et {world.gone.username}" in page
    assert "mêmes noms et même date de naissance" in page
    assert pair_url(world) in page


def test_nothing_in_double_is_said(console: Client, world: TwinWorld) -> None:
    User.objects.filter(pk=world.gone.pk).update(birth_date=None)
    assert "Aucun doublon" in console.get(LIST).content.decode()


def test_the_account_chosen_is_kept_and_the_other_absorbed(console: Client, world: TwinWorld) -> None:
    page = console.get(pair_url(world)).content.decode()
    assert "Ce qu’il tient" in page
    assert "1 rattachement à une école" in page
    answer = console.post(pair_url(world), {"garder": str(world.gone.uuid)})
    assert answer.url == f"{LIST}reunions/"
    assert world.fresh(world.kept).merged_into_id == world.gone.pk
    done = console.get(answer.url).content.decode()
    assert f"{world.kept.username} réuni à {world.gone.username}" in done
    assert world.director.full_name in done


def test_a_merge_is_undone_after_a_page_that_says_what_goes_back(console: Client, world: TwinWorld) -> None:
    console.post(pair_url(world), {"garder": str(world.kept.uuid)})
    url = f"{LIST}reunions/{Merge.objects.get().uuid}/annuler/"
    assert "Séparer les deux comptes" in console.get(url).content.decode()
    assert console.post(url).url == f"{LIST}reunions/"
    assert world.fresh(world.gone).merged_into_id is None
    assert "déjà annulée" in console.get(url).content.decode()
    assert console.post(url).status_code == 409


def test_two_people_are_said_to_be_two(console: Client, world: TwinWorld) -> None:
    assert console.post(pair_url(world), {"distinctes": "1"}).url == LIST
    assert DistinctPeople.objects.count() == 1
    assert "Aucun doublon" in console.get(LIST).content.decode()


def test_a_pair_that_cannot_be_made_one_says_why(console: Client, world: TwinWorld) -> None:
    User.objects.filter(pk=world.gone.pk).update(first_name="Anne", last_name="Roussel")
    assert "ni prénom, ni nom, ni INE en commun" in console.get(pair_url(world)).content.decode()
    answer = console.post(pair_url(world), {"garder": str(world.kept.uuid)})
    assert answer.status_code == 409
    assert not Merge.objects.exists()


def test_what_is_of_another_school_does_not_exist(client: Client, world: TwinWorld) -> None:
    client.force_login(school_world().director)
    assert client.get(pair_url(world)).status_code == 404
    assert "Aucun doublon" in client.get(LIST).content.decode()


def test_as_many_queries_for_one_pair_and_for_sixty(
    console: Client, world: TwinWorld, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    console.get(LIST)
    with django_assert_num_queries(QUERIES):
        console.get(LIST)
    for number in range(60):
        for _ in range(2):
            person = PersonFactory(pupil=True, first_name="Ana", last_name=f"B{number:03d}".replace("0", "o"))
            AttachmentFactory(person=person, school=world.school)
    with django_assert_num_queries(QUERIES):
        page = console.get(LIST).content.decode()
    assert "a_partir=" in page


def test_the_api_does_what_the_page_does(console: Client, world: TwinWorld) -> None:
    (told,) = console.get("/api/v1/administration/duplicates/").json()["results"]
    assert told["reasons"] == ["birth"]
    named = {"kept": told["kept"]["uuid"], "gone": told["gone"]["uuid"]}
    made = console.post("/api/v1/administration/merges/", named, "application/json")
    assert made.status_code == 201
    assert world.fresh(world.gone).merged_into_id == world.kept.pk
    again = console.post("/api/v1/administration/merges/", named, "application/json")
    assert again.status_code == 404
    (listed,) = console.get("/api/v1/administration/merges/").json()["results"]
    undone = console.post(f"/api/v1/administration/merges/{listed['uuid']}/undo/")
    assert undone.json()["undone_at"] is not None
    assert world.fresh(world.gone).merged_into_id is None
    said = console.post("/api/v1/administration/duplicates/dismiss/", named, "application/json")
    assert said.status_code == 204
    assert console.get("/api/v1/administration/duplicates/").json()["results"] == []


def test_the_api_turns_the_pages_that_the_page_turns(
    console: Client, world: TwinWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        person = PersonFactory(pupil=True, first_name="Ana", last_name="Zz", birth_date=world.kept.birth_date)
        AttachmentFactory(person=person, school=world.school)
    monkeypatch.setattr("directory.querysets.duplicates.LOOKED_AT", 2)
    found, following = [], ""
    while following is not None:
        page = console.get("/api/v1/administration/duplicates/" + following).json()
        assert len(page["results"]) <= 1
        found += [{pair["kept"]["uuid"], pair["gone"]["uuid"]} for pair in page["results"]]
        following = f"?from={page['next']}" if page["next"] else None
    assert len(found) == 2
    assert {str(world.kept.uuid), str(world.gone.uuid)} in found
    assert console.get("/api/v1/administration/duplicates/?from=x").status_code == 400


def test_the_list_of_accounts_leads_to_them_with_their_number(console: Client, world: TwinWorld) -> None:
    page = console.get("/administration/utilisateurs/").content.decode()
    assert "1 en double" in page
    assert f'href="{LIST}"' in page
    User.objects.filter(pk=world.gone.pk).update(birth_date=None)
    assert "en double<" not in console.get("/administration/utilisateurs/").content.decode()
