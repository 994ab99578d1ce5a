"""The doors: adults', pupils', the first time, the way out."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts import codes
from accounts.models import User
from tests.accounts.factories import PASSWORD, PersonFactory
from tests.directory.factories import BlockFactory
from tests.directory.worlds import pupil_in, school_world

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent.parent / "cases" / "logins"
TYPED = json.loads((CASES / "typed.json").read_text(encoding="utf-8"))
WORD = "L’identifiant ou le mot de passe ne correspond pas."


def sign_in(client: Client, login: str, password: str, **more: str):
    return client.post("/connexion/", {"username": login, "password": password, **more})


@pytest.fixture
def zoe() -> User:
    return PersonFactory(relative=True, activated=True, first_name="Zoé", last_name="Béranger")


@pytest.mark.parametrize("typed", TYPED["accepted"])
def test_each_way_of_typing_a_login_signs_in(client: Client, zoe: User, typed: str) -> None:
    answer = sign_in(client, typed, PASSWORD)
    assert answer.status_code == 302
    assert client.session[SESSION_KEY] == str(zoe.pk)


@pytest.mark.parametrize("typed", TYPED["refused"])
def test_what_is_no_login_gets_the_ordinary_word(client: Client, zoe: User, typed: str) -> None:
    answer = sign_in(client, typed, PASSWORD)
    assert SESSION_KEY not in client.session
    assert answer.status_code == 200
    assert WORD in answer.content.decode()


def plain(html: str) -> str:
    """A page without what differs at each answer."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=|X-CSRFToken": )"[^"]*"', "", html)


def test_a_wrong_password_and_an_unknown_login_answer_the_same(client: Client, zoe: User) -> None:
    PersonFactory(relative=True, first_name="Noé", last_name="Jamais")
    pages = [
        sign_in(client, login, "pas celui-là").content.decode()
        for login in ("zoe.beranger", "noe.jamais", "personne.inconnue")
    ]
    bare = [
        re.sub(r'value="(zoe\.beranger|noe\.jamais|personne\.inconnue)"', "", plain(page)) for page in pages
    ]
    assert WORD in pages[0]
    assert bare[0] == bare[1] == bare[2]


def test_whoever_was_going_somewhere_gets_there_but_not_elsewhere(client: Client, zoe: User) -> None:
    assert sign_in(client, "zoe.beranger", PASSWORD, next="/annuaire/").url == "/annuaire/"
    assert sign_in(Client(), "zoe.beranger", PASSWORD, next="https://mal.example/").url == "/"


def test_a_page_asks_to_sign_in_and_remembers_where(client: Client, db: None) -> None:
    answer = client.get("/mon-compte/")
    assert answer.url == "/connexion/?next=/mon-compte/"


def test_a_part_asks_the_whole_page_to_sign_in(client: Client, db: None) -> None:
    answer = client.get(
        "/mon-compte/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/annuaire/?q=zoe"},
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/connexion/?next=/annuaire/%3Fq%3Dzoe"


def test_signing_out_closes_the_session_by_post_alone(client: Client, zoe: User) -> None:
    client.force_login(zoe)
    assert client.get("/deconnexion/").status_code == 405
    assert client.post("/deconnexion/").url == "/connexion/"
    assert SESSION_KEY not in client.session


