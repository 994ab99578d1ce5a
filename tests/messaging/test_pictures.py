"""Pictures in the text of a message: seen by whoever holds it, charged to them, and to nobody else."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from accounts.models import User
from core.storage.services import opened
from documents.errors import QuotaExceeded
from documents.querysets import quota_of
from documents.services.quota import set_limit
from messaging.errors import NoSuchMessage, NotAPicture
from messaging.models import Attachment, Message
from messaging.querysets import held
from messaging.services import send, writing
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import broken, content, draft, signed_in, targets

pytestmark = pytest.mark.django_db
SEND, WRITE = "/messagerie/image/", "/messagerie/ecrire/"


def photo(colour: str = "teal", name: str = "mer.jpg") -> SimpleUploadedFile:
    """Taken lying, with the name of who took it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Artist] = 6, "Zoé"
    written = BytesIO()
    Image.new("RGB", (60, 30), colour).save(written, "JPEG", exif=exif)
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")


def pictured(by: User, *whom: User, colour: str = "teal") -> tuple[Message, str]:
    """A draft whose text shows a picture, and its address."""
    made = draft(by, *whom)
    src = signed_in(by).post(SEND, {"brouillon": str(made.uuid), "image": photo(colour)}).json()["src"]
    writing.save(by=by, message=made, body=f'<p>Voici</p><p><img src="{src}" alt="la mer"></p>')
    made.refresh_from_db()
    return made, src


def sent_with(by: User, *whom: User) -> tuple[Message, str]:
    made, src = pictured(by, *whom)
    return send.send(by=by, message=made), src


def test_a_picture_is_shown_to_whoever_holds_the_message_upright_and_without_its_story(
    world: SchoolWorld, text_of: Any
) -> None:
    room = world.classes[0]
    message, src = sent_with(room.teacher, room.relatives[0])
    reader = signed_in(room.relatives[0])
    for page in (f"/messagerie/{message.uuid}/", f"/messagerie/{message.uuid}/imprimer/"):
        assert f'<img src="{src}" alt="la mer">' in text_of(reader.get(page))
    answer = reader.get(src)
    assert answer["Content-Disposition"].startswith("inline")
    picture = Image.open(BytesIO(b"".join(answer.streaming_content)))
    assert picture.size == (30, 60)
    assert not picture.getexif()
    for stranger in (room.relatives[1], world.classes[1].teacher):
        assert signed_in(stranger).get(src).status_code == 404
    size = message.attachments.get().size
    assert [quota_of(each).used for each in (room.teacher, room.relatives[0])] == [size, size]
    # It is in the text, and no file beside it.
    assert "ct-attach" not in text_of(reader.get(f"/messagerie/{message.uuid}/"))
    assert broken() == []


