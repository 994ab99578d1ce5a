"""Two logins of accounts made one: each opens the account kept, by its own password, code or link."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.test import Client

from accounts import codes
from accounts.models import User
from accounts.services.passwords import change_password
from accounts.services.renew_code import renew_codes
from directory import mails
from directory.services import duplicates
from tests.accounts.factories import PASSWORD
from tests.directory.factories import BlockFactory
from tests.directory.merging.worlds import TwinWorld, twins

pytestmark = pytest.mark.django_db
OTHER = "un velo bleu et vert"


def merged(**traits: object) -> TwinWorld:
    world = twins("relative", **traits)
    duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    return world


def enter(login: str, password: str) -> Client:
    client = Client()
    client.post("/connexion/", {"username": login, "password": password})
    return client


def who(client: Client) -> str | None:
    return client.session.get(SESSION_KEY)


def test_either_login_signs_in_to_the_account_kept() -> None:
    world = merged()
    for person in (world.kept, world.gone):
        client = enter(person.username, PASSWORD)
        assert who(client) == str(world.kept.pk)
        assert client.get("/mon-compte/").status_code == 200
    assert who(enter(world.gone.username, "pas celui-là")) is None


def test_open_sessions_of_the_absorbed_account_end_and_of_both_once_parted() -> None:
    world = twins("relative")
    theirs, mine = (enter(person.username, PASSWORD) for person in (world.gone, world.kept))
    merge = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    assert theirs.get("/mon-compte/").url.startswith("/connexion/")
    assert mine.get("/mon-compte/").status_code == 200
    by_the_other = enter(world.gone.username, PASSWORD)
    duplicates.unmerge(by=world.director, merge=merge)
    for client in (by_the_other, mine):
        assert client.get("/mon-compte/").url.startswith("/connexion/")
    assert who(enter(world.gone.username, PASSWORD)) == str(world.gone.pk)


def test_the_code_of_the_absorbed_account_opens_its_own_password_then_the_account_kept() -> None:
    world = merged(activated=False)
    code = codes.code_of(world.gone.uuid, world.gone.code_counter)
    client = enter(world.gone.username, code)
    answer = client.post("/connexion/activation/mot-de-passe/", {"password": OTHER, "charter": "on"})
    assert answer.status_code == 302
    assert who(client) == str(world.kept.pk)
    gone, kept = world.fresh(world.gone), world.fresh(world.kept)
    assert gone.check_password(OTHER)
    assert kept.password == ""
    assert kept.code_open
    assert kept.activated_at is not None
    assert who(enter(world.gone.username, OTHER)) == str(world.kept.pk)


def test_a_forgotten_password_names_both_logins_and_each_link_is_its_own() -> None:
    world = merged(email="famille@exemple.fr")
    assert mails.send_password_links("famille@exemple.fr") == 2
    (message,) = mail.outbox
    links = dict(re.findall(r"Identifiant\s:\s(\S+)\nhttps?://[^/]+(/\S+)", message.body))
    assert set(links) == {world.kept.username, world.gone.username}
    client = Client()
    assert client.post(links[world.gone.username], {"password": OTHER}).status_code == 302
    assert who(client) == str(world.kept.pk)
    assert world.fresh(world.gone).check_password(OTHER)
    assert world.fresh(world.kept).check_password(PASSWORD)


def test_one_changes_the_password_that_one_signs_in_with() -> None:
    world = twins("relative")
    world.gone.set_password(OTHER)
    world.gone.save(update_fields=["password"])
    duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    person = world.fresh(world.kept)
    change_password(by=person, present=OTHER, password="quatre chats noirs", address="192.0.2.1")
    assert world.fresh(world.gone).check_password("quatre chats noirs")
    assert world.fresh(world.kept).check_password(PASSWORD)


def test_a_new_code_closes_both_logins() -> None:
    world = merged()
    renew_codes(people=[world.kept], by=world.director)
    for person in (world.kept, world.gone):
        assert who(enter(person.username, PASSWORD)) is None
        former = codes.code_of(person.uuid, person.code_counter)
        assert who(enter(person.username, former)) is None


def test_a_block_keeps_out_either_login() -> None:
    world = twins("relative")
    BlockFactory(person=world.gone)
    assert who(enter(world.kept.username, PASSWORD)) == str(world.kept.pk)
    duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    for person in (world.kept, world.gone):
        assert who(enter(person.username, PASSWORD)) is None


def test_the_absorbed_account_is_listed_and_found_nowhere() -> None:
    world = merged()
    assert world.gone not in User.objects.all()
    client = enter(world.director.username, PASSWORD)
    assert client.get(f"/annuaire/personne/{world.gone.uuid}/").status_code == 404
    assert client.get(f"/api/v1/people/{world.gone.uuid}/").status_code == 404
    assert client.get(f"/api/v1/people/{world.kept.uuid}/").status_code == 200
