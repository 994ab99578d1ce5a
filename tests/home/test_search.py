"""One search over what someone may see: persons, groups, documents, messages, notices; nothing else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Profile
from home.services import notices
from home.services.notices import Words
from tests.directory.worlds import SchoolWorld, pupil_in, school_world
from tests.documents.factories import file, share
from tests.home.conftest import NOON
from tests.messaging.factories import sent

pytestmark = pytest.mark.django_db
MOST = 45


def answers(client: Client, words: str) -> dict[str, list[str]]:
    found = client.get("/api/v1/search/", {"q": words}).json()
    return {each["kind"]: [hit["title"] for hit in each["hits"]] for each in found}


@pytest.fixture
def verger(board: SchoolWorld) -> SchoolWorld:
    """A document, a message, a notice and a pupil who all bear one word."""
    room = board.classes[0]
    share(file(room.teacher, "Le verger.txt"), room.relatives[0])
    sent(room.teacher, room.relatives[0], subject="Sortie au verger")
    pupil_in(room.school_class, first_name="Anne", last_name="Verger")
    words = Words(
        title="Fête du verger", body="", profiles=list(Profile), starts_on=NOON.date(), ends_on=NOON.date()
    )
    notices.post(by=board.director, notice=notices.write(by=board.director, school=board.school, words=words))
    return board


def test_each_finds_what_they_may_see_and_nothing_else(
    verger: SchoolWorld, as_person: Callable[[Any], Client]
) -> None:
    room, other = verger.classes
    relative = as_person(room.relatives[0])
    assert answers(relative, "VERGER") == {
        "documents": ["Le verger.txt"],
        "messaging": ["Sortie au verger"],
        "notices": ["Fête du verger"],
    }
    assert set(answers(as_person(room.teacher), "verger")) == {"people", "documents", "messaging", "notices"}
    # The other class's relative has the notice alone; another school's teacher, nothing.
    assert answers(as_person(other.relatives[0]), "verger") == {"notices": ["Fête du verger"]}
    assert answers(as_person(school_world().classes[0].teacher), "verger") == {}


def test_the_page_shows_what_the_api_tells_and_its_part_alone_as_one_types(
    verger: SchoolWorld, as_person: Callable[[Any], Client]
) -> None:
    client = as_person(verger.classes[0].relatives[0])
    page = client.get(reverse("home:search"), {"q": "verger"})
    for title in ("Le verger.txt", "Sortie au verger", "Fête du verger"):
        assert title in page.text
    assert "Anne" not in page.text
    part = client.get(reverse("home:search"), {"q": "verger"}, headers={"HX-Request": "true"})
    assert "Sortie au verger" in part.text
    assert "<h1" not in part.text
    assert "Rien ne correspond" in client.get(reverse("home:search"), {"q": "zzzz"}).text
    assert 'action="/recherche/"' in client.get("/").text


def test_a_search_asks_as_many_questions_whatever_is_found(
    verger: SchoolWorld, as_person: Callable[[Any], Client]
) -> None:
    room = verger.classes[0]
    client = as_person(room.teacher)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home:search"), {"q": "verger"})
        return len(queries)

    asked()
    few = asked()
    for number in range(200):
        file(room.teacher, f"Verger {number}.txt")
    for number in range(20):
        sent(room.relatives[0], room.teacher, subject=f"Verger {number}")
        pupil_in(room.school_class, first_name="Paul", last_name=f"Verger {'i' * number}")
    assert asked() == few <= MOST


def test_whatever_is_found_opens_to_whoever_found_it(
    verger: SchoolWorld, as_person: Callable[[Any], Client]
) -> None:
    room, other = verger.classes
    for person in (verger.director, room.teacher, room.pupils[0], room.relatives[0], other.relatives[1]):
        client, opened = as_person(person), 0
        for word in ("verger", other.teacher.first_name, room.school_class.label, "parents", "direction"):
            for each in client.get("/api/v1/search/", {"q": word}).json():
                for hit in each["hits"]:
                    assert client.get(hit["url"], follow=True).status_code == 200, (person.profile, hit)
                    opened += 1
        assert opened
