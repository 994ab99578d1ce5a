"""What pupils write, read by a teacher before it goes."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from core.models import AuditEntry
from directory.errors import NotYours
from directory.models import ClassAttachment
from messaging.care import messages_to_review, to_read_count, to_review_count
from messaging.enums import Box, State
from messaging.errors import NotWaiting, SendingStopped
from messaging.models import Message, Review
from messaging.querysets import unread_count
from messaging.services import boxes, reviews, send, writing
from messaging.services.stops import stop_sending
from messaging.tasks import send_due
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.messaging.factories import broken, holders, received, sent, signed_in

pytestmark = pytest.mark.django_db


def answered(world: SchoolWorld, pupil: User) -> Message:
    """The teacher of another class wrote to the pupil, who answers."""
    sent(world.classes[1].teacher, pupil)
    made = writing.answer(by=pupil, copy=received(pupil)[-1])
    writing.save(by=pupil, message=made, body="<p>Merci</p>")
    return send.send(by=pupil, message=made)


def asked(world: SchoolWorld) -> User:
    """The teacher of the first class asks to read; a pupil of it."""
    room = world.classes[0]
    reviews.review_class(by=room.teacher, school_class=room.school_class, on=True)
    return room.pupils[0]


def test_it_waits_where_the_class_asks_and_goes_once_read(world: SchoolWorld) -> None:
    room = world.classes[0]
    assert answered(world, room.pupils[0]).state == State.SENT
    pupil = asked(world)
    message = answered(world, pupil)
    assert message.state == State.HELD
    assert holders(message) == set()
    assert broken() == []
    assert list(messages_to_review(room.teacher)) == [message]
    assert list(messages_to_review(world.director)) == [message]
    for other in (world.classes[1].teacher, school_world().director, room.relatives[0], pupil):
        assert not messages_to_review(other).exists()
    with pytest.raises(NotYours):
        reviews.let_go(by=world.classes[1].teacher, message=message)
    reviews.let_go(by=room.teacher, message=message)
    assert holders(message) == {world.classes[1].teacher.pk}
    with pytest.raises(NotWaiting):
        reviews.let_go(by=room.teacher, message=message)
    # The pupils of the other class write as before.
    other = world.classes[1].pupils[0]
    sent(room.teacher, other)
    assert send.send(by=other, message=writing.answer(by=other, copy=received(other)[0])).state == State.SENT


def test_nobody_reads_what_goes_to_family_teachers_and_direction(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil = asked(world)
    assert sent(pupil, room.teacher, room.relatives[0]).state == State.SENT
    sent(world.director, pupil)
    made = writing.answer(by=pupil, copy=received(pupil)[-1])
    assert send.send(by=pupil, message=made).state == State.SENT


def test_handed_back_it_is_a_draft_with_a_word_until_it_is_sent_again(
    world: SchoolWorld, text_of: Any
) -> None:
    room = world.classes[0]
    pupil = asked(world)
    message = answered(world, pupil)
    reviews.hand_back(by=room.teacher, message=message, word="Relis ta dernière phrase.")
    message.refresh_from_db()
    assert (message.state, message.copies.get().box) == (State.DRAFT, Box.DRAFTS)
    page = text_of(signed_in(pupil).get(f"/messagerie/ecrire/?brouillon={message.uuid}"))
    assert "Relis ta dernière phrase." in page
    assert send.send(by=pupil, message=message).state == State.HELD
    message.refresh_from_db()
    assert message.handed_back == ""


def test_rules_are_asked_again_when_it_is_let_go(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil = asked(world)
    message = answered(world, pupil)
    stop_sending(by=world.director, school=world.school)
    with pytest.raises(SendingStopped):
        reviews.let_go(by=room.teacher, message=message)
    message.refresh_from_db()
    assert message.state == State.HELD


def test_nothing_stays_stuck(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil = asked(world)
    message = answered(world, pupil)
    # Its teacher left the class: another of the class reads, and the direction.
    ClassAttachment.objects.filter(person=room.teacher).update(ended_on=clock.today())
    assert not messages_to_review(room.teacher).exists()
    assert list(messages_to_review(teacher_at(world.school, room.school_class))) == [message]
    assert list(messages_to_review(world.director)) == [message]
    send_due()
    message.refresh_from_db()
    assert message.state == State.HELD
    # The pupil leaves the class: nobody reads any more, it goes by itself.
    ClassAttachment.objects.filter(person=pupil).update(ended_on=clock.today())
    send_due()
    message.refresh_from_db()
    assert message.state == State.SENT


def test_no_more_asked_what_waits_goes_or_is_a_draft_where_it_may_not(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil = asked(world)
    goes, stays = answered(world, pupil), answered(world, pupil)
    Message.objects.filter(pk=stays.pk).update(subject="", text="")
    reviews.review_class(by=room.teacher, school_class=room.school_class, on=False)
    for message, state in ((goes, State.SENT), (stays, State.DRAFT)):
        message.refresh_from_db()
        assert message.state == state
    assert broken() == []


def test_the_direction_asks_for_a_school_and_a_teacher_for_their_class_alone(world: SchoolWorld) -> None:
    first, second = world.classes
    with pytest.raises(NotYours):
        reviews.review_class(by=first.teacher, school_class=second.school_class, on=True)
    with pytest.raises(NotYours):
        reviews.review_school(by=first.teacher, school=world.school, on=True)
    reviews.review_school(by=world.director, school=world.school, on=True)
    reviews.review_school(by=world.director, school=world.school, on=True)
    assert Review.objects.count() == 1
    assert answered(world, first.pupils[0]).state == State.HELD
    verbs = AuditEntry.objects.filter(school=world.school.uuid).values_list("verb", flat=True)
    assert list(verbs).count("messages.review_asked") == 1


def test_a_pupil_takes_back_or_throws_what_waits(world: SchoolWorld) -> None:
    pupil = asked(world)
    message = answered(world, pupil)
    client = signed_in(pupil)
    assert client.post(f"/messagerie/{message.uuid}/reprendre/").status_code == 302
    message.refresh_from_db()
    assert message.state == State.DRAFT
    send.send(by=pupil, message=message)
    boxes.throw(by=pupil, copies=list(message.copies.all()))
    message.refresh_from_db()
    assert (message.state, message.copies.get().box) == (State.DRAFT, Box.DRAFTS)
    assert not messages_to_review(world.classes[0].teacher).exists()


def test_the_pages_say_it_to_the_pupil_and_let_the_teacher_read(world: SchoolWorld, text_of: Any) -> None:
    room = world.classes[0]
    teacher, pupil = signed_in(room.teacher), signed_in(room.pupils[0])
    assert "lit tes messages" not in text_of(pupil.get("/messagerie/ecrire/"))
    address = f"/messagerie/relectures/classe/{room.school_class.uuid}/"
    assert signed_in(world.classes[1].teacher).post(address, {"relire": "on"}).status_code == 404
    teacher.post(address, {"relire": "on"})
    assert "lit tes messages" in text_of(pupil.get("/messagerie/ecrire/"))
    sent(world.classes[1].teacher, room.pupils[0])
    made = writing.answer(by=room.pupils[0], copy=received(room.pupils[0])[0])
    answer = pupil.post(
        "/messagerie/ecrire/",
        {
            "brouillon": str(made.uuid), "objet": "Bonjour", "texte": "Merci", "act": "send",
            "dest": [f"TO|person:{world.classes[1].teacher.uuid}"],
        },
        follow=True,
    )  # fmt: skip
    assert "Ton message attend" in text_of(answer)
    assert to_read_count(room.teacher) == 1
    sent(world.director, room.teacher)
    for person in (
        world.director,
        *(each for here in world.classes for each in (here.teacher, *here.pupils)),
    ):
        assert to_read_count(person) == unread_count(person) + to_review_count(person)
    assert "1 message d’élève attend" in text_of(teacher.get("/messagerie/"))
    assert made.author_name in text_of(teacher.get("/messagerie/relectures/"))
    page = f"/messagerie/relectures/{made.uuid}/"
    assert "Merci" in text_of(teacher.get(page))
    for stranger in (world.classes[1].teacher, room.relatives[0], room.pupils[1]):
        assert signed_in(stranger).get(page).status_code == 404
    teacher.post(page, {"act": "go"})
    assert holders(made) == {world.classes[1].teacher.pk}
    for outside in (room.pupils[0], room.relatives[0]):
        assert signed_in(outside).get("/messagerie/relectures/").status_code == 404


def test_the_api_does_what_the_pages_do(world: SchoolWorld) -> None:
    room = world.classes[0]
    base = "/api/v1/message-reviews/"
    teacher = signed_in(room.teacher)
    told = _on(teacher, f"{base}classes/{room.school_class.uuid}/").json()
    assert [each["on"] for each in told["classes"]] == [True]
    assert _on(teacher, f"{base}schools/{world.school.uuid}/").status_code == 404
    first, second = answered(world, room.pupils[0]), answered(world, room.pupils[1])
    assert [each["uuid"] for each in teacher.get(base).json()] == [str(first.uuid), str(second.uuid)]
    assert signed_in(world.classes[1].teacher).get(f"{base}{first.uuid}/").status_code == 404
    assert teacher.post(f"{base}{first.uuid}/let-go/").status_code == 204
    back = teacher.post(
        f"{base}{second.uuid}/hand-back/", {"word": "À revoir"}, content_type="application/json"
    )
    assert back.status_code == 204
    assert teacher.get(base).json() == []
    third = answered(world, room.pupils[0])
    taken = signed_in(room.pupils[0]).post(f"/api/v1/messages/{third.uuid}/take-back/")
    assert taken.json()["state"] == "DRAFT"


def test_the_page_asks_as_much_with_one_message_as_with_thirty(world: SchoolWorld) -> None:
    pupil = asked(world)

    def queries() -> int:
        client = signed_in(world.classes[0].teacher)
        with CaptureQueriesContext(connection) as found:
            client.get("/messagerie/relectures/")
        return len(found)

    answered(world, pupil)
    few = queries()
    for _ in range(29):
        answered(world, pupil)
    assert queries() == few


def test_a_teacher_finds_on_their_home_page_what_waits_and_nothing_once_it_is_gone(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    pupil = asked(world)
    message = answered(world, pupil)
    address = f"/messagerie/relectures/{message.uuid}/"
    reader = signed_in(room.teacher)
    assert address in reader.get("/?tout=1").text
    assert address in signed_in(world.director).get("/?tout=1").text
    for other in (world.classes[1].teacher, room.relatives[0], pupil):
        assert "À relire avant l’envoi" not in signed_in(other).get("/?tout=1").text
    others = [answered(world, pupil) for _ in range(3)]
    page = reader.get("/?tout=1").text
    assert f"/messagerie/relectures/{others[-1].uuid}/" not in page
    assert "D’autres messages d’élèves attendent aussi" in page
    for each in (message, *others):
        reviews.let_go(by=room.teacher, message=each)
    assert "À relire avant l’envoi" not in reader.get("/?tout=1").text


def _on(client: Client, address: str) -> Any:
    return client.post(address, {"on": True}, content_type="application/json")
