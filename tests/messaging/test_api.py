"""Messages in the API: the same rules as the pages."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from messaging.models import Copy, Message
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import broken, received, sent, signed_in

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def test_a_message_is_written_sent_read_thrown_and_erased(world: SchoolWorld) -> None:
    room = world.classes[0]
    mine, theirs = signed_in(room.teacher), signed_in(room.relatives[0])
    given = {
        "subject": "Piscine",
        "body": "<p onclick=x>Jeudi</p>",
        "recipients": [{"person": str(room.relatives[0].uuid)}],
    }
    made = mine.post("/api/v1/messages/", given, **JSON).json()
    assert (made["state"], made["box"], made["body"]) == ("DRAFT", "DRAFT", "<p>Jeudi</p>")
    address = f"/api/v1/messages/{made['uuid']}/"
    assert mine.patch(address, {"subject": "Piscine jeudi"}, **JSON).json()["subject"] == "Piscine jeudi"
    joined = mine.post(f"{address}attachments/", {"file": file()}).json()
    assert theirs.get(address).status_code == 404
    assert mine.post(f"{address}send/", {}, **JSON).json()["state"] == "SENT"
    (line,) = theirs.get("/api/v1/messages/").json()
    assert (line["subject"], line["unread"], line["attached"]) == ("Piscine jeudi", True, True)
    assert theirs.get("/api/v1/messages/count/").json() == {"unread": 1}
    assert theirs.get(f"{address}attachments/{joined['uuid']}/").status_code == 200
    stranger = signed_in(world.classes[1].relatives[0])
    assert stranger.get(f"{address}attachments/{joined['uuid']}/").status_code == 404
    act = {"messages": [made["uuid"]]}
    assert theirs.post("/api/v1/messages/acts/", act | {"act": "read"}, **JSON).json()["count"] == 1
    refused = theirs.post("/api/v1/messages/acts/", act | {"act": "erase"}, **JSON).json()
    assert refused["count"] == 0
    theirs.post("/api/v1/messages/acts/", act | {"act": "throw"}, **JSON)
    done = theirs.post("/api/v1/messages/acts/", act | {"act": "erase"}, **JSON).json()
    assert done == {"count": 1, "freed": joined["size"]}
    assert Message.objects.count() == 1
    assert broken() == []


def test_hidden_copies_are_in_no_answer_but_the_authors(world: SchoolWorld) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.relatives[0], hidden=[room.relatives[1]])
    hidden = room.relatives[1]
    told = signed_in(room.relatives[0]).get(f"/api/v1/messages/{message.uuid}/").content.decode()
    assert str(hidden.uuid) not in told
    assert hidden.full_name not in told
    assert (
        str(hidden.uuid) in signed_in(room.teacher).get(f"/api/v1/messages/{message.uuid}/").content.decode()
    )
    found = signed_in(room.relatives[0]).get("/api/v1/messages/", {"q": hidden.last_name}).json()
    assert found == [] or hidden.last_name in message.addressed


def test_whom_one_may_not_write_to_is_named(world: SchoolWorld) -> None:
    client, stranger = signed_in(world.classes[0].relatives[0]), world.classes[1].relatives[0]
    given = {"recipients": [{"person": str(stranger.uuid)}]}
    answer = client.post("/api/v1/messages/", given, **JSON)
    assert (answer.status_code, answer.json()["names"]) == (403, [stranger.full_name])
    assert not Copy.objects.exists()


def test_only_an_administrator_sends_what_is_urgent(world: SchoolWorld) -> None:
    room = world.classes[0]
    for person, urgent in ((room.teacher, False), (world.director, True)):
        given = {"subject": "Grève", "urgent": True, "recipients": [{"person": str(room.relatives[0].uuid)}]}
        made = signed_in(person).post("/api/v1/messages/", given, **JSON).json()
        assert made["urgent"] is urgent


def test_a_list_takes_as_many_queries_with_one_as_with_two_hundred(
    world: SchoolWorld, django_assert_num_queries: Any
) -> None:
    teacher, director = world.classes[0].teacher, world.director
    client = signed_in(teacher)
    sent(director, teacher)
    client.get("/api/v1/messages/")
    with django_assert_num_queries(5):
        client.get("/api/v1/messages/")
    first = received(teacher)[0].message
    Message.objects.bulk_create(
        Message(
            author=director,
            author_name=director.full_name,
            author_profile=director.profile,
            subject=f"Note {n}",
            state="SENT",
            sent_at=first.sent_at,
            changed_at=first.changed_at,
        )
        for n in range(199)
    )
    Copy.objects.bulk_create(
        Copy(person=teacher, message=each, box="IN", line="TO", at=each.sent_at)
        for each in Message.objects.exclude(pk=first.pk)
    )
    with django_assert_num_queries(5):
        assert len(client.get("/api/v1/messages/").json()) == 50


def file() -> Any:
    return SimpleUploadedFile("plan.txt", b"le plan")
