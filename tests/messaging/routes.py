"""Rows of the table of routes: a message that the director wrote to the teacher, with a file."""

from typing import Any

from messaging.models import Copy, Folder, Message
from messaging.services import send, writing
from tests.house.rows import Row, row, signed_in
from tests.house.world import DIRECTOR, TEACHER, HouseWorld
from tests.messaging.factories import content, targets

SUBJECT = "Conseil des maitres"


def _message(world: HouseWorld) -> Message:
    found = Message.objects.filter(subject=SUBJECT).first()
    if found is None:
        director = world.people[DIRECTOR]
        found = writing.begin(
            by=director, subject=SUBJECT, body="<p>Mardi</p>", targets=targets(world.people[TEACHER])
        )
        writing.attach(by=director, message=found, blob=content(), name="ordre.txt")
        send.send(by=director, message=found)
    return found


def address(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _message(world).uuid}


def file(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _message(world).attachments.get().uuid}


def folder(world: HouseWorld) -> dict[str, Any]:
    made, _ = Folder.objects.get_or_create(person=world.people[TEACHER], name="À garder")
    return {"uuid": made.uuid}


def draft(world: HouseWorld) -> dict[str, Any]:
    """A draft of the teacher's, with a file."""
    teacher = world.people[TEACHER]
    found = Message.objects.filter(author=teacher, subject="Sortie").first()
    if found is None:
        found = writing.begin(
            by=teacher, subject="Sortie", body="<p>Jeudi</p>", targets=targets(world.people[DIRECTOR])
        )
        writing.attach(by=teacher, message=found, blob=content(), name="plan.txt")
    return {"uuid": found.uuid}


def thrown(world: HouseWorld) -> dict[str, Any]:
    """The teacher's copy, in their trash."""
    Copy.objects.filter(message=_message(world), person=world.people[TEACHER]).update(
        trashed_at="2026-10-01T10:00Z"
    )
    return address(world)


PAGES: dict[str, Row] = {
    **{f"messaging:{name}": signed_in() for name in ("index", "sent", "drafts", "trash", "write")},
    "messaging:recipients": signed_in(),
    "messaging:signature": signed_in(),
    # Nothing chosen, nothing named: back with a word.
    "messaging:act": signed_in(302, method="post"),
    "messaging:folder_make": signed_in(302, method="post"),
    "messaging:folder": row(TEACHER, address=folder),
    "messaging:folder_rename": row(TEACHER, good=302, address=folder, method="post"),
    "messaging:folder_delete": row(TEACHER, good=302, address=folder, method="post"),
    "messaging:attachment": row(DIRECTOR, TEACHER, address=file),
    "messaging:thread": row(DIRECTOR, TEACHER, address=address),
    "messaging:print": row(DIRECTOR, TEACHER, address=address),
    "messaging:answer": row(DIRECTOR, TEACHER, good=302, address=address, method="post"),
    "messaging:forward": row(DIRECTOR, TEACHER, good=302, address=address, method="post"),
    # The teacher holds it, and did not write it: nothing there for them.
    "messaging:recall": row(DIRECTOR, good=302, address=address, method="post"),
}
