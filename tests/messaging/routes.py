"""Rows of the table of routes: a message that the director wrote to the teacher, with a file."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from directory.models import SchoolClass
from documents.querysets import mine
from messaging.enums import Box, Reason, State
from messaging.models import Barred, Copy, Folder, Message, Report
from messaging.services import reports, send, writing
from messaging.services.bar import bar
from tests.documents import factories as documents
from tests.house.rows import Row, row, signed_in
from tests.house.world import DIRECTOR, OTHER_DIRECTOR, PUPIL, SCHOOL_ADMINS, STAFF, TEACHER, HouseWorld
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


def report(world: HouseWorld) -> dict[str, Any]:
    """The director reported what the teacher wrote, with a file."""
    found = Report.objects.filter(reporter=world.people[DIRECTOR], closed_at__isnull=True).first()
    if found is None:
        draft(world)
        message = Message.objects.get(author=world.people[TEACHER], subject="Sortie")
        send.send(by=world.people[TEACHER], message=message)
        copy = Copy.objects.get(message=message, person=world.people[DIRECTOR], box=Box.RECEIVED)
        found = reports.report(by=world.people[DIRECTOR], copy=copy, reason=Reason.OTHER)
    return {"uuid": found.uuid}


def report_file(world: HouseWorld) -> dict[str, Any]:
    found = Report.objects.get(**report(world))
    return {"uuid": found.uuid, "key": found.message.attachments.get().uuid}


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    return SimpleUploadedFile("mer.png", drawn.getvalue())


def _pupils_message(world: HouseWorld) -> Message:
    """A pupil of the teacher's class wrote to somebody else's teacher: it waits to be read."""
    pupil = world.people[PUPIL]
    found = Message.objects.filter(author=pupil, state=State.HELD).first()
    if found is None:
        found = writing.begin(
            by=pupil, subject="Merci", body="<p>Merci</p>", targets=targets(world.people[TEACHER])
        )
        Copy.objects.filter(message=found).update(box=Box.SENT)
        Message.objects.filter(pk=found.pk).update(state=State.HELD)
    return found


def waiting(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _pupils_message(world).uuid}


def _class(world: HouseWorld, name: str = "uuid") -> dict[str, Any]:
    return {
        name: SchoolClass.objects.get(
            classattachment__person=world.people[TEACHER], classattachment__ended_on=None
        ).uuid
    }


def _key(name: str) -> Any:
    return lambda world: {name: world.school.uuid}


def barred(world: HouseWorld) -> dict[str, Any]:
    """The teacher keeps somebody of the staff away from the pupil."""
    found = Barred.objects.filter(lifted_at=None).first()
    found = found or bar(by=world.people[TEACHER], pupil=world.people[PUPIL], sender=world.people[STAFF])
    return {"uuid": found.uuid}


# The teacher of the class, and the direction.
READERS = (TEACHER, DIRECTOR)
ON: Any = {"data": lambda world: {"relire": "on"}, "method": "post"}


PAGES: dict[str, Row] = {
    **{f"messaging:{name}": signed_in() for name in ("index", "sent", "drafts", "trash", "write")},
    "messaging:recipients": signed_in(),
    "messaging:joined": signed_in(),
    "messaging:uploads": signed_in(204, method="options"),
    "messaging:upload": signed_in(204, method="options", address=lambda world: {"upload": uuid4()}),
    "messaging:picture": signed_in(201, method="post", data=lambda world: {"image": picture()}),
    "messaging:signature": signed_in(),
    # Nothing chosen, nothing named: back with a word.
    "messaging:act": signed_in(302, method="post"),
    "messaging:folder_make": signed_in(302, method="post"),
    "messaging:folder": row(TEACHER, address=folder),
    "messaging:folder_rename": row(TEACHER, good=302, address=folder, method="post"),
    "messaging:folder_delete": row(TEACHER, good=302, address=folder, method="post"),
    "messaging:attachment": row(DIRECTOR, TEACHER, address=file),
    "messaging:keep": row(DIRECTOR, TEACHER, good=302, address=file, method="post"),
    "messaging:documents": row(TEACHER, address=draft),
    "messaging:thread": row(DIRECTOR, TEACHER, address=address),
    "messaging:print": row(DIRECTOR, TEACHER, address=address),
    "messaging:answer": row(DIRECTOR, TEACHER, good=302, address=address, method="post"),
    "messaging:forward": row(DIRECTOR, TEACHER, good=302, address=address, method="post"),
    "messaging:barred": row(TEACHER, DIRECTOR, OTHER_DIRECTOR),
    "messaging:bar": row(
        *READERS,
        good=302,
        method="post",
        data=lambda world: {
            "eleve": str(world.people[PUPIL].uuid),
            "expediteur": str(world.people[STAFF].uuid),
        },
    ),
    "messaging:unbar": row(*READERS, good=302, address=barred, method="post"),
    "messaging:reviews": row(TEACHER, DIRECTOR, OTHER_DIRECTOR),
    "messaging:review": row(*READERS, address=waiting),
    "messaging:review_class": row(TEACHER, good=302, address=_class, **ON),
    "messaging:review_school": row(DIRECTOR, good=302, address=_key("uuid"), **ON),
    "messaging:take_back": row(PUPIL, good=302, address=waiting, method="post"),
    # One's own is not reported.
    "messaging:report": row(TEACHER, address=address),
    # The teacher holds it, and did not write it: nothing there for them.
    "messaging:recall": row(DIRECTOR, good=302, address=address, method="post"),
}


def document(world: HouseWorld) -> UUID:
    """A file of the teacher's."""
    teacher = world.people[TEACHER]
    found = mine(teacher).filter(title="Trajet.txt").first() or documents.file(teacher, "Trajet.txt")
    return found.uuid


