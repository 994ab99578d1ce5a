"""Passwords and addresses changed by their owner."""

from datetime import timedelta

import pytest

from accounts import links
from accounts.errors import LinkExpired, WeakPassword, WrongPassword
from accounts.models import User
from accounts.services import own_email, passwords
from core import clock
from tests.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
NEW = "un velo bleu sous la pluie"


def test_a_password_is_changed_by_whoever_knows_it() -> None:
    person = PersonFactory(teacher=True, activated=True)
    with pytest.raises(WrongPassword):
        passwords.change_password(by=person, present="autre", password=NEW, address="192.0.2.1")
    with pytest.raises(WeakPassword):
        passwords.change_password(by=person, present=PASSWORD, password="craie", address="192.0.2.1")
    passwords.change_password(by=person, present=PASSWORD, password=NEW, address="192.0.2.1")
    assert User.objects.get(pk=person.pk).check_password(NEW)


def test_a_link_sets_a_password_once() -> None:
    person = PersonFactory(relative=True, activated=True)
    token = links.password_token(person)
    passwords.reset_password(person=person, token=token, password=NEW)
    with pytest.raises(LinkExpired):
        passwords.reset_password(person=person, token=token, password="encore un autre")


def test_a_link_opens_an_account_never_activated_and_closes_its_code() -> None:
    person = PersonFactory(relative=True)
    passwords.reset_password(person=person, token=links.password_token(person), password=NEW)
    fresh = User.objects.get(pk=person.pk)
    assert fresh.activated_at is not None
    assert not fresh.code_open


@pytest.mark.parametrize(("hours", "holds"), [(23, True), (25, False)])
def test_a_link_is_good_for_a_day(hours: int, holds: bool) -> None:
    person = PersonFactory(relative=True, activated=True)
    token = links.password_token(person)
    with clock.at(timedelta(hours=hours)):
        assert links.password_token_holds(person, token) is holds


def test_a_link_is_its_persons_alone_and_whole() -> None:
    person, other = PersonFactory(relative=True), PersonFactory(relative=True)
    token = links.password_token(person)
    assert not links.password_token_holds(other, token)
    for bad in ("", "-", token[:-1], "zz" + token, token.replace("-", "")):
        assert not links.password_token_holds(person, bad)


def test_an_address_is_kept_once_its_link_was_opened() -> None:
    person = PersonFactory(relative=True, activated=True, email="ecole@exemple.fr")
    token = links.email_token(person, "moi@exemple.fr")
    assert User.objects.get(pk=person.pk).contact_email == "ecole@exemple.fr"
    own_email.confirm_own_email(token=token)
    fresh = User.objects.get(pk=person.pk)
    assert fresh.contact_email == "moi@exemple.fr"
    own_email.forget_own_email(by=fresh)
    assert fresh.contact_email == "ecole@exemple.fr"


def test_an_older_link_does_not_undo_a_later_choice() -> None:
    person = PersonFactory(relative=True, activated=True)
    older, later = links.email_token(person, "a@exemple.fr"), links.email_token(person, "b@exemple.fr")
    own_email.confirm_own_email(token=later)
    with pytest.raises(LinkExpired):
        own_email.confirm_own_email(token=older)


def test_signing_out_everywhere_breaks_every_seal() -> None:
    person = PersonFactory(relative=True, activated=True)
    seal = person.get_session_auth_hash()
    passwords.sign_out_everywhere(by=person)
    assert User.objects.get(pk=person.pk).get_session_auth_hash() != seal
