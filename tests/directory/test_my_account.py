"""Mon compte."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts.models import User
from accounts.sessions import ASSURANCE
from tests.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
NEW = "un velo bleu sous la pluie"


def signed_in(**traits: object) -> tuple[Client, User]:
    person = PersonFactory(**{"activated": True, **traits})
    client = Client()
    client.force_login(person)
    return client, person


@pytest.mark.parametrize("kind", ["teacher", "staff", "pupil", "relative", "guest"])
def test_each_profile_sees_their_own_account(kind: str) -> None:
    client, person = signed_in(**{kind: True})
    page = client.get("/mon-compte/").content.decode()
    assert person.full_name in page
    assert person.username in page


def test_a_password_changed_keeps_this_session_and_ends_the_others() -> None:
    client, person = signed_in(teacher=True)
    other = Client()
    other.force_login(person)
    answer = client.post("/mon-compte/mot-de-passe/", {"present": PASSWORD, "password": NEW})
    assert answer.url == "/mon-compte/"
    assert client.get("/mon-compte/").status_code == 200
    assert other.get("/mon-compte/").url.startswith("/connexion/")


def test_a_wrong_present_password_changes_nothing() -> None:
    client, person = signed_in(pupil=True)
    answer = client.post("/mon-compte/mot-de-passe/", {"present": "autre", "password": "lune7"})
    assert "Ce n’est pas ton mot de passe" in answer.content.decode()
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_other_devices_are_signed_out() -> None:
    client, person = signed_in(relative=True)
    other = Client()
    other.force_login(person)
    client.post("/mon-compte/sessions/")
    assert client.get("/mon-compte/").status_code == 200
    assert other.get("/mon-compte/").status_code == 302
    assert SESSION_KEY not in other.session


def test_a_low_assurance_changes_neither_password_nor_address() -> None:
    client, person = signed_in(relative=True, own_email="moi@exemple.fr")
    session = client.session
    session[ASSURANCE] = "low"
    session.save()
    for url, given in (
        ("/mon-compte/mot-de-passe/", {"present": PASSWORD, "password": NEW}),
        ("/mon-compte/courriel/", {"forget": "1"}),
        ("/mon-compte/courriel/", {"email": "autre@exemple.fr"}),
    ):
        assert client.post(url, given).status_code == 200
    fresh = User.objects.get(pk=person.pk)
    assert fresh.own_email == "moi@exemple.fr"
    assert fresh.check_password(PASSWORD)
    assert "reconnectez-vous" in client.get("/mon-compte/").content.decode()


def test_an_address_no_longer_wanted_is_forgotten() -> None:
    client, person = signed_in(relative=True, own_email="moi@exemple.fr")
    client.post("/mon-compte/courriel/", {"forget": "1"})
    assert User.objects.get(pk=person.pk).own_email == ""


def test_a_pupil_chooses_no_address() -> None:
    client, _ = signed_in(pupil=True)
    assert client.post("/mon-compte/courriel/", {"email": "a@exemple.fr"}).url == "/mon-compte/"
    assert "Courriel" not in client.get("/mon-compte/").content.decode()


def test_the_way_out_is_no_page_for_who_stays() -> None:
    client, _ = signed_in(teacher=True)
    assert client.get("/mon-compte/depart/").url == "/"


def test_the_number_of_queries_of_a_page_is_fixed(django_assert_max_num_queries) -> None:
    client, _ = signed_in(teacher=True)
    client.get("/mon-compte/")
    with django_assert_max_num_queries(8):
        client.get("/mon-compte/")
