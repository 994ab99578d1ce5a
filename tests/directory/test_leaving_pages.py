"""The way out, as its person and those around them see it: pages, mails, console, API."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.enums import Profile
from accounts.models import Takeout, User
from accounts.sessions import ASSURANCE
from core import clock
from core.jobs import JobKind
from directory import mails
from directory.enums import TieLimit
from directory.leaving_notices import notices_of
from directory.leaving_panel import _may_concern
from directory.models import TieRestriction
from tests.accounts.factories import PersonFactory
from tests.directory.factories import GuardianshipFactory
from tests.directory.routes_leaving import archive_of
from tests.directory.worlds import SchoolWorld, relative_of, school_world
from tests.documents import factories as files

pytestmark = pytest.mark.django_db
JSON = "application/json"
NOON = "2026-10-20T10:00:00+00:00"
LEFT = date(2026, 10, 1)  # told on the 16th, closed on the 31st, deleted on 30 December
LEAVING, TAKEOUT = "/mon-compte/depart/", "/mon-compte/contenus/"
MY_LEAVING, MY_TAKEOUT = "/api/v1/me/leaving/", "/api/v1/me/takeout/"


@pytest.fixture(autouse=True)
def _here(settings: Any, tmp_path: Path, at: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    monkeypatch.setattr(JobKind, "send", lambda self, job: None)
    at(datetime.fromisoformat(NOON))


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


def away(person: User, *, closed: bool = False) -> User:
    since, gone = (date(2026, 9, 11), date(2026, 10, 11)) if closed else (LEFT, None)
    User.objects.filter(pk=person.pk).update(absent_since=since, pre_deleted_on=gone)
    person.refresh_from_db()
    return person


def client_of(person: User, *, low: bool = False) -> Client:
    client = Client()
    client.force_login(person)
    if low:
        session = client.session
        session[ASSURANCE] = "low"
        session.save()
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.text.replace("\xa0", " ").replace("&nbsp;", " ")


def test_the_absent_read_the_days_in_the_page_at_home_and_in_their_account(world: SchoolWorld) -> None:
    teacher = client_of(away(world.classes[0].teacher))
    page = text(teacher, LEAVING)
    for told in ("1er octobre 2026", "30 octobre 2026", "31 octobre 2026", "30 décembre 2026"):
        assert told in page
    assert "Votre compte va bientôt fermer" in text(teacher, "/")
    assert "Votre compte va être fermé" in text(teacher, "/mon-compte/")


def test_nobody_is_told_before_their_day(world: SchoolWorld) -> None:
    pupil, relative = world.classes[0].pupils[0], world.classes[0].relatives[0]
    User.objects.filter(pk=pupil.pk).update(absent_since=date(2026, 10, 10))
    for person in (pupil, relative):
        assert "bientôt fermer" not in text(client_of(person), "/")


def test_a_child_is_told_in_their_words_and_their_legal_relatives_in_theirs(world: SchoolWorld) -> None:
    pupil, relative = away(world.classes[0].pupils[0]), world.classes[0].relatives[0]
    page = text(client_of(pupil), LEAVING)
    assert "Tu n’es plus dans cette école" in page
    assert "vous" not in page.split("<main")[1].split("<footer")[0].casefold()
    home = text(client_of(relative), "/")
    assert f"Le compte de {pupil.first_name}" in home or f"Le compte d’{pupil.first_name}" in home
    assert "Votre compte" not in home


def test_the_home_of_others_asks_nothing_more(world: SchoolWorld, django_assert_num_queries: Any) -> None:
    request = type("Request", (), {"user": world.director})()
    with django_assert_num_queries(0):
        assert not _may_concern(request)


def test_mails_go_to_those_who_have_an_address_each_once(world: SchoolWorld) -> None:
    pupil, relative = away(world.classes[0].pupils[0]), away(world.classes[0].relatives[0])
    other = relative_of(pupil, own_email="autre@exemple.fr")
    sibling = away(PersonFactory(pupil=True, activated=True, first_name="Élise"))
    GuardianshipFactory(relative=relative, pupil=sibling)
    not_legal = PersonFactory(relative=True, activated=True, own_email="voisin@exemple.fr")
    GuardianshipFactory(relative=not_legal, pupil=pupil, legal=False)
    limited = relative_of(pupil, own_email="limite@exemple.fr")
    TieRestriction.objects.create(
        relative=limited, pupil=pupil, limit=TieLimit.LIMITED, by=world.director.uuid, since=clock.now()
    )
    User.objects.filter(pk=relative.pk).update(own_email="mere@exemple.fr")
    leavers = User.objects.filter(absent_since__isnull=False)
    assert mails.tell_leaving(leavers) == 2
    sent = {each.to[0]: each for each in mail.outbox}
    assert set(sent) == {"mere@exemple.fr", "autre@exemple.fr"}
    hers, his = sent["mere@exemple.fr"].body, sent["autre@exemple.fr"].body
    assert "vous connectez comme avant" in hers
    assert "Le compte d’Élise" in hers
    assert pupil.first_name in hers
    assert "vous connectez comme avant" not in his
    assert "Élise" not in his
    for body in (hers, his):
        assert "31 octobre 2026" in body
        assert "30 décembre 2026" in body
    assert sent["autre@exemple.fr"].subject.startswith("Le compte Cartable d")
    assert other.pk in {notice.person.pk for notice in notices_of(leavers)}


def test_mails_take_as_many_queries_for_one_as_for_many(
    world: SchoolWorld, django_assert_num_queries: Any
) -> None:
    room = world.classes[0]
    for pupil in room.pupils:
        away(pupil)
    one = list(User.objects.filter(pk=room.pupils[0].pk))
    many = list(User.objects.filter(absent_since__isnull=False))
    for people in (one, many):
        with django_assert_num_queries(3):
            notices_of(people)


def test_the_pre_deleted_keep_their_way_out_and_no_other_door(world: SchoolWorld) -> None:
    person = away(world.classes[0].teacher, closed=True)
    here = client_of(person)
    for address in (LEAVING, TAKEOUT, MY_LEAVING):
        assert here.get(address).status_code == 200
    assert here.get("/messagerie/").url == LEAVING
    assert here.get("/api/v1/me/").status_code == 403
    assert here.post("/mon-compte/contenus/preparer/").url == TAKEOUT
    assert "L’archive se prépare" in text(here, TAKEOUT)
    assert here.post("/mon-compte/depart/choix/", {"reste": "non"}).url == LEAVING
    assert User.objects.get(pk=person.pk).objected_at is not None


def test_the_choice_is_said_in_the_page_until_it_changes(world: SchoolWorld) -> None:
    person = world.classes[0].teacher
    files.share(files.file(person, "plan.txt"), world.director)
    here = client_of(away(person))
    assert "1 fichier" in text(here, LEAVING)
    for word, checked in (("non", "reste-non"), ("oui", "reste-oui")):
        here.post("/mon-compte/depart/choix/", {"reste": word})
        assert f'id="{checked}" checked' in text(here, LEAVING)
    here.post("/mon-compte/depart/choix/", {"reste": "autre"})
    assert "Choisissez une réponse" in text(here, LEAVING)


def test_an_archive_is_its_persons_alone(world: SchoolWorld) -> None:
    mine, other = world.classes[0].teacher, world.director
    archive = archive_of(mine)
    for address in (f"{TAKEOUT}{archive.uuid}/", f"{MY_TAKEOUT}{archive.uuid}/"):
        answer = client_of(mine).get(address)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith("attachment")
        assert client_of(other).get(address).status_code == 404
        with clock.at(timedelta(days=8)):
            assert client_of(mine).get(address).status_code in {302, 403, 404}


def test_a_pupil_who_came_in_by_pictures_takes_nothing(world: SchoolWorld) -> None:
    pupil = away(world.classes[0].pupils[0])
    archive = archive_of(pupil)
    low = client_of(pupil, low=True)
    assert "ton mot de passe" in text(low, TAKEOUT)
    assert low.get(f"{TAKEOUT}{archive.uuid}/").url == TAKEOUT
    assert low.get(f"{MY_TAKEOUT}{archive.uuid}/").status_code == 403
    assert low.post(MY_TAKEOUT).status_code == 403
    low.post("/mon-compte/contenus/preparer/")
    low.post("/mon-compte/depart/choix/", {"reste": "non"})
    assert Takeout.objects.count() == 1
    assert User.objects.get(pk=pupil.pk).objected_at is None


def test_the_api_says_and_does_the_same(world: SchoolWorld) -> None:
    here = client_of(away(world.classes[0].teacher))
    told = here.get(MY_LEAVING).json()
    assert told["leaving"] == here.get("/api/v1/me/").json()["leaving"] == {
        "absent_since": "2026-10-01", "told_from": "2026-10-16", "pre_deleted_on": "2026-10-31",
        "deleted_on": "2026-12-30", "closed": False, "objected": False,
    }  # fmt: skip
    changed = here.post(MY_LEAVING, json.dumps({"stays": False}), content_type=JSON)
    assert changed.json()["leaving"]["objected"] is True
    assert here.get(MY_TAKEOUT).status_code == 404
    assert here.post(MY_TAKEOUT).json()["state"] == "making"
    assert here.post(MY_TAKEOUT).status_code == 202
    assert here.get(MY_TAKEOUT).json()["state"] == "making"
    assert Takeout.objects.count() == 1
    stays = client_of(world.director)
    assert stays.get(MY_LEAVING).json() == {"leaving": None, "left": []}
    assert stays.post(MY_LEAVING, json.dumps({"stays": True}), content_type=JSON).status_code == 409


def test_the_console_says_the_same_days(world: SchoolWorld) -> None:
    person = away(world.classes[0].pupils[0])
    User.objects.filter(pk=person.pk).update(leaving_told_on=date(2026, 10, 16), objected_at=clock.now())
    director = client_of(world.director)
    card = text(director, f"/administration/utilisateurs/{person.uuid}/")
    for told in ("1er octobre 2026", "16 octobre 2026", "31 octobre 2026", "30 décembre 2026"):
        assert told in card
    assert "à supprimer avec le compte" in card
    api = director.get(f"/api/v1/administration/people/{person.uuid}/").json()
    assert api["leaving"]["deleted_on"] == "2026-12-30"
    assert person.profile == Profile.PUPIL


def test_following_the_archive_swaps_the_part_that_the_page_shows(world: SchoolWorld) -> None:
    here = client_of(world.classes[0].teacher)
    here.post("/mon-compte/contenus/preparer/")
    part = here.get(TAKEOUT, headers={"HX-Request": "true"}).text
    assert part.strip().startswith('<div id="archive" hx-get=')
    assert "<html" not in part