def _file_of(world: HouseWorld) -> dict[str, Any]:
    return address(world) | {"key": file(world)["uuid"]}


def _reported() -> Row:
    """Whoever received it; whoever wrote it is told that one reports what one received."""
    found = row(
        TEACHER,
        good=201,
        anonymous=403,
        address=address,
        method="post",
        data=lambda world: {"reason": "OTHER"},
    )
    return replace(found, answers=found.answers | {DIRECTOR: 409})


API: dict[str, Row] = {
    **{f"messages-{name}": signed_in(anonymous=403) for name in ("list", "count", "signature", "recipients")},
    "messages-detail": row(DIRECTOR, TEACHER, anonymous=403, address=address),
    "messages-thread": row(DIRECTOR, TEACHER, anonymous=403, address=address),
    "messages-send": row(TEACHER, anonymous=403, address=draft, method="post"),
    "messages-unplan": row(TEACHER, anonymous=403, address=draft, method="post"),
    "messages-recall": row(DIRECTOR, anonymous=403, address=address, method="post"),
    "messages-answer": row(DIRECTOR, TEACHER, good=201, anonymous=403, address=address, method="post"),
    "messages-forward": row(DIRECTOR, TEACHER, good=201, anonymous=403, address=address, method="post"),
    "messages-attachments": row(
        TEACHER,
        good=201,
        anonymous=403,
        address=draft,
        method="post",
        data=lambda world: {"file": SimpleUploadedFile("mots.txt", b"Mots")},
    ),
    "messages-attachment": row(DIRECTOR, TEACHER, anonymous=403, address=_file_of),
    "messages-keep": row(DIRECTOR, TEACHER, good=201, anonymous=403, address=_file_of, method="post"),
    "messages-documents": row(
        TEACHER,
        good=201,
        anonymous=403,
        address=draft,
        method="post",
        data=lambda world: {"documents": [str(document(world))]},
    ),
    "messages-acts": signed_in(
        anonymous=403,
        method="post",
        data=lambda world: {"act": "read", "messages": [str(address(world)["uuid"])]},
    ),
    "messages-empty-trash": signed_in(anonymous=403, method="post"),
    "messages-report": _reported(),
    "messages-take-back": row(PUPIL, anonymous=403, address=waiting, method="post"),
    "message-barred-list": signed_in(anonymous=403),
    "message-barred-detail": row(*READERS, anonymous=403, address=barred),
    "message-reviews-list": signed_in(anonymous=403),
    "message-reviews-places": signed_in(anonymous=403),
    "message-reviews-detail": row(*READERS, anonymous=403, address=waiting),
    "message-reviews-let-go": row(*READERS, good=204, anonymous=403, address=waiting, method="post"),
    "message-reviews-hand-back": row(
        *READERS,
        good=204,
        anonymous=403,
        address=waiting,
        method="post",
        data=lambda world: {"word": "À revoir"},
    ),
    "message-reviews-review-class": row(
        TEACHER,
        anonymous=403,
        address=lambda world: _class(world, "key"),
        method="post",
        data=lambda world: {"on": True},
    ),
    "message-reviews-review-school": row(
        DIRECTOR, anonymous=403, address=_key("key"), method="post", data=lambda world: {"on": True}
    ),
    "reports-list": signed_in(anonymous=403),
    "reports-detail": row(*SCHOOL_ADMINS, anonymous=403, address=report),
    "reports-handle": row(*SCHOOL_ADMINS, anonymous=403, address=report, method="post"),
    "reports-attachment": row(*SCHOOL_ADMINS, anonymous=403, address=report_file),
    "message-folders-list": signed_in(anonymous=403),
    "message-folders-detail": row(TEACHER, anonymous=403, address=folder),
}
