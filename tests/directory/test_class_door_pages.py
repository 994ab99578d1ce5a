"""The door of a class in a browser: the pupil's pages, the teacher's, and whoever knocks who should not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from core import clock
from directory import class_sheet as rules
from directory.models import ClassAttachment, ClassSheet, SheetPictures
from directory.services import class_sheet as service
from sharing.models import Grant, Resource
from tests.accounts.factories import PASSWORD
from tests.directory.worlds import ClassWorld, SchoolWorld, school_world
from tests.sharing.factories import ResourceFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def here(servers: None, at: Callable[[Any], None]) -> SchoolWorld:
    cache.clear()
    at(MONDAY)
    world = school_world(classes=2)
    world.school.class_year = world.school.running_year = world.classes[0].school_class.year
    world.school.save()
    return world


@pytest.fixture
def mine(here: SchoolWorld) -> ClassWorld:
    return here.classes[0]


@pytest.fixture
def sheet(mine: ClassWorld) -> ClassSheet:
    return service.open_sheet(by=mine.teacher, school_class=mine.school_class)


def door(sheet: ClassSheet, pupil: User | None = None) -> str:
    address = f"/connexion/classe/{rules.link_of(sheet.uuid, sheet.counter)}/"
    return f"{address}{pupil.uuid}/" if pupil else address


def page(mine: ClassWorld, *more: str) -> str:
    return "/".join([f"/annuaire/classe/{mine.school_class.uuid}/connexion", *more, ""])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def entered(mine: ClassWorld, sheet: ClassSheet, pupil: User) -> Client:
    """A browser in which the pupil touched their three pictures."""
    given = service.give_pictures(by=mine.teacher, sheet=sheet, pupils=[pupil])[pupil.pk]
    client, chosen = Client(), ""
    for picture in given:
        answer = client.post(door(sheet, pupil), {"chosen": chosen, "picture": picture.value})
        chosen = f"{chosen} {picture.value}".strip()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    return client


def test_a_pupil_touches_their_name_then_three_pictures(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil, other = mine.pupils
    client = entered(mine, sheet, pupil)
    assert client.session[SESSION_KEY] == str(pupil.pk)
    shown = Client().get(door(sheet)).content.decode()
    assert pupil.first_name in shown
    # Who has no pictures is not behind the door.
    assert str(other.uuid) not in shown
    assert pupil.last_name not in shown
    assert pupil.username not in shown


def test_two_of_one_first_name_are_told_apart(mine: ClassWorld, sheet: ClassSheet) -> None:
    for pupil, name in zip(mine.pupils, ("Béranger", "Morel"), strict=True):
        User.objects.filter(pk=pupil.pk).update(first_name="Zoé", last_name=name)
    service.give_pictures(by=mine.teacher, sheet=sheet, pupils=mine.pupils)
    shown = Client().get(door(sheet)).content.decode()
    assert "Zoé B." in shown
    assert "Zoé M." in shown


def test_wrong_pictures_begin_again_with_a_word_for_a_child(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil = mine.pupils[0]
    service.give_pictures(by=mine.teacher, sheet=sheet, pupils=[pupil])
    client = Client()
    answer = client.post(door(sheet, pupil), {"chosen": "cat cat", "picture": "cat"})
    assert answer.status_code == 200
    assert "Ce ne sont pas tes images" in answer.content.decode()
    assert SESSION_KEY not in client.session
    for odd in (
        {"chosen": "cat dragon", "picture": "x"},
        {"chosen": "cat " * 500},
        {"picture": "\ufffe"},
        {},
    ):
        assert client.post(door(sheet, pupil), odd).status_code == 200
    assert SESSION_KEY not in client.session


def test_too_many_tries_are_answered_by_waiting(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil = mine.pupils[0]
    service.give_pictures(by=mine.teacher, sheet=sheet, pupils=[pupil])
    for _ in range(7):
        answer = Client().post(door(sheet, pupil), {"chosen": "cat cat", "picture": "cat"})
    assert answer.status_code == 429
    assert "Attends un peu" in answer.content.decode()


def test_a_stranger_an_old_link_and_a_closed_door_are_one_page(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet
) -> None:
    pupil, stranger = mine.pupils[0], here.classes[1].pupils[0]
    service.give_pictures(by=mine.teacher, sheet=sheet, pupils=[pupil])
    former = door(sheet), door(sheet, pupil)
    refused = [door(sheet, stranger), door(sheet, mine.pupils[1]), "/connexion/classe/CDFGHJKMNPQR/"]
    service.renew_link(by=mine.teacher, sheet=sheet)
    said = {
        re.search(r'<div class="ct-pupilcard">.*?</main>', Client().get(a).content.decode(), re.DOTALL)[0]  # type: ignore[index]
        for a in (*former, *refused)
    }
    # The footer's link back names the page asked.
    pages = {re.sub(r"/connexion/classe/[^\"]*|value=\"[^\"]{64}\"", "", page) for page in said}
    assert len(pages) == 1
    assert all(Client().get(address).status_code == 404 for address in (*former, *refused))
    fresh = ClassSheet.objects.get()
    assert Client().get(door(fresh)).status_code == 200
    with clock.at(MONDAY + timedelta(hours=12)):
        assert Client().get(door(fresh)).status_code == 404
    assert Client().post(door(fresh, stranger), {"chosen": "cat cat", "picture": "cat"}).status_code == 404


def test_whoever_tries_links_finds_a_wall(mine: ClassWorld, sheet: ClassSheet) -> None:
    for n in range(40):
        Client().get(f"/connexion/classe/CDFGHJKM{n:04d}/")
    assert Client().get(door(sheet)).status_code == 404
    assert Client(REMOTE_ADDR="192.0.2.9").get(door(sheet)).status_code == 200


def test_such_a_session_changes_no_password_mail_session_or_share(
    mine: ClassWorld, sheet: ClassSheet
) -> None:
    pupil = mine.pupils[0]
    before = User.objects.get(pk=pupil.pk)
    client = entered(mine, sheet, pupil)
    resource = ResourceFactory(owner=pupil, title="Mon dessin")
    thrown = ResourceFactory(owner=pupil, kind="file", trashed=True)
    given = {"present": PASSWORD, "password": "un velo bleu"}
    assert client.get("/").status_code == 200
    client.post("/mon-compte/mot-de-passe/", given)
    client.post("/mon-compte/courriel/", {"email": "a@exemple.fr"})
    client.post("/mon-compte/sessions/")
    client.post("/documents/supprimer-definitivement/", {"tout": "1", "sur": "1"})
    client.post(
        f"/partage/{resource.uuid}/donner/", {"recipient": f"person:{mine.pupils[1].uuid}", "role": "1"}
    )
    api = {"content_type": "application/json"}
    share = {"persons": [str(mine.pupils[1].uuid)], "role": 1}
    for answer in (
        client.post("/api/v1/me/password/", given, **api),
        client.delete("/api/v1/me/sessions/"),
        client.post(f"/api/v1/resources/{resource.uuid}/grants/", share, **api),
        client.post("/api/v1/favourites/", {"name": "Mes copains"}, **api),
    ):
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:cartable:low-assurance"
        assert "mot de passe" in answer.json()["title"]
    after = User.objects.get(pk=pupil.pk)
    assert (after.password, after.session_epoch, after.own_email) == (
        before.password,
        before.session_epoch,
        before.own_email,
    )
    assert not Grant.objects.filter(resource=resource).exists()
    assert Resource.objects.filter(pk=thrown.pk).exists()


def test_a_session_by_password_does_all_that(mine: ClassWorld) -> None:
    pupil = mine.pupils[0]
    client = signed_in(pupil)
    given = {"present": PASSWORD, "password": "un velo bleu"}
    assert client.post("/api/v1/me/password/", given, content_type="application/json").status_code == 204


@pytest.mark.parametrize("how", ["evening", "closed", "renewed", "left", "turned"])
def test_such_a_session_ends_with_its_day_and_its_door(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet, at: Callable[[Any], None], how: str
) -> None:
    pupil = mine.pupils[0]
    client, by_password = entered(mine, sheet, pupil), signed_in(pupil)
    assert client.get("/annuaire/").status_code == 200
    match how:
        case "evening":
            at(datetime(2026, 10, 5, 17, 1, tzinfo=UTC))
        case "closed":
            service.close_sheet(by=mine.teacher, sheet=sheet)
        case "renewed":
            service.renew_link(by=mine.teacher, sheet=sheet)
        case "left":
            ClassAttachment.objects.filter(person=pupil).update(ended_on=clock.today())
        case _:
            here.school.class_year = here.school.running_year = here.school.class_year + 1
            here.school.save()
    answer = client.get("/annuaire/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/connexion/")
    assert client.get("/api/v1/me/").status_code == 403
    assert by_password.get("/").status_code == 200


def test_a_teacher_opens_gives_prints_and_closes(mine: ClassWorld) -> None:
    client = signed_in(mine.teacher)
    assert client.get(page(mine)).status_code == 200
    client.post(page(mine, "porte"), {"act": "open"})
    sheet = ClassSheet.objects.get()
    shown = client.get(page(mine)).content.decode()
    assert rules.printed(rules.link_of(sheet.uuid, 0)) in shown
    given = client.post(page(mine, "donner"), {"what": "pictures", "all": "1"})
    assert SheetPictures.objects.count() == len(mine.pupils)
    sealed = re.search(r'name="cards" value="([^"]+)"', given.content.decode())
    assert sealed is not None
    drawn = client.post(page(mine, "cartes"), {"cards": sealed[1]})
    assert drawn.content.startswith(b"%PDF")
    chosen = client.post(
        page(mine, "images", str(mine.pupils[0].uuid)), {"chosen": "cat sun key", "keep": "1"}
    )
    assert "chat" in chosen.content.decode()
    client.post(page(mine, "porte"), {"act": "hours", "hours": "always"})
    client.post(page(mine, "porte"), {"act": "renew"})
    sheet.refresh_from_db()
    assert (sheet.by_day, sheet.counter) == (False, 1)
    client.post(page(mine, "porte"), {"act": "close"})
    assert not ClassSheet.objects.filter(closed_at__isnull=True).exists()


def test_passwords_are_shown_once_and_printed_by_their_teacher_alone(
    here: SchoolWorld, mine: ClassWorld
) -> None:
    client = signed_in(mine.teacher)
    answer = client.post(page(mine, "donner"), {"what": "passwords", "pupil": str(mine.pupils[0].uuid)})
    shown = answer.content.decode()
    password = re.search(r"<b>([a-z]+-[a-z]+-\d\d)</b>", shown)
    assert password is not None
    assert "no-store" in answer["Cache-Control"]
    assert password[1] not in client.get(page(mine)).content.decode()
    sealed = re.search(r'name="cards" value="([^"]+)"', shown)
    assert sealed is not None
    theirs = here.classes[1]
    other = signed_in(theirs.teacher)
    assert other.post(page(theirs, "cartes"), {"cards": sealed[1]}).status_code == 302
    assert client.post(page(mine, "cartes"), {"cards": sealed[1]})["Content-Type"] == "application/pdf"
    assert client.post(page(mine, "cartes"), {"cards": "x" + sealed[1]}).status_code == 302


def test_another_class_and_another_s_pupil_do_not_exist(here: SchoolWorld, mine: ClassWorld) -> None:
    stranger = here.classes[1].pupils[0]
    client = signed_in(mine.teacher)
    before = User.objects.get(pk=stranger.pk).password
    for given in ({"pupil": str(stranger.uuid)}, {"pupil": [str(mine.pupils[0].uuid), str(stranger.uuid)]}):
        assert client.post(page(mine, "donner"), {"what": "passwords"} | given).status_code == 404
    assert client.get(page(here.classes[1])).status_code == 404
    assert client.post(page(here.classes[1], "porte"), {"act": "open"}).status_code == 404
    api = f"/api/v1/taught-classes/{mine.school_class.uuid}/passwords/"
    given = {"pupils": [str(stranger.uuid)]}
    assert client.post(api, given, content_type="application/json").status_code == 400
    assert User.objects.get(pk=stranger.pk).password == before


def test_the_api_does_what_the_page_does(mine: ClassWorld) -> None:
    client = signed_in(mine.teacher)
    root, api = f"/api/v1/taught-classes/{mine.school_class.uuid}/", {"content_type": "application/json"}
    assert client.get("/api/v1/taught-classes/").json()["results"][0]["label"] == mine.school_class.label
    assert client.get(root).json()["sheet"] is None
    opened = client.post(f"{root}sheet/", {}, **api)
    assert opened.status_code == 201
    assert client.patch(f"{root}sheet/", {"by_day": False}, **api).json()["by_day"] is False
    assert client.post(f"{root}sheet/link/").json()["address"] != opened.json()["address"]
    cards = client.post(f"{root}pictures/", {}, **api).json()
    assert [len(card["pictures"]) for card in cards] == [3, 3]
    one = {"pupils": [str(mine.pupils[0].uuid)], "pictures": ["cat", "sun", "key"]}
    assert client.post(f"{root}pictures/", one, **api).json()[0]["pictures"] == ["cat", "sun", "key"]
    assert client.post(f"{root}pictures/", {"pictures": ["cat", "sun", "key"]}, **api).status_code == 400
    assert len(client.post(f"{root}passwords/", {}, **api).json()) == 2
    assert all(pupil["pictures"] for pupil in client.get(root).json()["pupils"])
    assert client.delete(f"{root}sheet/").status_code == 204
    assert client.post(f"{root}pictures/", {}, **api).status_code == 404
