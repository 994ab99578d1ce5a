"""Messages for tests: written and sent by the services, so that what is tested is what happens."""

from collections.abc import Sequence
from io import BytesIO

from django.test import Client

from accounts.models import User
from core import invariants
from core.storage.models import Blob
from core.storage.services import receive
from directory.models import Group
from messaging.enums import Box, Line
from messaging.models import Copy, Message
from messaging.services import send, writing
from messaging.services.writing import Target


def targets(*whom: User | Group, line: Line = Line.TO) -> list[Target]:
    return [
        Target(line, group=each) if isinstance(each, Group) else Target(line, person=each) for each in whom
    ]


def draft(by: User, *whom: User | Group, subject: str = "Sortie", body: str = "<p>Bonjour</p>") -> Message:
    return writing.begin(by=by, subject=subject, body=body, targets=targets(*whom))


def sent(
    by: User,
    *whom: User | Group,
    copy: Sequence[User | Group] = (),
    hidden: Sequence[User | Group] = (),
    subject: str = "Sortie",
    body: str = "<p>Bonjour</p>",
) -> Message:
    made = writing.begin(
        by=by,
        subject=subject,
        body=body,
        targets=[*targets(*whom), *targets(*copy, line=Line.COPY), *targets(*hidden, line=Line.HIDDEN)],
    )
    return send.send(by=by, message=made)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def received(person: User) -> list[Copy]:
    return list(Copy.objects.filter(person=person, box=Box.RECEIVED).order_by("pk"))


def holders(message: Message) -> set[int]:
    return set(Copy.objects.filter(message=message, box=Box.RECEIVED).values_list("person_id", flat=True))


def content(data: bytes = b"un texte") -> Blob:

    return receive(file=BytesIO(data), name="a.txt").blob


def broken() -> list[str]:
    return [each.invariant.name for each in invariants.run_all()]
