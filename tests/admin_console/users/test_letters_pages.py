"""Courriers in the console and in the API: filters, preview, the file for whoever asked."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from core.models import Job
from directory import letters_job
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at

pytestmark = pytest.mark.django_db

PAGE = "/administration/courriers/"


@pytest.fixture
def here(servers: None) -> SchoolWorld:
    cache.clear()
    world = school_world(classes=2, pupils=1)
    world.school.class_year = world.school.running_year = world.classes[0].school_class.year
    world.school.save()
    return world


@pytest.fixture
def fresh(here: SchoolWorld) -> User:
    child = pupil_in(here.classes[0].school_class, first_name="Suzanne", last_name="Abadi", activated=False)
    relative_of(child, first_name="Awa", last_name="Abadi", activated=False, email="awa@exemple.fr")
    return child


@pytest.fixture
def director(here: SchoolWorld, as_person: Any) -> Client:
    client: Client = as_person(here.director)
    return client


def test_the_page_counts_letters_and_who_is_awaited(director: Client, fresh: User, text_of: Any) -> None:
    shown = text_of(director.get(PAGE))
    assert "dont 2 codes" in shown
    assert "Suzanne Abadi" in shown
    assert "Écrire à 1 personne" in shown


def test_filters_stay_in_the_address(director: Client, here: SchoolWorld, fresh: User, text_of: Any) -> None:
    other = here.classes[1]
    shown = text_of(director.get(PAGE, {"profil": "eleves", "classe": str(other.school_class.uuid)}))
    assert "1 courrier, dont 0 code" in shown
    assert f"profil=eleves&amp;classe={other.school_class.uuid}" in shown
    assert "2 courriers" in text_of(director.get(PAGE, {"nouveaux": "1"}))
    assert director.get(PAGE, {"profil": "x", "classe": "x", "nouveaux": "x"}).status_code == 200


def test_accounts_chosen_in_the_list_are_posted(
    director: Client, here: SchoolWorld, fresh: User, text_of: Any
) -> None:
    stranger = school_world(classes=1).classes[0].pupils[0]
    both = f"{fresh.uuid},{stranger.uuid}"
    for shown in (
        text_of(director.post(PAGE, {"personnes": both})),
        text_of(director.post(PAGE, {"choisi": [str(fresh.uuid), str(stranger.uuid)], "profil": "TEACHER"})),
        text_of(director.get(PAGE, {"personnes": both})),
    ):
        assert "1 courrier, dont 1 code" in shown
        assert "1 compte choisi n’a pas de courrier" in shown
        assert stranger.last_name not in shown
    assert not Job.objects.exists()


def test_printing_leads_to_a_file_for_whoever_asked_alone(
    director: Client, here: SchoolWorld, fresh: User, as_person: Any, text_of: Any
) -> None:
    started = director.post(f"{PAGE}imprimer/", {"layout": "slips", "personnes": str(fresh.uuid)})
    job = Job.objects.get(name=letters_job.NAME)
    assert started["Location"] == f"{PAGE}{job.uuid}/"
    assert "En attente" in text_of(director.get(started["Location"]))
    letters_job.draw_letters.task(str(job.uuid))
    assert "Télécharger le PDF" in text_of(director.get(started["Location"]))
    file = director.get(f"{PAGE}{job.uuid}/fichier/")
    assert file.content.startswith(b"%PDF")
    assert "no-store" in file["Cache-Control"]
    deputy = teacher_at(here.school)
    AdministratorFactory(person=deputy, school=here.school)
    other = as_person(deputy)
    for address in (
        f"{PAGE}{job.uuid}/",
        f"{PAGE}{job.uuid}/fichier/",
        f"/api/v1/administration/letters/{job.uuid}/file/",
    ):
        assert other.get(address).status_code == 404


def test_a_layout_that_is_none_starts_nothing(director: Client) -> None:
    assert director.post(f"{PAGE}imprimer/", {"layout": "poster"}).status_code == 404
    assert not Job.objects.exists()


def test_another_school_is_nowhere(director: Client, fresh: User) -> None:
    elsewhere = school_world(classes=1)
    assert director.get(PAGE, {"ecole": str(elsewhere.school.uuid)}).status_code == 404
    api = f"/api/v1/administration/letters/{elsewhere.school.uuid}/"
    assert director.get(api).status_code == 404
    for act in ("print", "mail"):
        assert director.post(f"{api}{act}/", {}, content_type="application/json").status_code == 404


def test_the_api_says_and_does_what_the_page_does(director: Client, here: SchoolWorld, fresh: User) -> None:
    api = f"/api/v1/administration/letters/{here.school.uuid}/"
    told = director.get(api, {"profiles": ["PUPIL"], "only_new": "true"}).json()
    assert (told["letters"], told["classes"][0]["new"][0]["uuid"]) == (1, str(fresh.uuid))
    asked = {"people": [str(fresh.uuid)], "layout": "page"}
    answer = director.post(f"{api}print/", asked, content_type="application/json")
    assert answer.status_code == 202
    letters_job.draw_letters.task(answer.json()["job"])
    file = director.get(f"/api/v1/administration/letters/{answer.json()['job']}/file/")
    assert file["Content-Type"] == "application/pdf"
    assert director.post(f"{api}mail/", {}, content_type="application/json").json() == {"sent": 1}
    assert director.post(f"{api}mail/", {}, content_type="application/json").json() == {"sent": 0}
