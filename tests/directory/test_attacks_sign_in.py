"""An adversary at the doors: odd words, other people's mails, waits turned against their owner."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client

from accounts import codes, links
from accounts.models import User
from accounts.services import own_email
from accounts.services.renew_code import renew_codes
from directory import mails
from tests.accounts.factories import PASSWORD, PersonFactory
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db

SCHOOL = "192.0.2.8"
NEW = "un velo bleu sous la pluie"


@pytest.fixture
def zoe() -> User:
    return PersonFactory(
        relative=True, activated=True, first_name="Zoé", last_name="Béranger", email="mike@exemple.fr"
    )


def sign_in(client: Client, login: str, password: str, **more: Any) -> Any:
    return client.post("/connexion/", {"username": login, "password": password, **more}, REMOTE_ADDR=SCHOOL)


@pytest.mark.parametrize(
    "place",
    [
        "foo",
        "annuaire:index",
        "healthz",
        "a b",
        "//mal.example/",
        "\\\\mal.example/",
        "/\\mal.example",
        "http:mal.example",
        "javascript:alert(1)",
        "https://testserver@mal.example/",
        " //mal.example",
        "/\t/mal.example",
        "///mal.example",
        "/" * 5000,
    ],
)
def test_whatever_next_says_one_stays_on_the_site(client: Client, zoe: User, place: str) -> None:
    for address in ("/connexion/", "/apparence/"):
        sent = {"username": "zoe.beranger", "password": PASSWORD, "next": place, "theme": "dark"}
        answer = Client(raise_request_exception=False).post(address, sent)
        assert answer.status_code == 302
        assert re.match(r"/(?![/\\])", answer["Location"])
    assert client.get("/connexion/", {"next": place}).status_code == 200


@pytest.mark.parametrize(
    "login",
    [
        "zoe.beranger\x00",
        "\x00",
        "zoe\u202e.beranger",
        "z" * 100_000,
        "%00",
        "' or 1=1 --",
        "zoe.beranger'; select pg_sleep(5)--",
        "\ufffe\uffff",
        "𝓩𝓸𝓮" * 60,
        "a" + "\u0301" * 150,
    ],
)
@pytest.mark.parametrize("address", ["/connexion/", "/connexion/eleve/", "/connexion/activation/"])
def test_odd_logins_get_a_page_and_nobody_in(zoe: User, login: str, address: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post(address, {"username": login, "password": "faux", "code": "faux"})
    # No browser sends NUL: what does is refused before anything is read.
    assert answer.status_code == (400 if "\x00" in login else 200)
    assert SESSION_KEY not in client.session


def test_letters_that_look_alike_open_the_account_that_is_read_and_no_other(zoe: User) -> None:
    other = PersonFactory(relative=True, activated=True, first_name="Zoe", last_name="Beranqer")
    client = Client()
    sign_in(client, "zoé\u200b.be\u0301ranger\u00a0", PASSWORD)
    assert client.session[SESSION_KEY] == str(zoe.pk)
    assert other.username != zoe.username


@pytest.mark.parametrize("cookie", ['"aaaaaaaa\\000"', "a" * 6000, "é", "../../etc/passwd", '"\\012"'])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "theme", "messages", "cartable_device"])
def test_a_forged_cookie_is_nobodys(zoe: User, name: str, cookie: str) -> None:
    client = Client(raise_request_exception=False)
    headers = {"cookie": f"{name}={cookie}"}
    assert client.get("/connexion/", headers=headers).status_code == 200
    assert client.get("/", headers=headers).status_code == 302
    assert client.get("/api/v1/me/", headers=headers).status_code == 403


def test_a_part_asked_from_nowhere_leads_to_the_door(client: Client) -> None:
    for current in ("http://[", "//mal.example/x", "javascript:alert(1)", "\x00", "x" * 9000):
        told = Client(raise_request_exception=False).get(
            "/annuaire/", headers={"HX-Request": "true", "HX-Current-URL": current}
        )
        assert told.status_code == 204
        assert told["HX-Redirect"].startswith("/connexion/?next=")


def test_a_link_goes_to_the_address_that_is_kept_never_to_the_one_that_was_typed(zoe: User) -> None:
    for typed in ("mıke@exemple.fr", "MIKE@exemple.fr", "mike@exemple.fr"):
        mails.send_password_links(typed)
    assert mail.outbox
    assert {to for message in mail.outbox for to in message.to} == {"mike@exemple.fr"}


def test_a_forged_host_is_in_no_mail(client: Client, zoe: User) -> None:
    client.post("/connexion/mot-de-passe-oublie/", {"email": "mike@exemple.fr"}, HTTP_HOST="mal.example")
    mails.send_password_links("mike@exemple.fr")
    assert mail.outbox
    assert "mal.example" not in mail.outbox[0].body
    assert settings.CARTABLE_URL in mail.outbox[0].body


def test_a_link_is_good_once_and_not_after_any_change(client: Client, zoe: User) -> None:
    first, second = links.password_token(zoe), links.password_token(zoe)
    page = f"/connexion/nouveau-mot-de-passe/{zoe.uuid}/"
    assert client.post(f"{page}{first}/", {"password": NEW}).status_code == 302
    zoe.refresh_from_db()
    assert Client().post(f"{page}{second}/", {"password": NEW + "s"}).status_code == 410
    third = links.password_token(zoe)
    own_email.forget_own_email(by=zoe)
    assert links.password_token_holds(zoe, third)
    User.objects.filter(pk=zoe.pk).update(own_email="a-moi@exemple.fr")
    zoe.refresh_from_db()
    assert not links.password_token_holds(zoe, third), "sent to a mailbox that is no longer theirs"


def test_somebody_elses_link_opens_nothing(client: Client, zoe: User) -> None:
    noe = PersonFactory(relative=True, activated=True)
    token = links.password_token(noe)
    assert client.get(f"/connexion/nouveau-mot-de-passe/{zoe.uuid}/{token}/").status_code == 410


@pytest.mark.parametrize(
    "token", ["x", "0-", "zzzzzzzzzzzzzzzzzzzz-a", "1_0-a", "é-é", "-", "+1-a", "a" * 3000]
)
def test_an_invented_link_is_a_link_too_old(zoe: User, token: str) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(f"/connexion/nouveau-mot-de-passe/{zoe.uuid}/{token}/").status_code == 410
    assert client.post(f"/connexion/courriel/{token}/").status_code == 410


def test_an_address_too_long_to_be_kept_is_refused_when_it_is_asked(client: Client, zoe: User) -> None:
    client.force_login(zoe)
    long = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.{'c' * 60}.fr"
    assert 254 < len(long) <= 320
    assert client.post("/mon-compte/courriel/", {"email": long}).status_code == 200
    asked = client.post("/api/v1/me/email/", {"email": long})
    assert asked.status_code == 400


def test_nobody_floods_a_mailbox_with_confirmations(
    client: Client, zoe: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        "directory.tasks.send_email_confirmation.delay", lambda who, email: sent.append(email)
    )
    client.force_login(zoe)
    for number in range(30):
        client.post("/mon-compte/courriel/", {"email": "victime@exemple.fr"})
        client.post("/api/v1/me/email/", {"email": f"victime{number}@exemple.fr"})
        other = Client()
        other.force_login(PersonFactory(relative=True, activated=True))
        other.post("/mon-compte/courriel/", {"email": "victime@exemple.fr"})
    assert len(sent) <= 10
    assert sent.count("victime@exemple.fr") <= 5


def test_a_code_that_was_renewed_or_used_opens_nothing_more(client: Client) -> None:
    pupil = PersonFactory(pupil=True, first_name="Inès", last_name="Morel")
    former = codes.code_of(pupil.uuid, pupil.code_counter)
    half = Client()
    assert sign_in(half, "ines.morel", former).url == "/connexion/activation/mot-de-passe/"
    renew_codes(people=[pupil], by=None)
    late = half.post("/connexion/activation/mot-de-passe/", {"password": "velo", "charter": "on"})
    assert late.url == "/connexion/activation/"
    assert sign_in(client, "ines.morel", former).status_code == 200
    pupil.refresh_from_db()
    new = codes.code_of(pupil.uuid, pupil.code_counter)
    sign_in(client, "ines.morel", new)
    assert (
        client.post("/connexion/activation/mot-de-passe/", {"password": "velo", "charter": "on"}).status_code
        == 302
    )
    assert SESSION_KEY in client.session
    assert sign_in(Client(), "ines.morel", new).status_code == 200


def test_a_session_key_chosen_by_another_is_not_the_one_signed_in_with(client: Client, zoe: User) -> None:
    client.get("/connexion/")
    session = client.session
    session["seed"] = 1
    session.save()
    chosen = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = chosen
    sign_in(client, "zoe.beranger", PASSWORD)
    assert client.session.session_key != chosen
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = chosen
    assert thief.get("/mon-compte/").status_code == 302


def test_a_new_password_ends_the_sessions_of_elsewhere(zoe: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, "zoe.beranger", PASSWORD)
    here.post("/mon-compte/mot-de-passe/", {"present": PASSWORD, "password": NEW})
    assert here.get("/mon-compte/").status_code == 200
    assert elsewhere.get("/mon-compte/").status_code == 302
    assert elsewhere.get("/api/v1/me/").status_code == 403


def test_the_way_out_is_not_a_link(client: Client, zoe: User) -> None:
    client.force_login(zoe)
    assert client.get("/deconnexion/").status_code == 405
    assert client.get("/mon-compte/").status_code == 200


def test_nothing_is_changed_by_a_form_of_another_site(zoe: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(zoe)
    posts = ("/mon-compte/mot-de-passe/", "/mon-compte/courriel/", "/mon-compte/sessions/", "/deconnexion/")
    assert [strict.post(address, headers={"HX-Request": "true"}).status_code for address in posts] == [
        403
    ] * 4
    assert strict.post("/api/v1/me/password/", {"present": PASSWORD, "password": NEW}).status_code == 403
    assert strict.delete("/api/v1/me/sessions/").status_code == 403
    assert Client(enforce_csrf_checks=True).post("/connexion/", {}).status_code == 403


def world_of_one_address() -> tuple[SchoolWorld, User]:
    world = school_world()
    return world, world.classes[0].teacher


def test_a_pupil_cannot_shut_their_teacher_out_of_the_teachers_own_browser() -> None:
    _, teacher = world_of_one_address()
    own = Client()
    assert sign_in(own, teacher.username, PASSWORD).status_code == 302
    own.post("/deconnexion/")
    for _ in range(12):
        sign_in(Client(), teacher.username, "devine")
    assert sign_in(Client(), teacher.username, PASSWORD).status_code == 429
    assert sign_in(own, teacher.username, PASSWORD).status_code == 302


def test_a_pupil_with_a_script_cannot_shut_the_whole_school() -> None:
    world, teacher = world_of_one_address()
    own = Client()
    sign_in(own, teacher.username, PASSWORD)
    own.post("/deconnexion/")
    for number in range(130):
        sign_in(Client(), f"personne{number}", "devine")
    assert sign_in(Client(), world.director.username, PASSWORD).status_code == 429
    assert sign_in(own, teacher.username, PASSWORD).status_code == 302


def test_the_mark_of_a_browser_is_of_no_use_for_another_account_nor_endless_for_its_own() -> None:
    world, teacher = world_of_one_address()
    own = Client()
    sign_in(own, teacher.username, PASSWORD)
    own.post("/deconnexion/")
    statuses = [sign_in(own, teacher.username, "devine").status_code for _ in range(8)]
    assert statuses[-1] == 429
    for _ in range(8):
        sign_in(Client(), world.director.username, "devine")
    assert sign_in(own, world.director.username, PASSWORD).status_code == 429


def test_the_forwarded_address_is_believed_of_ones_own_proxies_alone(zoe: User, settings: Any) -> None:
    settings.CARTABLE_TRUSTED_PROXIES = 1
    for number in range(8):
        sent = {"username": "zoe.beranger", "password": "devine"}
        answer = Client().post(
            "/connexion/", sent, headers={"X-Forwarded-For": f"203.0.113.{number}, {SCHOOL}"}
        )
    assert answer.status_code == 429
