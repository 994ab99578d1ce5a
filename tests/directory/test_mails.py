"""Mails about accounts: links to a forgotten password, an address to confirm, a way out told."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from directory import mails
from tests.accounts.factories import PASSWORD, PersonFactory
from tests.directory.worlds import relative_of, school_world

pytestmark = pytest.mark.django_db


def links_of(message: str) -> list[str]:
    return re.findall(r"https?://[^/]+(/\S+)", message)


def test_a_shared_address_gets_one_message_that_names_each_account_and_school() -> None:
    here, there = school_world(), school_world()
    mother = relative_of(here.classes[0].pupils[0], email="famille@exemple.fr")
    father = relative_of(there.classes[0].pupils[0], own_email="Famille@exemple.fr", email="x@exemple.fr")
    assert mails.send_password_links("famille@exemple.fr") == 2
    (message,) = mail.outbox
    for person, school in ((mother, here.school), (father, there.school)):
        assert f"{person.full_name} – {school.name}" in message.body
        assert person.username in message.body
    assert len(links_of(message.body)) == 2


def test_an_address_that_its_owner_replaced_opens_nothing() -> None:
    PersonFactory(relative=True, email="ancienne@exemple.fr", own_email="nouvelle@exemple.fr")
    assert mails.send_password_links("ancienne@exemple.fr") == 0
    assert mail.outbox == []


def test_the_link_lets_choose_a_password_once(client: Client) -> None:
    person = PersonFactory(relative=True, activated=True, email="moi@exemple.fr")
    mails.send_password_links("moi@exemple.fr")
    (url,) = links_of(mail.outbox[0].body)
    assert person.username in client.get(url).content.decode()
    assert client.post(url, {"password": "un velo bleu"}).url == "/"
    assert User.objects.get(pk=person.pk).check_password("un velo bleu")
    again = Client().get(url)
    assert again.status_code == 410
    assert "Ce lien a déjà servi" in again.content.decode()


def test_asking_answers_the_same_whoever_has_the_address(client: Client) -> None:
    PersonFactory(relative=True, email="moi@exemple.fr")
    answers = [
        client.post("/connexion/mot-de-passe-oublie/", {"email": email})
        for email in ("moi@exemple.fr", "personne@exemple.fr")
    ]
    assert [(a.status_code, a.url) for a in answers] == [(302, "/connexion/mot-de-passe-oublie/envoye/")] * 2
    assert client.get(answers[0].url).status_code == 200


def test_confirming_an_address_takes_a_button(client: Client) -> None:
    person = PersonFactory(relative=True, activated=True)
    mails.send_email_confirmation(person, "moi@exemple.fr")
    (url,) = links_of(mail.outbox[0].body)
    assert "moi@exemple.fr" in client.get(url).content.decode()
    assert User.objects.get(pk=person.pk).own_email == ""
    client.post(url)
    assert User.objects.get(pk=person.pk).own_email == "moi@exemple.fr"


def test_who_is_on_the_way_out_is_told_where_they_can_be() -> None:
    told = PersonFactory(teacher=True, activated=True, pre_deleted=True, email="prof@exemple.fr")
    PersonFactory(pupil=True, pre_deleted=True)
    assert mails.tell_pre_deleted(User.objects.all()) == 1
    assert mail.outbox[0].to == ["prof@exemple.fr"]
    assert told.username in mail.outbox[0].body


def test_an_unknown_link_says_that_it_is_over(client: Client) -> None:
    for url in (
        "/connexion/nouveau-mot-de-passe/5f0f6f6e-0d4c-4a55-9d0d-2f8f3a1b7c11/abc/",
        "/connexion/courriel/abc/",
    ):
        assert client.get(url).status_code == 410
    assert PASSWORD not in str(mail.outbox)
