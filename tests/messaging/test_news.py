"""Messages in *Nouveautés*: whoever holds one is told, by the page and by mail, and nobody else."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Profile
from accounts.models import User
from directory.models import ClassAttachment, Group
from messaging.enums import Box
from messaging.models import Copy, Message
from messaging.services import boxes, send
from messaging.written import WRITTEN
from schools.models import ApplicationOff
from sharing.querysets import reach_of
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of
from tests.messaging.conftest import NOON
from tests.messaging.factories import draft, received, sent, signed_in
from timeline.enums import MailPace
from timeline.models import Audience, Event, WaitingMail
from timeline.querysets import News, news_of, unread_count
from timeline.services import digests, read
from timeline.services.preferences import prefer

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 10, 6, 20, 30, tzinfo=UTC)  # 22:30 in Paris
MORNING = datetime(2026, 10, 7, 5, 0, tzinfo=UTC)
type TextOf = Callable[[Any], str]


def news(person: User) -> list[News]:
    return news_of(person, reach_of(person), count=30)


def told(person: User) -> list[Any]:
    return [each.event.about for each in news(person)]


def relatives(world: SchoolWorld, which: int = 0) -> Group:
    return Group.objects.get(profile="RELATIVE", school_class=world.classes[which].school_class)


@pytest.fixture
def reader(world: SchoolWorld) -> User:
    """A relative with an address; all was gathered before."""
    for pace in (MailPace.SOON, MailPace.DAILY, MailPace.WEEKLY):
        digests.gather(pace=pace)
    person = world.classes[0].relatives[0]
    person.email = "parent@exemple.fr"
    person.save(update_fields=["email"])
    return person


def mails(pace: MailPace = MailPace.DAILY) -> Sequence[Any]:
    digests.gather(pace=pace)
    digests.send_waiting()
    found, mail.outbox[:] = list(mail.outbox), []
    return found


def test_a_message_to_a_class_is_one_event_and_a_row_a_group(world: SchoolWorld) -> None:
    room = world.classes[0]
    message = sent(room.teacher, relatives(world), world.director)
    assert Event.objects.filter(kind=WRITTEN).count() == 1
    assert Audience.objects.count() == 2
    for person in (*room.relatives, world.director):
        assert told(person) == [message.uuid]
    assert told(room.teacher) == []
    late = relative_of(pupil_in(room.school_class))
    assert told(late) == []


def test_whoever_was_hidden_is_told_and_nobody_is_told_of_them(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    seen, hidden = room.relatives
    message = sent(room.teacher, seen, hidden=[hidden])
    assert told(seen) == told(hidden) == [message.uuid]
    for address in ("/nouveautes/", "/api/v1/news/"):
        answer = signed_in(seen).get(address).content.decode()
        assert hidden.full_name not in answer
        assert str(hidden.uuid) not in answer


def test_a_message_opened_is_read_in_the_news_and_leads_to_itself(
    world: SchoolWorld, text_of: TextOf
) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.relatives[0], subject="Piscine")
    client = signed_in(room.relatives[0])
    page = text_of(client.get("/nouveautes/")).replace("\u00a0", " ")
    assert f"{room.teacher.full_name} vous a écrit" in page
    assert "Piscine" in page
    (line,) = news(room.relatives[0])
    assert line.unread
    answer = client.get(f"/nouveautes/{line.event.uuid}/")
    assert answer["Location"] == f"/messagerie/{message.uuid}/"
    boxes.read(by=room.relatives[0], copies=received(room.relatives[0]), unread=True)
    client.get(f"/messagerie/{message.uuid}/")
    assert not news(room.relatives[0])[0].unread


def test_it_is_counted_once_beside_messages_and_not_by_the_bell(world: SchoolWorld, text_of: TextOf) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    sent(room.teacher, relative)
    assert unread_count(relative, reach_of(relative)) == 0
    client = signed_in(relative)
    assert "non lue" not in client.get("/nouveautes/cloche/").content.decode()
    assert client.get("/api/v1/messages/count/").json() == {"unread": 1}


def test_whoever_holds_it_no_more_is_told_no_more(world: SchoolWorld) -> None:
    room = world.classes[0]
    one, two = room.relatives
    message = sent(room.teacher, one, two)
    event = news(one)[0].event
    boxes.throw(by=one, copies=received(one))
    assert told(one) == []
    assert signed_in(one).get(f"/nouveautes/{event.uuid}/").status_code == 404
    boxes.restore(by=one, copies=received(one))
    assert told(one) == [message.uuid]
    send.recall(by=room.teacher, message=message)
    assert told(one) == told(two) == []


def test_at_night_nothing_is_told_before_the_morning_and_then_it_is_new(
    world: SchoolWorld, reader: User, at: Callable[[Any], None]
) -> None:
    prefer(by=reader, kind=WRITTEN, page=True, mail=MailPace.SOON)
    before = sent(world.classes[0].teacher, reader, subject="Avant")
    at(NIGHT)
    sent(world.classes[0].teacher, reader, subject="La nuit")
    assert told(reader) == [before.uuid]
    assert mails(MailPace.SOON) == []
    # Whoever says meanwhile that they read everything has not read what comes in the morning.
    read.read_all(by=reader, until=Event.objects.order_by("pk")[1])
    at(MORNING)
    night, day = news(reader)
    assert (night.unread, day.unread) == (True, False)
    assert night.at == MORNING
    (message,) = mails(MailPace.SOON)
    assert "La nuit" in message.body
    assert "Avant" not in message.body
    assert mails(MailPace.SOON) == []


def test_what_waits_for_the_morning_for_one_is_written_to_them_then(
    world: SchoolWorld, reader: User, at: Callable[[Any], None]
) -> None:
    """The mail may go, and the copy has not come: it waits, and is not lost."""
    prefer(by=reader, kind=WRITTEN, page=True, mail=MailPace.SOON)
    message = sent(world.classes[0].teacher, reader)
    Copy.objects.filter(person=reader).update(at=NOON + timedelta(hours=1))
    assert mails(MailPace.SOON) == []
    assert WaitingMail.objects.filter(event__about=message.uuid).exists()
    at(NOON + timedelta(hours=1))
    assert len(mails(MailPace.SOON)) == 1
    assert not WaitingMail.objects.exists()


def test_a_mail_says_who_wrote_and_quotes_it_for_who_asks_alone(world: SchoolWorld, reader: User) -> None:
    teacher = world.classes[0].teacher
    body = "<p>Le certificat médical</p><p>avant jeudi</p>"
    sent(teacher, reader, subject="Piscine", body=body)
    (message,) = mails()
    assert f"{teacher.full_name} vous a écrit" in message.body
    assert "Piscine" in message.body
    assert "certificat" not in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    prefer(by=reader, kind=WRITTEN, page=True, mail=MailPace.DAILY, text=True)
    for subject in ("Piscine", "Sortie"):
        sent(teacher, reader, subject=subject, body=body)
    (message,) = mails()
    assert message.body.count("| Le certificat médical\n  | avant jeudi") == 2
    assert mails() == []


def test_what_was_opened_or_thrown_away_meanwhile_is_not_written(world: SchoolWorld, reader: User) -> None:
    teacher = world.classes[0].teacher
    for subject in ("Lu", "Jeté"):
        sent(teacher, reader, subject=subject)
    digests.gather(pace=MailPace.DAILY)
    one, two = received(reader)
    boxes.read(by=reader, copies=[one])
    boxes.throw(by=reader, copies=[two])
    assert mails() == []
    assert not WaitingMail.objects.exists()


def test_whoever_limits_or_left_the_class_gets_no_mail_of_it(world: SchoolWorld, reader: User) -> None:
    room = world.classes[0]
    ClassAttachment.objects.filter(person=room.pupils[0]).update(ended_on=NOON.date())
    sent(room.teacher, relatives(world))
    assert mails() == []


@pytest.mark.parametrize("pace", [MailPace.SOON, MailPace.WEEKLY])
def test_each_chooses_how_soon(world: SchoolWorld, reader: User, pace: MailPace) -> None:
    prefer(by=reader, kind=WRITTEN, page=True, mail=pace)
    sent(world.classes[0].teacher, reader)
    assert mails(MailPace.DAILY) == []
    assert len(mails(pace)) == 1


def test_whoever_wants_none_gets_none_not_even_what_waited(world: SchoolWorld, reader: User) -> None:
    sent(world.classes[0].teacher, reader)
    digests.gather(pace=MailPace.DAILY)
    prefer(by=reader, kind=WRITTEN, page=True, mail=MailPace.NEVER)
    assert mails() == []
    sent(world.classes[0].teacher, reader)
    assert mails() == []
    assert len(news(reader)) == 2


def test_the_choice_of_the_text_is_kept_by_page_and_api_and_not_proposed_to_a_pupil(
    world: SchoolWorld, reader: User, text_of: TextOf
) -> None:
    client = signed_in(reader)
    client.post(
        "/nouveautes/choix/",
        {f"page-{WRITTEN}": "on", f"mail-{WRITTEN}": "daily", f"texte-{WRITTEN}": "on"},
    )

    def choice() -> dict[str, Any]:
        return next(each for each in client.get("/api/v1/news/choices/").json() if each["kind"] == WRITTEN)

    assert choice() == {"kind": WRITTEN, "page": True, "mail": "daily", "text": True}
    asked = {"kind": WRITTEN, "page": True, "mail": "weekly"}
    client.post("/api/v1/news/choices/", asked, content_type="application/json")
    assert choice()["text"]
    asked |= {"mail": "daily", "text": False}
    client.post("/api/v1/news/choices/", asked, content_type="application/json")
    assert not choice()["text"]
    assert f"texte-{WRITTEN}" in text_of(client.get("/nouveautes/choix/"))
    assert "texte-sharing.shared" not in text_of(client.get("/nouveautes/choix/"))
    pupil = signed_in(world.classes[0].pupils[0])
    assert "texte-" not in text_of(pupil.get("/nouveautes/choix/"))


@pytest.mark.parametrize("address", ["/nouveautes/", "/api/v1/news/"])
def test_news_ask_as_much_for_one_message_as_for_two_hundred(world: SchoolWorld, address: str) -> None:
    one, two = world.classes
    for room, count in ((one, 1), (two, 200)):
        for _ in range(count):
            message = sent(room.teacher, room.relatives[0])
            Message.objects.filter(pk=message.pk).update(sent_at=NOON - timedelta(hours=2))

    def queries(client: Client) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = queries(signed_in(one.relatives[0]))
    assert queries(signed_in(two.relatives[0])) == few <= 30


def test_a_mail_asks_as_much_for_one_message_as_for_many(world: SchoolWorld, reader: User) -> None:
    prefer(by=reader, kind=WRITTEN, page=True, mail=MailPace.DAILY, text=True)

    def queries(count: int) -> int:
        for _ in range(count):
            sent(world.director, reader)
        digests.gather(pace=MailPace.DAILY)
        with CaptureQueriesContext(connection) as asked:
            assert digests.send_waiting() == 1
        return len(asked)

    assert queries(1) == queries(30)


def test_what_is_told_costs_a_send_no_row_a_recipient(world: SchoolWorld) -> None:
    made = draft(world.director, relatives(world), relatives(world, 1))
    send.send(by=world.director, message=made)
    assert Copy.objects.filter(message=made, box=Box.RECEIVED).count() == 4
    assert Audience.objects.count() == 2


def test_nothing_is_written_of_an_application_that_the_school_does_without(
    world: SchoolWorld, reader: User
) -> None:
    sent(world.classes[0].teacher, reader, subject="Piscine")
    off = ApplicationOff.objects.create(
        school=world.school, profile=Profile.RELATIVE, application="messaging"
    )
    assert mails() == []
    assert not WaitingMail.objects.exists()
    off.delete()
    sent(world.classes[0].teacher, reader, subject="Sortie")
    assert len(mails()) == 1
