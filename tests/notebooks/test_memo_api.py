"""Cahiers mémo in the API, and what they tell: the same acts and refusals as the pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.services.lifecycle import erase
from core import clock
from documents.pieces import pieces_of
from documents.querysets import attached
from notebooks.models import MemoPage
from notebooks.services import memo_blocks
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import reach_of
from tests.directory.worlds import SchoolWorld
from tests.documents import factories as documents
from tests.notebooks import memo_factories as memo
from tests.notebooks.memo_factories import signed_in
from timeline.lines import lines_of
from timeline.querysets import news_of

pytestmark = pytest.mark.django_db
API = "/api/v1/notebooks/"


def asked(client: Client, method: str, path: str, data: Any = None, *, status: int = 200) -> Any:
    answer = getattr(client, method)(f"{API}{path}", data, content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_all_that_pages_do_the_api_does(world: SchoolWorld) -> None:
    room = world.classes[0]
    client = signed_in(room.teacher)
    book = asked(client, "post", "memo-books/", {"title": "Album", "cover": "teal"}, status=201)
    at = f"memo-books/{book['uuid']}/"
    assert asked(client, "patch", at, {"drawing": "fox", "words": "À garder"})["drawing"] == "fox"
    picture = {"file": SimpleUploadedFile("a.jpg", memo.photo())}
    assert client.post(f"{API}{at}picture/", picture).json()["picture"].startswith("/pieces/fichier/")
    asked(client, "delete", f"{at}picture/", status=204)
    first = asked(client, "post", f"{at}pages/", {"title": "La mer"}, status=201)
    second = asked(client, "post", f"{at}pages/", {"title": "La forêt"}, status=201)
    assert asked(client, "post", f"memo-pages/{second['uuid']}/place/", {"after": None})["position"] == 1
    assert [page["title"] for page in asked(client, "get", f"{at}pages/")] == ["La forêt", "La mer"]
    page = f"memo-pages/{first['uuid']}/"
    text = asked(client, "post", f"{page}blocks/", {"kind": "TEXT", "html": "<p>Bleue</p>"}, status=201)
    link = {"kind": "LINK", "address": "mer.fr"}
    assert asked(client, "post", f"{page}blocks/", link, status=201)["address"] == "https://mer.fr"
    file = {"file": SimpleUploadedFile("b.jpg", memo.photo()), "caption": "La plage"}
    assert client.post(f"{API}{page}files/", file).json()["kind"] == "PICTURE"
    kept = documents.file(room.teacher, "son.wav", memo.sound())
    (sound,) = asked(client, "post", f"{page}documents/", {"documents": [str(kept.uuid)]}, status=201)
    block = f"memo-blocks/{text['uuid']}/"
    saved = asked(client, "patch", block, {"version": 1, "html": "<p>Verte</p>"})
    assert (saved["html"], saved["version"]) == ("<p>Verte</p>", 2)
    stale = asked(client, "patch", block, {"version": 1, "html": "<p>Grise</p>"}, status=409)
    assert (stale["type"], stale["version"]) == ("urn:cartable:memo-changed-meanwhile", 2)
    asked(client, "post", f"{block}below/", {"html": "<p>Grise</p>"}, status=201)
    asked(client, "post", f"memo-blocks/{sound['uuid']}/place/", {"after": None})
    whole = asked(client, "get", page)
    assert [each["kind"] for each in whole["blocks"]] == ["SOUND", "TEXT", "TEXT", "LINK", "PICTURE"]
    asked(client, "delete", block, status=204)
    asked(client, "post", f"{block}put-back/")
    asked(client, "patch", page, {"title": "La mer bleue", "version": 1})
    asked(client, "delete", page, status=204)
    assert len(asked(client, "get", f"{at}pages/?removed=true")) == 1
    asked(client, "post", f"{page}put-back/")
    done = asked(client, "post", f"{at}in-names/", {"school_class": str(room.school_class.uuid), "role": 3})
    assert done == {"pupils": 2, "relatives": 0, "pages": 0}
    assert client.get(f"{API}{at}pdf/").content.startswith(b"%PDF-")
    copy = asked(signed_in(room.pupils[0]), "post", f"{at}copy/", {"title": "À moi"}, status=201)
    assert Resource.objects.get(uuid=copy["book"]).owner == room.pupils[0]
    asked(client, "delete", page, status=204)
    asked(client, "delete", page, status=204)
    assert not MemoPage.objects.filter(uuid=first["uuid"]).exists()
    assert [each["title"] for each in asked(client, "get", "memo-books/?q=foret")] == ["Album"]


def test_the_api_refuses_as_pages_do(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe, tom = room.pupils
    made = memo.book(room.teacher, "Album", zoe, tom, role=Role.CONTRIBUTE)
    page = memo.page(zoe, made, "La mer", "Bleue")
    other = signed_in(tom)
    text = {"kind": "TEXT", "html": "<p>x</p>"}
    refused = asked(other, "post", f"memo-pages/{page.uuid}/blocks/", text, status=403)
    assert refused["type"] == "urn:cartable:memo-page-not-yours"
    asked(other, "patch", f"memo-books/{made.uuid}/", {"title": "À moi"}, status=403)
    asked(other, "delete", f"memo-pages/{page.uuid}/", status=403)
    stranger = signed_in(world.classes[1].teacher)
    for path in (
        f"memo-books/{made.uuid}/",
        f"memo-pages/{page.uuid}/",
        f"memo-blocks/{page.blocks.get().uuid}/",
    ):
        asked(stranger, "get", path, status=404)
    own = {"school_class": str(world.classes[1].school_class.uuid)}
    asked(other, "post", f"memo-books/{made.uuid}/in-names/", own, status=404)


def test_what_is_new_in_a_book_is_one_line_for_a_class_that_works(
    world: SchoolWorld, at: Callable[[Any], None]
) -> None:
    room = world.classes[0]
    zoe, tom = room.pupils
    made = memo.book(room.teacher, "Album", zoe, tom, role=Role.CONTRIBUTE)

    def told() -> list[str]:
        lines = lines_of(news_of(room.teacher, reach_of(room.teacher), count=50), pupil=False)
        return [line.told.title for line in lines if line.kind.key == "notebooks.memo_written"]

    memo.page(zoe, made, "La mer", "Bleue")
    page = memo.page(tom, made, "La forêt", "Verte")
    assert told() == ["Du nouveau dans le cahier mémo «\u00a0Album\u00a0»"]
    at(clock.now() + timedelta(days=1))
    memo_blocks.add_text(by=tom, page=page, html="<p>Encore</p>")
    assert len(told()) == 2
    Grant.objects.filter(resource=made).delete()
    assert not any(each.event.resource_id == made.pk for each in news_of(zoe, reach_of(zoe), count=50))


def test_files_are_seen_among_those_that_applications_keep(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    memo.picture(teacher, memo.page(teacher, memo.book(teacher, "Album")))
    kept = attached(teacher).get()
    client = signed_in(teacher)
    assert "mer.jpg" in client.get("/documents/applis/").content.decode()
    assert "Album" in client.get(reverse("documents:file", args=[kept.uuid])).content.decode()


def test_pages_stay_unsigned_when_an_account_is_erased_with_its_files(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    page = memo.page(zoe, made, "La mer", "Bleue")
    block = memo.picture(zoe, page)
    day = clock.today()
    type(zoe).objects.filter(pk=zoe.pk).update(absent_since=day, pre_deleted_on=day)
    assert erase([zoe.pk], day) == 1
    page.refresh_from_db()
    assert (page.author, page.filled) == (None, True)
    (piece,) = pieces_of("memo", [block.uuid])[block.uuid]
    assert piece.owner == room.teacher.pk
    read = signed_in(room.teacher).get(f"/cahiers/memo/page/{page.uuid}/lire/").content.decode()
    assert piece.content_url in read or piece.large_url in read
