"""An intruder of five minutes, put out since, who still holds a link."""

from collections.abc import Callable

import pytest

from accounts import links
from accounts.errors import LinkExpired
from accounts.models import User
from accounts.services import own_email, passwords
from accounts.services.renew_code import renew_codes
from tests.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

ACTS: dict[str, Callable[[User], object]] = {
    "password changed": lambda person: passwords.change_password(
        by=person, present=PASSWORD, password="Un-autre-mot-9-long", address="192.0.2.9"
    ),
    "signed out everywhere": lambda person: passwords.sign_out_everywhere(by=person),
    "code renewed": lambda person: renew_codes(people=[person], by=None),
}


@pytest.fixture
def person(servers: None) -> User:
    return PersonFactory(relative=True, activated=True)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_link_for_an_address_ends_with_the_sessions(person: User, act: str) -> None:
    token = links.email_token(person, "intrus@exemple.fr")
    ACTS[act](person)
    with pytest.raises(LinkExpired):
        own_email.confirm_own_email(token=token)
    assert User.objects.get(pk=person.pk).own_email == ""


def test_nothing_changed_and_the_address_is_kept(person: User) -> None:
    own_email.confirm_own_email(token=links.email_token(person, "moi@exemple.fr"))
    assert User.objects.get(pk=person.pk).own_email == "moi@exemple.fr"