def test_a_pupil_signs_in_by_the_big_door_for_the_time_of_the_browser(client: Client) -> None:
    pupil = pupil_in(school_world().classes[0].school_class)
    answer = client.post("/connexion/eleve/", {"username": pupil.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.session.get_expire_at_browser_close()


def test_a_pupil_is_refused_in_a_pupils_words(client: Client, db: None) -> None:
    answer = client.post("/connexion/eleve/", {"username": "lina", "password": "solei"})
    assert "Regarde ta carte et essaie encore." in answer.content.decode()


def test_a_class_of_thirty_gets_in_from_one_address_in_five_minutes(db: None) -> None:
    pupils = [PersonFactory(pupil=True, activated=True) for _ in range(30)]
    for number, pupil in enumerate(pupils):
        if number % 3 == 0:
            sign_in(Client(), pupil.username, "solei")
    for pupil in pupils:
        assert sign_in(Client(), pupil.username, PASSWORD).status_code == 302, pupil.username


def test_a_guesser_is_told_to_wait_even_with_the_right_password(client: Client, zoe: User) -> None:
    for _ in range(6):
        sign_in(client, "zoe.beranger", "pas celui-là")
    answer = sign_in(client, "zoe.beranger", PASSWORD)
    assert answer.status_code == 429
    assert "Il y a eu trop d’essais." in answer.content.decode()
    assert SESSION_KEY not in client.session


def test_whoever_is_unknown_is_slowed_down_alike(client: Client, db: None) -> None:
    for _ in range(6):
        sign_in(client, "personne.inconnue", "essai")
    assert sign_in(client, "personne.inconnue", "essai").status_code == 429


def test_a_code_then_a_password_and_the_charter_open_an_account(client: Client, db: None) -> None:
    person = PersonFactory(relative=True)
    code = codes.printed(codes.code_of(person.uuid, 0))
    answer = client.post("/connexion/activation/", {"username": person.username, "code": code.lower()})
    assert answer.url == "/connexion/activation/mot-de-passe/"
    assert SESSION_KEY not in client.session
    missing = client.post(answer.url, {"password": "un velo bleu"})
    assert "Il faut accepter la charte" in missing.content.decode()
    assert client.post(answer.url, {"password": "un velo bleu", "charter": "on"}).url == "/"
    person.refresh_from_db()
    assert client.session[SESSION_KEY] == str(person.pk)
    assert person.activated_at is not None
    assert person.charter_accepted_at is not None
    assert sign_in(Client(), person.username, "un velo bleu").status_code == 302


def test_a_code_typed_as_a_password_opens_the_first_time_too(client: Client, db: None) -> None:
    person = PersonFactory(pupil=True)
    answer = sign_in(client, person.username, codes.code_of(person.uuid, 0))
    assert answer.url == "/connexion/activation/mot-de-passe/"
    page = client.get(answer.url).content.decode()
    assert "Choisis ton mot de passe" in page


def test_a_code_serves_once(client: Client, db: None) -> None:
    person = PersonFactory(relative=True)
    given = {"username": person.username, "code": codes.code_of(person.uuid, 0)}
    url = client.post("/connexion/activation/", given).url
    client.post(url, {"password": "un velo bleu", "charter": "on"})
    again = Client().post("/connexion/activation/", given)
    assert "ce code a déjà servi" in again.content.decode()


def test_a_code_renewed_meanwhile_opens_nothing(client: Client, db: None) -> None:
    person = PersonFactory(relative=True)
    url = client.post(
        "/connexion/activation/", {"username": person.username, "code": codes.code_of(person.uuid, 0)}
    ).url
    User.objects.filter(pk=person.pk).update(code_counter=1)
    assert client.post(url, {"password": "un velo bleu", "charter": "on"}).url == "/connexion/activation/"
    assert SESSION_KEY not in client.session


def test_a_weak_password_is_refused_with_its_reason(client: Client, db: None) -> None:
    person = PersonFactory(teacher=True)
    url = sign_in(client, person.username, codes.code_of(person.uuid, 0)).url
    answer = client.post(url, {"password": "craie", "charter": "on"})
    assert "Au moins 12 caractères" in answer.content.decode()
    person.refresh_from_db()
    assert person.activated_at is None


def test_whoever_is_blocked_learns_why_once_they_proved_who_they_are(client: Client, zoe: User) -> None:
    BlockFactory(person=zoe, message="Passez au bureau.")
    wrong = sign_in(client, "zoe.beranger", "pas celui-là")
    assert WORD in wrong.content.decode()
    right = sign_in(client, "zoe.beranger", PASSWORD)
    assert right.status_code == 403
    assert "Passez au bureau." in right.content.decode()
    assert SESSION_KEY not in client.session


def test_pages_of_whoever_is_signed_in_are_kept_by_no_cache(client: Client, zoe: User) -> None:
    client.force_login(zoe)
    assert "no-store" in client.get("/mon-compte/")["Cache-Control"]
    assert "no-store" in client.get("/accessibilite/")["Cache-Control"]
    assert "no-store" not in Client().get("/accessibilite/").get("Cache-Control", "")


def test_a_pupil_kept_out_is_told_as_a_pupil(client: Client) -> None:
    pupil = pupil_in(school_world().classes[0].school_class)
    BlockFactory(person=pupil)
    answer = client.post("/connexion/eleve/", {"username": pupil.username, "password": PASSWORD})
    page = answer.content.decode()
    assert "Ton espace est fermé" in page
    assert "vous" not in page.lower().replace("rendez-vous", "").split("<footer")[0].split("<main")[1]
