"""A sender kept away from a pupil by a teacher of their class."""

from typing import Any

import pytest

from accounts.models import User
from core.models import AuditEntry
from directory.errors import AlreadyDone, NotYours
from directory.models import ClassAttachment, Group, SchoolClass
from messaging.errors import NotToBeBarred, OutOfReach
from messaging.models import Barred
from messaging.services import send, writing
from messaging.services.bar import bar, unbar
from tests.directory.factories import ClassAttachmentFactory, SchoolClassFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.messaging.factories import draft, holders, received, sent, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/messagerie/expediteurs/"


def stranger(world: SchoolWorld) -> User:
    """A teacher of the school who is not the pupil's."""
    return world.classes[1].teacher


def test_named_or_in_a_group_the_pupil_gets_nothing_and_the_others_do(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, sender = room.pupils[0], stranger(world)
    group = Group.objects.get(school_class=room.school_class, profile="PUPIL")
    assert pupil.pk in holders(sent(sender, pupil))
    kept = draft(sender, pupil, room.pupils[1])
    made = bar(by=room.teacher, pupil=pupil, sender=sender, reason="Paroles déplacées")
    with pytest.raises(OutOfReach) as refused:
        sent(sender, pupil)
    assert refused.value.fields["names"] == [pupil.full_name]
    # What was begun before is asked again when it goes.
    with pytest.raises(OutOfReach):
        send.send(by=sender, message=kept)
    assert holders(sent(sender, group)) == {room.pupils[1].pk}
    assert holders(sent(world.director, group)) == {each.pk for each in room.pupils}
    with pytest.raises(AlreadyDone):
        bar(by=room.teacher, pupil=pupil, sender=sender)
    unbar(by=room.teacher, barred=made)
    assert pupil.pk in holders(sent(sender, pupil))
    with pytest.raises(AlreadyDone):
        unbar(by=room.teacher, barred=made)
    verbs = set(AuditEntry.objects.filter(subject=pupil.uuid).values_list("verb", flat=True))
    assert {"messages.sender_barred", "messages.sender_let_write"} <= verbs


def test_an_answer_does_not_go_round_it(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, sender = room.pupils[0], stranger(world)
    sent(sender, pupil)
    answer = writing.answer(by=pupil, copy=received(pupil)[0])
    writing.save(by=pupil, message=answer, body="<p>Non</p>")
    send.send(by=pupil, message=answer)
    bar(by=room.teacher, pupil=pupil, sender=sender)
    with pytest.raises(OutOfReach):
        writing.answer(by=sender, copy=received(sender)[0])


def test_teachers_direction_and_relatives_of_the_pupil_are_never_kept_away(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil = room.pupils[0]
    for never in (
        room.teacher,
        world.director,
        room.relatives[0],
        teacher_at(world.school, room.school_class),
    ):
        with pytest.raises(NotToBeBarred):
            bar(by=room.teacher if never != room.teacher else world.director, pupil=pupil, sender=never)
    # Another pupil's relative is.
    bar(by=room.teacher, pupil=pupil, sender=room.relatives[1])


def test_it_is_for_teachers_of_the_class_and_the_direction(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, sender = room.pupils[0], stranger(world)
    for other in (world.classes[1].teacher, school_world().director, room.relatives[0], pupil):
        with pytest.raises(NotYours):
            bar(by=other, pupil=pupil, sender=world.classes[1].relatives[0])
    made = bar(by=world.director, pupil=pupil, sender=sender)
    with pytest.raises(NotYours):
        unbar(by=world.classes[1].teacher, barred=made)
    # Any teacher of the class lifts it.
    unbar(by=teacher_at(world.school, room.school_class), barred=made)


def test_it_ends_with_the_year_of_the_class(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, sender = room.pupils[0], stranger(world)
    bar(by=room.teacher, pupil=pupil, sender=sender)
    with pytest.raises(OutOfReach):
        sent(sender, pupil)
    SchoolClass.objects.filter(pk=room.school_class.pk).update(year=room.school_class.year - 1)
    ClassAttachment.objects.filter(school_class=room.school_class, person=pupil).delete()
    ClassAttachmentFactory(person=pupil, school_class=SchoolClassFactory(school=world.school))
    assert pupil.pk in holders(sent(sender, pupil))


def test_the_page_keeps_away_and_lets_write_again(world: SchoolWorld, text_of: Any) -> None:
    room = world.classes[0]
    pupil, sender = room.pupils[0], stranger(world)
    client = signed_in(room.teacher)
    assert pupil.full_name in text_of(client.get(PAGE))
    found = text_of(client.get(PAGE, {"eleve": str(pupil.uuid), "q": sender.last_name}))
    assert sender.full_name in found
    client.post(f"{PAGE}ecarter/", {"eleve": str(pupil.uuid), "expediteur": str(sender.uuid)})
    made = Barred.objects.get()
    assert "n’écrit plus à" in text_of(client.get(PAGE))
    for outside in (sender, room.relatives[0]):
        assert signed_in(outside).post(f"{PAGE}{made.uuid}/reprendre/").status_code == 404
    assert signed_in(room.relatives[0]).get(PAGE).status_code == 404
    # A pupil of another class is nobody's here.
    other = world.classes[1].pupils[0]
    answer = client.post(f"{PAGE}ecarter/", {"eleve": str(other.uuid), "expediteur": str(sender.uuid)})
    assert answer.status_code == 404
    client.post(f"{PAGE}{made.uuid}/reprendre/")
    made.refresh_from_db()
    assert made.lifted_at is not None


def test_the_api_does_what_the_page_does(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, sender = room.pupils[0], stranger(world)
    base, client = "/api/v1/message-barred/", signed_in(room.teacher)
    asked = {"pupil": str(pupil.uuid), "sender": str(sender.uuid)}
    assert signed_in(sender).post(base, asked, content_type="application/json").status_code == 404
    made = client.post(base, asked, content_type="application/json")
    assert made.status_code == 201
    assert [each["uuid"] for each in client.get(base).json()] == [made.json()["uuid"]]
    assert signed_in(sender).get(base).json() == []
    assert client.delete(f"{base}{made.json()['uuid']}/").status_code == 204
    assert client.get(base).json() == []
    refused = client.post(base, asked | {"sender": str(world.director.uuid)}, content_type="application/json")
    assert refused.status_code == 403
