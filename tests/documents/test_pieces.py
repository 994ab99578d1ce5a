"""Files joined to a thing of an application: by whom, charged to whom, read by whom, and what becomes of them."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.enums import Profile
from accounts.models import User
from accounts.services import lifecycle
from core.storage.services import receive
from directory.services.school_settings import set_applications
from documents.errors import NoSuchDocument, NotAPicture, QuotaExceeded, TooManyPieces
from documents.models import File, Use
from documents.pieces import Piece, pieces_of
from documents.services import downloads, keeping, trash
from sharing.errors import NotAManager
from sharing.models import Resource
from tests.directory.worlds import school_world
from tests.documents.factories import allow, broken, content, file, folder, share, teacher, used
from tests.documents.joined import SPACE, Notes, registered
from tests.messaging.factories import signed_in
from tests.sharing.factories import ResourceFactory

pytestmark = pytest.mark.django_db


def picture(color: str = "green") -> bytes:
    made = BytesIO()
    Image.new("RGB", (8, 6), color).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def notes() -> Iterator[Notes]:
    with registered() as found:
        yield found


@pytest.fixture
def writer(notes: Notes) -> User:
    me = teacher()
    notes.writers.add(me.pk)
    return me


def joined(notes: Notes) -> list[Piece]:
    return pieces_of(SPACE, [notes.note])[notes.note]


def join(notes: Notes, by: User, data: bytes = b"bonjour", name: str = "a.txt", **told: Any) -> Resource:
    received = receive(file=BytesIO(data), name=name)
    return keeping.join(by=by, space=SPACE, subject=notes.note, blob=received.blob, name=name, **told)


def test_a_file_joined_is_charged_once_and_read_by_the_readers_of_the_thing(
    notes: Notes, writer: User
) -> None:
    reader, stranger = teacher(), teacher()
    notes.readers.add(reader.pk)
    made = join(notes, writer)
    join(notes, writer)
    assert used(writer) == 7
    (piece,) = joined(notes)
    assert (piece.name, piece.size, piece.preview, piece.inline) == ("a.txt", 7, "text", False)
    assert downloads.download(reader, made.uuid).name == "a.txt"
    with pytest.raises(NoSuchDocument):
        downloads.download(stranger, made.uuid)
    assert broken() == []


def test_only_who_writes_the_thing_joins_and_takes_off(notes: Notes, writer: User) -> None:
    reader, stranger = teacher(), teacher()
    notes.readers.add(reader.pk)
    made = join(notes, writer)
    for person, refused in ((reader, NotAManager), (stranger, NoSuchDocument)):
        with pytest.raises(refused):
            join(notes, person)
        with pytest.raises(refused):
            keeping.detach(by=person, space=SPACE, subject=notes.note, file=made.uuid)
    keeping.detach(by=writer, space=SPACE, subject=notes.note, file=made.uuid)
    assert joined(notes) == []
    # The file stays its owner's, among what applications keep.
    assert File.objects.get(pk=made.pk).kept
    with pytest.raises(NoSuchDocument):
        keeping.detach(by=writer, space=SPACE, subject=notes.note, file=made.uuid)


def test_what_the_application_or_the_space_refuses_leaves_nothing(
    notes: Notes, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.refused = "image/"
    with pytest.raises(NotAManager):
        join(notes, writer, picture(), "photo.png")
    with pytest.raises(NotAPicture):
        join(notes, writer, inline=True)
    allow(writer, 3)
    with pytest.raises(QuotaExceeded):
        join(notes, writer)
    allow(writer, 100)
    monkeypatch.setattr(keeping, "MOST_PIECES", 0)
    with pytest.raises(TooManyPieces):
        join(notes, writer)
    assert joined(notes) == []
    assert used(writer) == 0


def test_one_joins_documents_that_one_manages_alone(notes: Notes, writer: User) -> None:
    other = teacher()
    own, theirs = file(writer, "plan.txt", b"le plan"), file(other, "secret.txt")
    share(theirs, writer)
    with pytest.raises(NotAManager):
        keeping.join_documents(by=writer, space=SPACE, subject=notes.note, documents=[own, theirs])
    assert joined(notes) == []
    keeping.join_documents(by=writer, space=SPACE, subject=notes.note, documents=[own])
    trash.trash(by=writer, resources=[own])
    # A copy: what becomes of the document changes nothing.
    assert [each.name for each in joined(notes)] == ["plan.txt"]


def test_a_text_keeps_the_pictures_that_it_shows(notes: Notes, writer: User) -> None:
    shown = join(notes, writer, picture(), "un.png", inline=True)
    join(notes, writer, picture("red"), "deux.png", inline=True)
    pasted = file(writer, "trois.png", picture("blue"))
    html = "".join(f'<p><img src="{keeping.PLACE}{each.uuid}/contenu/"></p>' for each in (shown, pasted))
    keeping.settle_pictures(by=writer, space=SPACE, subject=notes.note, html=html)
    assert [each.name for each in joined(notes)] == ["un.png", "trois.png"]
    assert all(each.inline for each in joined(notes))


def test_a_copy_has_files_of_its_own(notes: Notes, writer: User) -> None:
    shown = join(notes, writer, picture(), "un.png", inline=True)
    keeping.caption(by=writer, space=SPACE, subject=notes.note, file=shown.uuid, text=" Un\n arbre ")
    copier, copy = teacher(), uuid4()
    copies = keeping.copy_pieces(
        by=copier, space=SPACE, source=notes.note, target=copy, label="Copie de ma note"
    )
    (piece,) = pieces_of(SPACE, [copy])[copy]
    assert (piece.owner, piece.caption, piece.inline) == (copier.pk, "Un arbre", True)
    html = f'<img src="{keeping.PLACE}{shown.uuid}/contenu/">'
    assert str(piece.uuid) in keeping.with_pictures_of(html, copies)
    keeping.release(space=SPACE, subjects=[notes.note])
    assert joined(notes) == []
    assert len(pieces_of(SPACE, [copy])[copy]) == 1


def test_a_file_goes_where_the_thing_goes_when_its_owner_is_erased(notes: Notes, writer: User) -> None:
    colleague = teacher()
    notes.lies_in = ResourceFactory(owner=colleague)
    made, unused = join(notes, writer), file(writer, "rien.txt", b"rien")
    day = date(2026, 12, 1)
    User.objects.filter(pk=writer.pk).update(absent_since=date(2026, 9, 1), pre_deleted_on=date(2026, 10, 1))
    assert lifecycle.erase([writer.pk], day) == 1
    assert Resource.objects.get(pk=made.pk).owner == colleague
    assert used(colleague) == 7
    assert not Resource.objects.filter(pk=unused.pk).exists()
    assert [each.name for each in joined(notes)] == ["a.txt"]
    assert broken() == []


def test_the_page_joins_describes_and_takes_off(
    notes: Notes, writer: User, text_of: Callable[[Any], str]
) -> None:
    client = signed_in(writer)
    address = f"/pieces/{SPACE}/{notes.note}/"
    answer = client.post(address, {"fichier": SimpleUploadedFile("plan.txt", b"le plan")})
    assert answer.status_code == 302
    (piece,) = joined(notes)
    said = client.post(f"{address}{piece.uuid}/legende/", {f"legende-{piece.uuid}": "Le plan du gymnase"})
    assert said.status_code == 204
    part = text_of(client.get(address, headers={"HX-Request": "true"}))
    assert "Le plan du gymnase" in part
    assert client.post(f"{address}{piece.uuid}/retirer/").status_code == 302
    assert joined(notes) == []
    assert signed_in(teacher()).get(address).status_code == 404
    assert client.get("/pieces/nulle/" + f"{notes.note}/").status_code == 404


def test_a_picture_of_the_text_is_sent_from_the_editor(notes: Notes, writer: User) -> None:
    client = signed_in(writer)
    address = f"/pieces/{SPACE}/{notes.note}/image/"
    sent = client.post(address, {"image": SimpleUploadedFile("arbre.png", picture())})
    assert sent.status_code == 201
    assert client.get(sent.json()["src"]).status_code == 200
    refused = client.post(address, {"image": SimpleUploadedFile("arbre.txt", b"un arbre")})
    assert refused.status_code == 400
    assert "image" in refused.json()["title"]


def test_one_chooses_among_ones_documents(notes: Notes, writer: User, text_of: Callable[[Any], str]) -> None:
    room = folder(writer, "Sorties")
    plan = file(writer, "plan.txt", b"le plan", room)
    client = signed_in(writer)
    address = f"/pieces/{SPACE}/{notes.note}/mes-documents/"
    assert "Sorties" in text_of(client.get(address))
    assert "plan.txt" in text_of(client.get(address, {"dossier": str(room.uuid)}))
    assert client.post(address).status_code == 422
    assert client.post(address, {"d": str(plan.uuid)}).status_code == 302
    assert [each.name for each in joined(notes)] == ["plan.txt"]


def test_a_large_file_comes_by_pieces(notes: Notes, writer: User) -> None:
    client = signed_in(writer)
    told = {"filename": "plan.txt", "space": SPACE, "subject": str(notes.note)}
    assert _sent(client, told, b"le plan") == 201
    assert [each.name for each in joined(notes)] == ["plan.txt"]
    assert _sent(signed_in(teacher()), told, b"le plan") == 404


def _sent(client: Client, told: dict[str, str], data: bytes) -> int:
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
    answer = client.post(
        "/pieces/envois/",
        data,
        content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(len(data)), "Upload-Metadata": metadata},
    )
    return answer.status_code


def test_the_api_does_what_the_page_does(notes: Notes, writer: User) -> None:
    client = signed_in(writer)
    address = f"/api/v1/pieces/{SPACE}/{notes.note}/"
    made = client.post(address, {"file": SimpleUploadedFile("plan.txt", b"le plan")})
    assert made.status_code == 201
    (told,) = made.json()
    own = file(writer, "b.txt", b"b")
    chosen = {"documents": [str(own.uuid)]}
    assert client.post(address + "documents/", chosen, content_type="application/json").status_code == 201
    said = client.patch(
        address + f"{told['uuid']}/", json.dumps({"caption": "Le plan"}), content_type="application/json"
    )
    assert said.json()[0]["caption"] == "Le plan"
    assert client.delete(address + f"{told['uuid']}/").status_code == 204
    assert [each["name"] for each in client.get(address).json()] == ["b.txt"]
    assert signed_in(teacher()).get(address).status_code == 404


def test_a_school_that_closes_the_documents_keeps_what_its_applications_show(
    notes: Notes, writer: User
) -> None:
    world = school_world()
    reader = world.classes[0].pupils[0]
    notes.readers.add(reader.pk)
    made, own = join(notes, writer), file(reader)
    set_applications(by=world.director, school=world.school, off={"documents": [Profile.PUPIL]})
    client = signed_in(reader)
    assert client.get(f"/pieces/fichier/{made.uuid}/contenu/").status_code == 200
    assert client.get(f"/documents/fichier/{own.uuid}/contenu/").status_code == 404
    # The way in of applications opens nothing else.
    assert client.get(f"/pieces/fichier/{own.uuid}/contenu/").status_code == 404


def test_many_files_are_told_in_one_query(notes: Notes, writer: User) -> None:
    for number in range(20):
        blob = content(str(number).encode(), f"{number}.txt")
        keeping.join(by=writer, space=SPACE, subject=notes.note, blob=blob, name=f"{number}.txt")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(joined(notes)) == 20
    assert len(queries) == 1
    assert Use.objects.count() == 20
