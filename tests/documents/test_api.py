"""The Espace documentaire through the API: the same gate and services as its pages."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from documents.models import File
from sharing.enums import Role
from sharing.models import Resource
from tests.documents.factories import allow, broken, file, folder, share, teacher, used

type AsPerson = Callable[[User], Client]

pytestmark = pytest.mark.django_db
LIST = reverse("documents-list")


def send(client: Client, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    return getattr(client, method)(address, data or {}, content_type="application/json")


def at(name: str, resource: Resource, **more: Any) -> str:
    return reverse(f"documents-{name}", kwargs={"uuid": resource.uuid, **more})


def sent(name: str = "été.txt", data: bytes = b"12345") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def titles(client: Client, query: str = "") -> list[str]:
    return [each["title"] for each in client.get(f"{LIST}{query}").json()["results"]]


def test_a_folder_is_made_filled_renamed_and_listed(as_person: AsPerson) -> None:
    client = as_person(teacher())
    box = send(client, "post", reverse("documents-folders"), {"title": "Sorties"}).json()
    made = client.post(reverse("documents-files"), {"file": sent(), "folder": box["uuid"]})
    assert made.status_code == 201
    told = made.json()
    assert (told["title"], told["parent"], told["size"], told["role"]) == ("été.txt", box["uuid"], 5, 4)
    assert titles(client) == ["Sorties"]
    assert titles(client, f"?folder={box['uuid']}") == ["été.txt"]
    there = reverse("documents-detail", args=[told["uuid"]])
    assert send(client, "patch", there, {"title": "hiver"}).json()["title"] == "hiver.txt"
    assert titles(client, "?q=HIVER") == ["hiver.txt"]


def test_what_one_does_not_see_does_not_exist(as_person: AsPerson) -> None:
    owner = teacher()
    hidden, box = file(owner), folder(owner)
    client = as_person(teacher())
    for name in ("detail", "content", "versions", "comments"):
        assert client.get(at(name, hidden)).status_code == 404
    assert send(client, "put", at("star", hidden)).status_code == 404
    for name in ("trash", "restore", "erase", "move", "copy"):
        asked = {"documents": [str(hidden.uuid)]}
        assert send(client, "post", reverse(f"documents-{name}"), asked).status_code == 404
    for query in (f"?folder={box.uuid}", "?folder=x", f"?folder={uuid4()}"):
        assert client.get(f"{LIST}{query}").status_code == 404
    assert client.get(LIST).json()["results"] == []


def test_a_content_is_read_replaced_and_shown_as_it_was(as_person: AsPerson) -> None:
    me = teacher()
    made, client = file(me), as_person(me)
    boundary = client.generic(
        "PUT",
        at("content", made),
        data=b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nautre\r\n--x--\r\n',
        content_type="multipart/form-data; boundary=x",
    )
    assert boundary.json()["version"] == 2
    assert b"".join(client.get(at("content", made))) == b"autre"
    assert [each["number"] for each in client.get(at("versions", made)).json()] == [2, 1]
    assert send(client, "put", at("version", made, number=1)).json()["size"] == 7
    assert send(client, "delete", at("version", made, number=2)).status_code == 204
    assert (
        send(client, "delete", at("version", made, number=1)).json()["type"] == "urn:cartable:version-shown"
    )
    assert used(me) == 7


def test_a_range_is_sent_and_the_rest_is_not(as_person: AsPerson) -> None:
    me = teacher()
    answer = as_person(me).get(at("content", file(me)), headers={"Range": "bytes=0-2"})
    assert (answer.status_code, b"".join(answer)) == (206, b"bon")


def test_a_right_taken_back_stops_the_next_download(as_person: AsPerson) -> None:
    owner, me = teacher(), teacher()
    made, client = file(owner), as_person(me)
    share(made, me)
    assert client.get(at("content", made)).status_code == 200
    made.grants.all().delete()
    assert client.get(at("content", made)).status_code == 404


def test_two_steps_of_deletion_and_what_they_free(as_person: AsPerson) -> None:
    me = teacher()
    first, second, client = file(me), file(me, "b.txt"), as_person(me)
    asked = {"documents": [str(first.uuid), str(second.uuid)]}
    refused = send(client, "post", reverse("documents-erase"), asked)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:cartable:not-in-trash")
    assert send(client, "post", reverse("documents-trash"), asked).json()["sent_home"] == 0
    assert sorted(titles(client, "?place=trash")) == ["a.txt", "b.txt"]
    back = {"documents": [str(second.uuid)]}
    assert send(client, "post", reverse("documents-restore"), back).status_code == 204
    gone = {"documents": [str(first.uuid)]}
    assert send(client, "post", reverse("documents-erase"), gone).json() == {"count": 1, "freed": 7}
    send(client, "post", reverse("documents-trash"), back)
    assert send(client, "post", reverse("documents-empty-trash")).json() == {"count": 1, "freed": 7}
    assert used(me) == 0
    assert broken() == []


def test_who_will_see_what_is_moved_or_copied_is_told(as_person: AsPerson) -> None:
    me, reader = teacher(), teacher()
    box, made, client = folder(me), file(me), as_person(me)
    share(box, reader)
    asked = {"documents": [str(made.uuid)], "folder": str(box.uuid)}
    assert send(client, "post", reverse("documents-copy"), asked).json()["gained"] == [reader.full_name]
    assert send(client, "post", reverse("documents-move"), asked).json()["gained"] == [reader.full_name]
    assert sorted(titles(client, f"?folder={box.uuid}")) == ["a (2).txt", "a.txt"]


def test_what_does_not_fit_is_refused_with_what_lacks(as_person: AsPerson) -> None:
    me = teacher()
    allow(me, 3)
    client = as_person(me)
    refused = client.post(reverse("documents-files"), {"file": sent()})
    assert (refused.status_code, refused.json()["missing"]) == (413, 2)
    assert File.objects.count() == 0
    assert client.get(reverse("documents-quota")).json()["free"] == 3


def test_space_is_told_by_type_and_by_step(as_person: AsPerson) -> None:
    me = teacher()
    file(me), file(me, "b.txt")
    told = as_person(me).get(reverse("documents-space")).json()
    assert told["shares"] == [{"media_type": "text/plain", "count": 2, "size": 14}]
    assert len(told["duplicates"][0]) == 2
    assert told["steps"] == [
        {"step": "messages", "size": 0},
        {"step": "messages_trash", "size": 0},
        {"step": "files", "size": 14},
        {"step": "trash", "size": 0},
    ]


def test_comments_are_said_read_and_taken_away(as_person: AsPerson) -> None:
    owner, me = teacher(), teacher()
    made, client = file(owner), as_person(me)
    share(made, me)
    assert send(client, "post", at("comments", made), {"text": "x"}).status_code == 403
    made.grants.update(role=Role.COMMENT)
    said = send(client, "post", at("comments", made), {"text": "Bravo"}).json()
    assert (said["text"], said["name"]) == ("Bravo", me.full_name)
    assert [each["uuid"] for each in client.get(at("comments", made)).json()["results"]] == [said["uuid"]]
    there = at("delete-comment", made, key=said["uuid"])
    assert send(client, "delete", there).status_code == 204
    assert send(client, "delete", there).status_code == 404


def test_marks_make_a_list(as_person: AsPerson) -> None:
    me = teacher()
    made, client = file(me), as_person(me)
    send(client, "put", at("star", made))
    assert titles(client, "?place=starred") == ["a.txt"]
    send(client, "delete", at("star", made))
    assert titles(client, "?place=starred") == []


def test_a_folder_above_that_one_does_not_see_is_not_told(as_person: AsPerson) -> None:
    owner, me = teacher(), teacher()
    made = file(owner, folder=folder(owner))
    share(made, me)
    assert as_person(me).get(at("detail", made)).json()["parent"] is None


def test_a_page_costs_as_much_with_one_document_as_with_fifty(as_person: AsPerson) -> None:
    me = teacher()
    client = as_person(me)
    box = folder(me)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}?folder={box.uuid}").status_code == 200
        return len(queries)

    file(me, folder=box)
    asked()
    few = asked()
    for n in range(40):
        file(me, f"{n}.txt", folder=box)
    assert asked() == few
