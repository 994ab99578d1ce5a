"""Files joined by pieces: taken up after a cut, for one draft of one's own."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from core.storage.models import Upload
from documents.errors import QuotaExceeded
from documents.querysets import quota_of
from documents.services.quota import set_limit
from messaging.errors import AlreadySent, TooManyAttachments
from messaging.models import Message
from messaging.rules import MOST_ATTACHMENTS
from messaging.services import send, writing
from tests.core.storage.sending import BYTES, TUS, metadata
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import broken, content, draft, signed_in
from tests.sharing.test_races import together

pytestmark = pytest.mark.django_db
PLACE = "/messagerie/envois/"


def begun(client: Client, length: int, **place: str) -> HttpResponse:
    told = {"Upload-Length": str(length), "Upload-Metadata": metadata(filename="plan.txt", **place)}
    return client.post(PLACE, headers=TUS | told)


def piece(client: Client, url: str, body: bytes, offset: int) -> HttpResponse:
    told = TUS | {"Upload-Offset": str(offset)}
    return client.patch(url, data=body, content_type=BYTES, headers=told)


def test_a_file_cut_short_goes_on_and_is_joined_once_whole(world: SchoolWorld, text_of: Any) -> None:
    teacher = world.classes[0].teacher
    made, client = draft(teacher, world.director), signed_in(teacher)
    url = begun(client, 7, brouillon=str(made.uuid))["Location"]
    assert piece(client, url, b"le p", 0)["Upload-Offset"] == "4"
    assert not made.attachments.exists()
    assert client.head(url, headers=TUS)["Upload-Offset"] == "4"
    last = piece(client, url, b"lan", 4)
    (joined,) = made.attachments.all()
    assert (last["X-Attachment"], joined.name, joined.size) == (str(joined.uuid), "plan.txt", 7)
    assert quota_of(teacher).used == 7
    assert "plan.txt" in text_of(client.get("/messagerie/pieces/", {"brouillon": str(made.uuid)}))
    assert send.send(by=teacher, message=made).attachments.count() == 1
    assert broken() == []


def test_a_file_begins_the_draft_that_the_page_will_keep(world: SchoolWorld, text_of: Any) -> None:
    client, key = signed_in(world.classes[0].teacher), str(uuid4())
    assert "plan.txt" not in text_of(client.get("/messagerie/pieces/", {"nouveau": key}))
    url = begun(client, 7, brouillon="", nouveau=key)["Location"]
    piece(client, url, b"le plan", 0)
    assert [str(each.uuid) for each in Message.objects.all()] == [key]
    assert "plan.txt" in text_of(client.get("/messagerie/pieces/", {"nouveau": key}))
    stranger = signed_in(world.director)
    assert "plan.txt" not in text_of(stranger.get("/messagerie/pieces/", {"nouveau": key}))


def test_another_s_draft_and_another_s_upload_are_not_there(world: SchoolWorld) -> None:
    made = draft(world.classes[0].teacher, world.director)
    mine, theirs = signed_in(world.classes[0].teacher), signed_in(world.director)
    for place in ({"brouillon": str(made.uuid)}, {"nouveau": str(made.uuid)}):
        assert begun(theirs, 7, **place).status_code == 404
    url = begun(mine, 7, brouillon=str(made.uuid))["Location"]
    assert piece(theirs, url, b"le plan", 0).status_code == 404
    assert theirs.head(url, headers=TUS).status_code == 404
    # Nor is it a document's.
    assert mine.head(url.replace("messagerie", "documents"), headers=TUS).status_code == 404
    assert not made.attachments.exists()


def test_what_does_not_fit_is_refused_before_its_first_byte(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    made, client = draft(teacher, world.director), signed_in(teacher)
    place = {"brouillon": str(made.uuid)}
    set_limit(by=None, person=teacher, limit=6)
    assert begun(client, 7, **place).json()["type"] == f"urn:cartable:{QuotaExceeded.code}"
    set_limit(by=None, person=teacher, limit=1_000)
    for _ in range(MOST_ATTACHMENTS):
        writing.attach(by=teacher, message=made, blob=content(), name="a.txt")
    assert begun(client, 7, **place).json()["type"] == f"urn:cartable:{TooManyAttachments.code}"
    assert not Upload.objects.exists()


def test_what_comes_after_the_message_went_is_refused(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    made, client = draft(teacher, world.director), signed_in(teacher)
    url = begun(client, 7, brouillon=str(made.uuid))["Location"]
    send.send(by=teacher, message=made)
    assert piece(client, url, b"le plan", 0).json()["type"] == f"urn:cartable:{AlreadySent.code}"
    assert not made.attachments.exists()
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_a_text_and_files_that_come_together_begin_one_draft(world: SchoolWorld) -> None:
    teacher, key = world.classes[0].teacher, uuid4()
    text = partial(writing.write, by=teacher, message=None, key=key, subject="Sortie")
    assert together(*[lambda: writing.begun(by=teacher, key=key), text] * 4) == []
    assert [(each.uuid, each.subject) for each in Message.objects.all()] == [(key, "Sortie")]
    assert broken() == []