def test_a_picture_begins_the_draft_that_the_page_will_keep(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    client, key = signed_in(teacher), str(uuid4())
    src = client.post(SEND, {"brouillon": "", "nouveau": key, "image": photo()}).json()["src"]
    client.post(
        WRITE,
        {"nouveau": key, "objet": "Mer", "texte": f'<p><img src="{src}" alt=""></p>', "format": "html"},
        headers={"HX-Request": "true"},
    )
    kept = Message.objects.get()
    assert (str(kept.uuid), kept.subject, kept.attachments.count()) == (key, "Mer", 1)
    # Another's key begins nothing, and gives nothing away.
    answer = signed_in(world.director).post(SEND, {"nouveau": key, "image": photo()})
    assert answer.status_code == 404
    assert answer.json()["type"] == f"urn:cartable:{NoSuchMessage.code}"
    assert Message.objects.get().attachments.count() == 1


def test_what_is_no_picture_is_refused_in_words(world: SchoolWorld) -> None:
    client = signed_in(world.classes[0].teacher)
    for given in ({}, {"image": SimpleUploadedFile("mer.jpg", b"pas une image")}):
        answer = client.post(SEND, {"nouveau": str(uuid4()), **given})
        assert (answer.status_code, answer.json()["type"]) == (400, f"urn:cartable:{NotAPicture.code}")
    pupil = signed_in(world.classes[0].pupils[0]).post(SEND, {"nouveau": str(uuid4())})
    assert pupil.json()["title"] == NotAPicture.to_pupil
    assert not Attachment.objects.exists()


def test_what_the_text_shows_no_more_goes_when_it_is_whole_and_not_while_one_writes(
    world: SchoolWorld,
) -> None:
    teacher = world.classes[0].teacher
    made, _ = pictured(teacher, world.director)
    client = signed_in(teacher)
    given = {"brouillon": str(made.uuid), "objet": "Mer", "texte": "<p>Sans</p>", "format": "html"}
    client.post(WRITE, given | {"act": "save"}, headers={"HX-Request": "true"})
    assert made.attachments.count() == 1
    client.post(WRITE, given | {"act": "save"})
    assert made.attachments.count() == 0
    assert quota_of(teacher).used == 0
    made, src = pictured(teacher, world.director, colour="red")
    blob = made.attachments.get().blob
    writing.save(by=teacher, message=made, body="<p>Sans</p>")
    sent = send.send(by=teacher, message=made)
    assert (sent.weight, sent.attachments.count()) == (0, 0)
    blob.refresh_from_db()
    assert blob.references == 0
    assert signed_in(world.director).get(src).status_code == 404
    assert broken() == []


def test_a_picture_of_a_message_passed_on_is_seen_by_whoever_receives_it(
    world: SchoolWorld, text_of: Any
) -> None:
    room = world.classes[0]
    message, src = sent_with(world.director, room.teacher)
    copy = held(room.teacher, message.uuid)
    assert copy is not None
    passed = writing.forward(by=room.teacher, copy=copy)
    assert src not in passed.body
    (own,) = passed.attachments.all()
    assert own.inline
    writing.save(by=room.teacher, message=passed, targets=targets(room.relatives[0]))
    passed = send.send(by=room.teacher, message=passed)
    reader = signed_in(room.relatives[0])
    page = text_of(reader.get(f"/messagerie/{passed.uuid}/"))
    assert f'<img src="/messagerie/piece/{own.uuid}/" alt="la mer">' in page
    assert reader.get(f"/messagerie/piece/{own.uuid}/").status_code == 200
    assert reader.get(src).status_code == 404
    assert broken() == []


def test_a_picture_pasted_from_another_message_is_joined_once_and_only_if_one_holds_it(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    _, mine = sent_with(world.director, room.teacher)
    _, theirs = sent_with(world.director, world.classes[1].teacher)
    body = f'<p><img src="{mine}" alt=""><img src="{mine}" alt=""><img src="{theirs}" alt=""></p>'
    made = send.send(by=room.teacher, message=draft(room.teacher, room.relatives[0], body=body))
    (own,) = made.attachments.all()
    assert made.body.count(f"/messagerie/piece/{own.uuid}/") == 2
    reader = signed_in(room.relatives[0])
    assert reader.get(theirs).status_code == reader.get(mine).status_code == 404
    assert broken() == []


def test_a_picture_that_does_not_fit_is_refused_and_the_text_stays(world: SchoolWorld) -> None:
    room = world.classes[0]
    _, src = sent_with(world.director, room.teacher)
    set_limit(by=None, person=room.teacher, limit=quota_of(room.teacher).used)
    made = draft(room.teacher, room.relatives[0], body=f'<p>Voyez<img src="{src}" alt=""></p>')
    with pytest.raises(QuotaExceeded):
        send.send(by=room.teacher, message=made)
    answer = signed_in(room.teacher).post(SEND, {"brouillon": str(made.uuid), "image": photo("red")})
    assert (answer.status_code, answer.json()["type"]) == (413, f"urn:cartable:{QuotaExceeded.code}")
    made.refresh_from_db()
    assert made.text == "Voyez"
    assert broken() == []


def test_the_api_joins_a_picture_and_says_where_the_text_shows_it(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = draft(room.teacher, room.relatives[0])
    address = f"/api/v1/messages/{made.uuid}/"
    client = signed_in(room.teacher)
    told = client.post(f"{address}attachments/", {"file": photo(), "inline": "true"}).json()
    assert (told["inline"], told["src"]) == (True, f"/messagerie/piece/{told['uuid']}/")
    refused = client.post(
        f"{address}attachments/", {"file": SimpleUploadedFile("a.txt", b"x"), "inline": "1"}
    )
    assert refused.status_code == 400
    body = f'<p><img src="{told["src"]}" alt="la mer"></p>'
    client.patch(address, {"body": body}, content_type="application/json")
    assert client.post(f"{address}send/", {}, content_type="application/json").json()["body"] == body
    with opened(Attachment.objects.get().blob) as kept:
        assert b"Zo" not in kept.read()


def test_a_file_joined_beside_the_text_is_not_taken_for_a_picture_of_it(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    made, _ = pictured(teacher, world.director)
    writing.attach(by=teacher, message=made, blob=content(), name="plan.txt")
    writing.save(by=teacher, message=made, body="<p>Sans</p>")
    assert [each.name for each in send.send(by=teacher, message=made).attachments.all()] == ["plan.txt"]


def test_without_a_script_a_text_not_touched_keeps_its_pictures(world: SchoolWorld, text_of: Any) -> None:
    room = world.classes[0]
    made, src = pictured(room.teacher, room.relatives[0])
    client = signed_in(room.teacher)
    given = {"brouillon": str(made.uuid), "objet": "Mer", "dest": f"TO|person:{room.relatives[0].uuid}"}
    client.post(WRITE, given | {"texte": "Voici", "act": "save"})
    made.refresh_from_db()
    assert src in made.body
    client.post(WRITE, given | {"texte": "Voilà", "act": "save"})
    made.refresh_from_db()
    assert (made.body, made.attachments.count()) == ("<p>Voilà</p>", 0)
