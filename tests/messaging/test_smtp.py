"""Mail copies of messages over a real exchange: what leaves is what a server receives."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client

from ent import mailers
from messaging.written import WRITTEN
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import sent
from timeline.enums import MailPace
from timeline.models import WaitingMail
from timeline.services import digests
from timeline.services.preferences import choices_of, prefer

pytestmark = pytest.mark.django_db


class Postbox:
    """Keeps what a server is given; refuses some by their address."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nulle-part"):
            return "550 no such box"
        if address.startswith("plus-tard"):
            return "451 greylisted, come back"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        if envelope.rcpt_tos[0].startswith("indesirable"):
            return "554 looks like spam"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"


class Listening(Controller):
    """On whatever port is free."""

    def start(self) -> None:
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]
        super().start()


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A server on a port of its own, to which the site's mail goes as in production."""
    box = Postbox()
    server = Listening(box, hostname="127.0.0.1")
    server.start()
    try:
        settings.MAILERS = mailers.from_url(f"smtp://127.0.0.1:{server.port}", settings.CARTABLE_DATA)
        yield box
    finally:
        server.stop()


def test_a_message_is_copied_by_mail_and_its_one_click_stops_them(
    world: SchoolWorld, postbox: Postbox, client: Client
) -> None:
    digests.gather(pace=MailPace.SOON)
    teacher, relative = world.classes[0].teacher, world.classes[0].relatives[0]
    relative.email = "parent@exemple.fr"
    relative.save(update_fields=["email"])
    prefer(by=relative, kind=WRITTEN, page=True, mail=MailPace.SOON, text=True)
    sent(teacher, relative, subject="Piscine à l’école", body="<p>Jeudi à 9 h</p>\n<p>.</p><p>Fin</p>")
    digests.gather(pace=MailPace.SOON)
    assert digests.send_waiting() == 1
    ((to, letter),) = postbox.letters
    assert to == ["parent@exemple.fr"]
    words = letter.get_content()
    assert f"{teacher.full_name} vous a écrit\n  Piscine à l’école" in words.replace("\r\n", "\n")
    # A line of a single full stop ends a letter in SMTP: what comes after it must come too.
    assert "| Jeudi à 9 h\n  | .\n  | Fin" in words.replace("\r\n", "\n")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip("<>")
    path = address[address.index("/nouveautes/") :]
    stopped = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert stopped.status_code == 200
    assert {each.mail for each in choices_of(relative)} == {MailPace.NEVER}
    sent(teacher, relative)
    digests.gather(pace=MailPace.SOON)
    assert digests.send_waiting() == 0
    assert len(postbox.letters) == 1


@pytest.mark.parametrize(("box", "waits"), [("nulle-part", 0), ("plus-tard", 1), ("indesirable", 1)])
def test_a_mail_that_is_refused_keeps_nobody_else_s_back(
    world: SchoolWorld, postbox: Postbox, box: str, waits: int
) -> None:
    digests.gather(pace=MailPace.DAILY)
    room = world.classes[0]
    for person, email in zip(room.relatives, (f"{box}@exemple.fr", "parent@exemple.fr"), strict=True):
        person.email = email
        person.save(update_fields=["email"])
    sent(room.teacher, *room.relatives)
    digests.gather(pace=MailPace.DAILY)
    assert digests.send_waiting() == 1
    assert [to for to, _ in postbox.letters] == [["parent@exemple.fr"]]
    assert WaitingMail.objects.filter(person=room.relatives[0]).count() == waits
    assert not WaitingMail.objects.filter(person=room.relatives[1]).exists()


def test_a_server_that_fails_loses_nothing(world: SchoolWorld, postbox: Postbox, settings: Any) -> None:
    digests.gather(pace=MailPace.DAILY)
    relative = world.classes[0].relatives[0]
    relative.email = "parent@exemple.fr"
    relative.save(update_fields=["email"])
    sent(world.classes[0].teacher, relative)
    digests.gather(pace=MailPace.DAILY)
    good = settings.MAILERS
    settings.MAILERS = mailers.from_url("smtp://127.0.0.1:1", settings.CARTABLE_DATA)
    with pytest.raises(OSError):
        digests.send_waiting()
    settings.MAILERS = good
    assert digests.send_waiting() == 1
    assert len(postbox.letters) == 1
