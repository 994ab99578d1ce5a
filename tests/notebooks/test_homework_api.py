"""Homework and words in the API: all that pages do, by the same services."""

from typing import Any

import pytest

from core import clock
from notebooks.models import HomeworkEntry, LiaisonWord
from tests.directory.worlds import SchoolWorld
from tests.notebooks.factories import DAY, broken, signed_in

pytestmark = pytest.mark.django_db
API = "/api/v1/notebooks"


def post(person: Any, path: str, body: dict[str, Any] | None = None) -> Any:
    return signed_in(person).post(f"{API}/{path}", body or {}, content_type="application/json")


def get(person: Any, path: str) -> Any:
    return signed_in(person).get(f"{API}/{path}").json()


def test_homework_from_its_book_to_a_pupil_s_tick(world: SchoolWorld) -> None:
    room = world.classes[0]
    asked = {"title": "CP", "school_class": str(room.school_class.uuid), "share": True}
    assert post(room.relatives[0], "homework-books/", asked).status_code == 404
    book = post(room.teacher, "homework-books/", asked).json()
    today = clock.today()
    words = {
        "subject": "Maths",
        "body": "<p>Page 3</p>",
        "given_on": today.isoformat(),
        "due_on": (today + DAY).isoformat(),
        "minutes": 20,
        "publish": True,
    }
    made = post(room.teacher, f"homework-books/{book['uuid']}/entries/", words)
    assert (made.status_code, made.json()["stage"]) == (201, "PUBLISHED")
    refused = post(room.pupils[0], f"homework-books/{book['uuid']}/entries/", words)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:cartable:notebook-not-a-writer")
    key = made.json()["uuid"]
    assert post(room.pupils[0], f"homework/{key}/tick/", {"done": True}).json() == {"done": True}
    child = str(room.pupils[0].uuid)
    (told,) = get(room.relatives[0], f"homework/?pupil={child}")
    assert (told["subject"], told["done"], told["changes"]) == ("Maths", True, False)
    assert signed_in(room.relatives[1]).get(f"{API}/homework/?pupil={child}").status_code == 404
    address = post(room.relatives[0], "homework/calendar/", {"pupil": child}).json()["address"]
    assert address.endswith(".ics")
    week = {"source": (today + DAY).isoformat(), "target": (today + 8 * DAY).isoformat()}
    assert post(room.teacher, f"homework-books/{book['uuid']}/copy-week/", week).json() == {"entries": 1}
    signed_in(room.teacher).delete(f"{API}/homework/{key}/")
    assert get(room.relatives[0], f"homework/?pupil={child}") == []
    assert post(room.teacher, f"homework/{key}/put-back/").status_code == 200
    signed_in(room.teacher).delete(f"{API}/homework/{key}/")
    assert signed_in(room.teacher).delete(f"{API}/homework/{key}/?forever").status_code == 204
    assert HomeworkEntry.objects.count() == 1
    assert [each["kind"] for each in get(room.pupils[0], "")] == ["homework_book"]
    assert broken() == []


def test_a_word_from_its_carnet_to_a_signature(world: SchoolWorld) -> None:
    room, other = world.classes
    asked = {"title": "Carnet", "school_class": str(room.school_class.uuid), "share": True}
    book = post(room.teacher, "liaison-books/", asked).json()
    words = {
        "title": "Sortie",
        "body": "<p>Jeudi</p>",
        "asks": "ANSWER",
        "classes": [str(room.school_class.uuid)],
    }
    there = f"liaison-books/{book['uuid']}/words/"
    elsewhere = words | {"classes": [str(other.school_class.uuid)]}
    assert post(room.teacher, there, elsewhere).status_code == 404
    made = post(room.teacher, there, words).json()
    assert post(room.teacher, f"liaison-words/{made['uuid']}/send/").json() == {"people": 2}
    (received,) = get(room.relatives[0], "received-words/?waiting")
    assert received["waits"]
    key = received["uuid"]
    assert post(room.relatives[0], f"received-words/{key}/sign/").status_code == 400
    assert post(room.relatives[1], f"received-words/{key}/sign/", {"answer": True}).status_code == 404
    signed = post(room.relatives[0], f"received-words/{key}/sign/", {"answer": True}).json()
    assert (signed["waits"], signed["answer"]) == (False, True)
    assert get(room.relatives[0], "received-words/?waiting") == []
    copies = get(world.director, f"liaison-words/{made['uuid']}/copies/")
    assert sorted(each["signed"] for each in copies) == [False, True]
    waiting = next(each["uuid"] for each in copies if not each["signed"])
    paper = {"copy": waiting, "answer": False}
    assert post(world.director, f"liaison-words/{made['uuid']}/paper/", paper).status_code == 403
    assert post(room.teacher, f"liaison-words/{made['uuid']}/paper/", paper).status_code == 204
    corrected = words | {"body": "<p>Vendredi</p>", "ask_again": True}
    answer = signed_in(room.teacher).put(
        f"{API}/liaison-words/{made['uuid']}/", corrected, content_type="application/json"
    )
    assert (answer.json()["version"], answer.json()["signed"]) == (2, 0)
    assert post(room.teacher, f"liaison-words/{made['uuid']}/remind/").json() == {"people": 2}
    again = post(room.teacher, f"liaison-words/{made['uuid']}/remind/")
    assert again.json()["type"] == "urn:cartable:word-reminded-today"
    assert post(room.teacher, f"liaison-words/{made['uuid']}/close/").json()["state"] == "CLOSED"
    assert LiaisonWord.objects.count() == 1
    assert broken() == []
