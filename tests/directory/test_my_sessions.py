"""Appareils connectés: each open session, and one ended from another."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import open_sessions, own_fates
from accounts.models import OpenSession, User
from accounts.open_sessions import device_of
from core import clock
from tests.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def person() -> User:
    return PersonFactory(relative=True, activated=True)


def arrive(person: User, agent: str) -> Client:
    client = Client(headers={"user-agent": agent})
    answer = client.post("/connexion/", {"username": person.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def uuid_of(device: str) -> str:
    return str(OpenSession.objects.get(device=device).uuid)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (SAFARI, "Safari sur iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 16) AppleWebKit Chrome/140.0 Mobile Safari/537.36",
            "Chrome sur Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140", "Edge sur Windows"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_told_in_words(agent: str, told: str) -> None:
    assert device_of(agent) == told


def test_each_device_is_listed_and_one_is_ended_at_once(person: User) -> None:
    here, there = arrive(person, FIREFOX), arrive(person, SAFARI)
    page = here.get("/mon-compte/").text
    assert "Firefox sur Windows" in page
    assert "Safari sur iPhone" in page
    assert "Cet appareil" in page.split("Firefox sur Windows", 1)[1]
    assert here.post(f"/mon-compte/sessions/{uuid_of('Safari sur iPhone')}/").url == "/mon-compte/"
    assert there.get("/mon-compte/").url.startswith("/connexion/")
    assert here.get("/mon-compte/").status_code == 200
    assert not OpenSession.objects.filter(device="Safari sur iPhone").exists()


def test_nobody_ends_a_session_of_somebody_else(person: User) -> None:
    arrive(person, SAFARI)
    other = arrive(PersonFactory(teacher=True, activated=True), FIREFOX)
    other.post(f"/mon-compte/sessions/{uuid_of('Safari sur iPhone')}/")
    assert other.delete(f"/api/v1/me/sessions/{uuid_of('Safari sur iPhone')}/").status_code == 404
    assert OpenSession.objects.filter(person=person).exists()


def test_the_api_lists_and_ends_sessions(person: User) -> None:
    here, there = arrive(person, FIREFOX), arrive(person, SAFARI)
    told = {line["device"]: line for line in here.get("/api/v1/me/sessions/").json()}
    assert {device: line["here"] for device, line in told.items()} == {
        "Firefox sur Windows": True,
        "Safari sur iPhone": False,
    }
    assert here.delete(f"/api/v1/me/sessions/{told['Safari sur iPhone']['uuid']}/").status_code == 204
    assert there.get("/api/v1/me/").status_code == 403


def test_signing_out_leaving_and_a_new_password_end_what_they_should(person: User) -> None:
    here, there, third = arrive(person, FIREFOX), arrive(person, SAFARI), arrive(person, "")
    third.post("/deconnexion/")
    assert OpenSession.objects.filter(person=person).count() == 2
    here.post("/mon-compte/sessions/")
    person.refresh_from_db()
    assert [each.device for each in open_sessions.open_sessions_of(person)] == ["Firefox sur Windows"]
    assert there.get("/mon-compte/").status_code == 302
    here.post("/mon-compte/mot-de-passe/", {"present": PASSWORD, "password": "un velo bleu sous la pluie"})
    person.refresh_from_db()
    assert [each.device for each in open_sessions.open_sessions_of(person)] == ["Firefox sur Windows"]
    assert "Cet appareil" in here.get("/mon-compte/").text


def test_the_last_use_is_written_down_every_ten_minutes_at_most(person: User, at) -> None:
    client = arrive(person, FIREFOX)
    opened = OpenSession.objects.get().used_at
    at(clock.now() + timedelta(minutes=5))
    client.get("/mon-compte/")
    assert OpenSession.objects.get().used_at == opened
    at(clock.now() + timedelta(minutes=6))
    client.get("/mon-compte/")
    used = OpenSession.objects.get().used_at
    assert used > opened + timedelta(minutes=10)
    client.get("/mon-compte/")
    assert OpenSession.objects.get().used_at == used


def test_old_sessions_are_forgotten_and_those_of_who_is_erased(person: User, at) -> None:
    arrive(person, FIREFOX)
    assert open_sessions.forget_old() == 0
    at(clock.now() + timedelta(days=15))
    assert not open_sessions.open_sessions_of(person).exists()
    assert open_sessions.forget_old() == 1
    arrive(person, SAFARI)
    own_fates.erase([person.pk])
    assert not OpenSession.objects.exists()
