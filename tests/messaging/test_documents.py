"""Files between messages and the Espace documentaire: joined from there, kept there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.errors import NoSuchDocument, QuotaExceeded
from documents.querysets import mine, quota_of
from documents.services.quota import set_limit
from documents.services.trash import trash
from messaging.services import send, writing
from sharing.enums import Role
from sharing.errors import NotAManager
from tests.directory.worlds import SchoolWorld
from tests.documents import factories as documents
from tests.messaging.factories import broken, content, draft, signed_in

pytestmark = pytest.mark.django_db
type TextOf = Callable[[Any], str]


def test_a_document_joined_is_a_copy_that_each_reader_keeps(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    folder = documents.folder(room.teacher, "Sorties")
    plan = documents.file(room.teacher, "Plan.txt", b"le plan", folder)
    made = draft(room.teacher, room.relatives[0])
    client = signed_in(room.teacher)
    answer = client.post("/messagerie/ecrire/", {"brouillon": str(made.uuid), "act": "documents"})
    address = answer["Location"]
    page = text_of(client.get(address))
    assert "Sorties" in page
    assert "Plan.txt" not in page
    page = text_of(client.get(address, {"dossier": str(folder.uuid)}))
    assert str(plan.uuid) in page
    assert "Plan.txt" in text_of(client.get(address, {"q": "plan"}))
    writing.save(by=room.teacher, message=made, targets=writing_to(room.relatives[0]))
    assert room.relatives[0].full_name in text_of(client.get(address))
    answer = client.post(address, {"d": str(plan.uuid)})
    assert answer["Location"] == f"/messagerie/ecrire/?brouillon={made.uuid}"
    sent = send.send(by=room.teacher, message=made)
    trash(by=room.teacher, resources=[plan])
    (joined,) = sent.attachments.all()
    reader = signed_in(room.relatives[0])
    assert b"".join(reader.get(f"/messagerie/piece/{joined.uuid}/").streaming_content) == b"le plan"
    assert quota_of(room.relatives[0]).used == 7
    assert broken() == []


def writing_to(person: Any) -> list[writing.Target]:
    return [writing.Target(writing.Line.TO, person=person)]


@pytest.mark.parametrize(
    ("role", "refused"), [(None, NoSuchDocument), (Role.CONTRIBUTE, NotAManager), (Role.MANAGE, None)]
)
def test_only_who_manages_a_document_joins_it(
    world: SchoolWorld, text_of: TextOf, role: Role | None, refused: type[Exception] | None
) -> None:
    teacher = world.classes[0].teacher
    theirs = documents.file(world.director, "Budget.txt")
    if role is not None:
        documents.share(theirs, teacher, role)
    made, client = draft(teacher, world.director), signed_in(teacher)
    asked = {"documents": [str(theirs.uuid)]}
    answer = client.post(f"/api/v1/messages/{made.uuid}/documents/", asked, content_type="application/json")
    page = text_of(client.get(f"/messagerie/{made.uuid}/documents/", {"partages": "1"}))
    if refused is None:
        assert (answer.status_code, answer.json()[0]["name"]) == (201, "Budget.txt")
        assert str(theirs.uuid) in page
        return
    assert answer.json()["type"] == f"urn:cartable:{refused.code}"
    with pytest.raises(refused):
        writing.attach_documents(by=teacher, message=made, documents=[theirs])
    assert str(theirs.uuid) not in page
    assert ("n’est pas proposé" in page) == (role is not None)
    assert not made.attachments.exists()


def test_a_draft_of_somebody_else_is_not_there(world: SchoolWorld) -> None:
    made = draft(world.director, world.classes[0].teacher)
    client = signed_in(world.classes[0].teacher)
    assert client.get(f"/messagerie/{made.uuid}/documents/").status_code == 404
    assert client.post(f"/messagerie/{made.uuid}/documents/", {"d": "x"}).status_code == 404


def test_what_does_not_fit_is_said_and_nothing_is_joined(world: SchoolWorld, text_of: TextOf) -> None:
    teacher = world.classes[0].teacher
    plan = documents.file(teacher, "Plan.txt", b"x" * 100)
    set_limit(by=None, person=teacher, limit=150)
    made = draft(teacher, world.director)
    answer = signed_in(teacher).post(f"/messagerie/{made.uuid}/documents/", {"d": str(plan.uuid)})
    assert answer.status_code == 422
    assert "pas assez de place" in text_of(answer)
    assert not made.attachments.exists()


def test_a_file_received_is_kept_in_one_s_documents_where_there_is_room(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    made = draft(room.teacher, room.relatives[0])
    writing.attach(by=room.teacher, message=made, blob=content(b"le plan"), name="Plan.txt")
    (joined,) = send.send(by=room.teacher, message=made).attachments.all()
    address = f"/messagerie/piece/{joined.uuid}/garder/"
    reader, relative = signed_in(room.relatives[0]), room.relatives[0]
    set_limit(by=None, person=relative, limit=10)
    answer = reader.post(address, {"retour": f"/messagerie/{made.uuid}/"}, follow=True)
    assert "pas assez de place" in text_of(answer)
    assert not mine(relative).exists()
    set_limit(by=None, person=relative, limit=100)
    answer = reader.post(address, {"retour": f"/messagerie/{made.uuid}/"}, follow=True)
    assert "enregistré dans vos documents" in text_of(answer)
    assert [each.title for each in mine(relative)] == ["Plan.txt"]
    # Held by the message and by the document: both are counted, until each is let go.
    assert quota_of(relative).used == 14
    api = f"/api/v1/messages/{made.uuid}/attachments/{joined.uuid}/keep/"
    assert reader.post(api).status_code == 201
    stranger = signed_in(world.classes[1].teacher)
    assert stranger.post(address).status_code == stranger.post(api).status_code == 404
    set_limit(by=None, person=relative, limit=1)
    assert reader.post(api).json()["type"] == f"urn:cartable:{QuotaExceeded.code}"
    assert broken() == []


def test_the_page_asks_as_much_with_one_document_as_with_many(world: SchoolWorld) -> None:
    one, two = world.classes[0].teacher, world.classes[1].teacher
    asked = []
    for person, count in ((one, 1), (two, 60)):
        for n in range(count):
            documents.folder(person, f"Dossier {n}")
            documents.file(person, f"{n}.txt")
        client, made = signed_in(person), draft(person, world.director)
        client.get(f"/messagerie/{made.uuid}/documents/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/messagerie/{made.uuid}/documents/")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 26
