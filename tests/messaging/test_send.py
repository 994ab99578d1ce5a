"""A message goes: to whom, on which line, when, once."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from directory.enums import TieLimit
from directory.models import Group, Guardianship
from documents.querysets import quota_of
from messaging import rules
from messaging.enums import Box, Line, State
from messaging.errors import (
    AlreadySent,
    EverybodyRead,
    NobodyAddressed,
    NothingSaid,
    OutOfReach,
    SendingInThePast,
    SendingStopped,
    TooLate,
    TooManyMessages,
)
from messaging.models import Copy, Message, Stop
from messaging.querysets import addresses_shown, box, copies_of, unread_count
from messaging.services import boxes, send, writing
from messaging.services.deliver import deliver
from schools.models import Academy, SchoolSettings
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at
from tests.messaging.conftest import NOON
from tests.messaging.factories import broken, content, draft, holders, received, sent, targets

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 10, 6, 20, 30, tzinfo=UTC)  # 22:30 in Paris


def group(world: SchoolWorld, profile: str, *, of_class: int | None = 0) -> Group:
    found = Group.objects.filter(profile=profile)
    if of_class is None:
        return found.get(school=world.school, kind="SCHOOL")
    return found.get(school_class=world.classes[of_class].school_class)


def test_a_message_to_a_class_s_relatives_reaches_each_once_and_outlives_the_class(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    both = relative_of(*room.pupils)
    message = sent(room.teacher, group(world, "RELATIVE"), both)
    assert holders(message) == {*(each.pk for each in room.relatives), both.pk}
    assert (message.state, message.reached) == (State.SENT, 3)
    address = message.addresses.get(group_id__isnull=False)
    assert address.label == group(world, "RELATIVE").label
    assert address.reached == 3
    room.school_class.delete()
    assert [copy.message for copy in received(both)] == [message]
    assert broken() == []


def test_the_author_holds_what_they_sent_and_not_what_they_wrote_to_their_own_group(
    world: SchoolWorld,
) -> None:
    teacher = world.classes[0].teacher
    message = sent(teacher, group(world, "TEACHER", of_class=None))
    assert list(box(teacher, Box.SENT).values_list("message", flat=True)) == [message.pk]
    assert teacher.pk not in holders(message)
    assert world.director.pk in holders(message)


def test_whoever_is_named_twice_has_one_copy_on_the_line_that_shows_most(world: SchoolWorld) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    message = sent(room.teacher, group(world, "RELATIVE"), hidden=[relative])
    assert Copy.objects.get(message=message, person=relative).line == Line.TO


def test_hidden_copies_are_known_to_the_author_alone(world: SchoolWorld) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.relatives[0], hidden=[room.relatives[1], world.director])
    for reader, shown in (
        (room.teacher, {room.relatives[0].pk, room.relatives[1].pk, world.director.pk}),
        (room.relatives[0], {room.relatives[0].pk}),
        (room.relatives[1], {room.relatives[0].pk, room.relatives[1].pk}),
    ):
        found = addresses_shown(reader, [message])[message.pk]
        assert {each.person_id for each in found} == shown
    assert room.relatives[1].full_name not in message.addressed
    answer = writing.answer(by=room.relatives[0], copy=received(room.relatives[0])[0], everybody=True)
    assert {each.person_id for each in answer.addresses.all()} == {room.teacher.pk}
    # One who was hidden answers all: the others learn nothing, the answer goes to whom they may write to.
    answer = writing.answer(by=world.director, copy=received(world.director)[0], everybody=True)
    assert {each.person_id for each in answer.addresses.all()} == {room.teacher.pk, room.relatives[0].pk}


def test_whom_rules_do_not_let_one_write_to_is_refused_by_name_and_the_text_is_kept(
    world: SchoolWorld,
) -> None:
    relative, stranger = world.classes[0].relatives[0], world.classes[1].relatives[0]
    made = draft(relative, world.classes[0].teacher)
    with pytest.raises(OutOfReach) as refused:
        writing.save(by=relative, message=made, body="<p>Autre</p>", targets=targets(stranger))
    assert refused.value.fields["names"] == [stranger.full_name]
    made.refresh_from_db()
    assert made.text == "Autre"
    assert {each.person_id for each in made.addresses.all()} == {world.classes[0].teacher.pk}


def test_a_pupil_writes_to_their_teacher_and_relatives_and_to_no_pupil(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, other = room.pupils
    assert holders(sent(pupil, room.teacher, room.relatives[0])) == {room.teacher.pk, room.relatives[0].pk}
    for whom in (other, group(world, "PUPIL"), room.relatives[1]):
        with pytest.raises(OutOfReach):
            draft(pupil, whom)


def test_whoever_received_may_answer_its_author_whatever_the_rules(world: SchoolWorld) -> None:
    staff = PersonFactory(staff=True, activated=True)

    AttachmentFactory(person=staff, school=world.school)
    relative = world.classes[0].relatives[0]
    with pytest.raises(OutOfReach):
        draft(relative, staff)
    message = sent(staff, relative)
    answer = writing.answer(by=relative, copy=received(relative)[0])
    writing.save(by=relative, message=answer, body="<p>Merci</p>")
    assert holders(send.send(by=relative, message=answer)) == {staff.pk}
    assert answer.thread == message.thread


def test_rules_are_asked_again_when_it_goes(world: SchoolWorld) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    made = draft(room.teacher, relative, world.director)
    planned = send.send(by=room.teacher, message=made, at=clock.now() + timedelta(hours=1))
    assert planned.state == State.PLANNED
    Guardianship.objects.filter(relative=relative).update(ended_on=clock.today())
    with pytest.raises(OutOfReach):
        send.send(by=room.teacher, message=planned)
    # What a job had begun before the rule changed reaches the others, and says who was left out.
    Message.objects.filter(pk=made.pk).update(state=State.SENDING, send_at=None)
    made.refresh_from_db()
    deliver(made)
    assert holders(made) == {world.director.pk}
    assert made.addresses.get(person=relative).refused


def test_it_goes_once_however_often_it_is_delivered(world: SchoolWorld) -> None:
    room = world.classes[0]
    message = sent(room.teacher, group(world, "RELATIVE"))
    assert deliver(message) == message.reached
    Message.objects.filter(pk=message.pk).update(state=State.SENDING)
    deliver(message)
    assert Copy.objects.filter(message=message, box=Box.RECEIVED).count() == len(room.relatives)


def test_nothing_and_nobody_are_refused(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    with pytest.raises(NobodyAddressed):
        send.send(by=teacher, message=draft(teacher))
    with pytest.raises(NothingSaid):
        send.send(by=teacher, message=draft(teacher, world.director, subject="", body=" "))
    message = sent(teacher, world.director)
    with pytest.raises(AlreadySent):
        send.send(by=teacher, message=message)
    with pytest.raises(AlreadySent):
        writing.save(by=teacher, message=message, body="<p>Autre</p>")


def test_it_waits_for_the_morning_where_every_school_is_quiet(
    world: SchoolWorld, at: Callable[[Any], None]
) -> None:
    at(NIGHT)
    room = world.classes[0]
    relative = room.relatives[0]
    message = sent(room.teacher, relative, world.director)
    assert unread_count(relative) == 0
    assert copies_of(relative).count() == 0
    # Colleagues do not wait for one another.
    assert unread_count(world.director) == 1
    at(datetime(2026, 10, 7, 5, 0, tzinfo=UTC))
    assert list(box(relative, Box.RECEIVED).values_list("message", flat=True)) == [message.pk]


def test_of_a_relative_s_schools_the_first_that_wakes_counts_and_one_that_never_sleeps_keeps_nothing_back(
    world: SchoolWorld, at: Callable[[Any], None]
) -> None:
    """Each school has hours of its own, in the time of its own academy."""
    early, far, awake = (school_world() for _ in range(3))
    SchoolSettings.objects.create(school=early.school, quiet_until=time(6))
    SchoolSettings.objects.create(school=awake.school, quiet=False)
    Academy.objects.filter(pk=far.school.academy_id).update(time_zone="Indian/Reunion")
    at(NIGHT)
    here, waits = world.classes[0], {}
    for name, others in {"one": [], "early": [early], "far": [far, early], "awake": [far, awake]}.items():
        family = relative_of(here.pupils[0], *(other.classes[0].pupils[0] for other in others))
        sent(here.teacher, family)
        waits[name] = received(family)[0].at.replace(microsecond=0)
    assert waits == {
        "one": datetime(2026, 10, 7, 5, 0, tzinfo=UTC),
        "early": datetime(2026, 10, 7, 4, 0, tzinfo=UTC),
        "far": datetime(2026, 10, 7, 3, 0, tzinfo=UTC),  # 7:00 in Saint-Denis
        "awake": NIGHT,
    }


def test_what_is_urgent_comes_at_night(world: SchoolWorld, at: Callable[[Any], None]) -> None:
    at(NIGHT)
    relative = world.classes[0].relatives[0]
    made = draft(world.director, relative)
    writing.save(by=world.director, message=made, urgent=True)
    send.send(by=world.director, message=made)
    assert unread_count(relative) == 1


def test_what_is_planned_goes_at_its_hour_and_not_in_the_past(
    world: SchoolWorld, at: Callable[[Any], None]
) -> None:
    teacher = world.classes[0].teacher
    made = draft(teacher, world.director)
    with pytest.raises(SendingInThePast):
        send.send(by=teacher, message=made, at=NOON - timedelta(minutes=1))
    send.send(by=teacher, message=made, at=NOON + timedelta(hours=2))
    assert send.send_planned() == 0
    at(NOON + timedelta(hours=2))
    assert send.send_planned() == 1
    assert send.send_planned() == 0
    assert holders(made) == {world.director.pk}


def test_it_is_called_back_from_who_did_not_read_it_within_an_hour(
    world: SchoolWorld, at: Callable[[Any], None]
) -> None:
    room = world.classes[0]
    reader, other = room.relatives
    message = sent(room.teacher, reader, other)
    boxes.read(by=reader, copies=received(reader))
    assert send.recall(by=room.teacher, message=message) == 1
    assert holders(message) == {reader.pk}
    with pytest.raises(EverybodyRead):
        send.recall(by=room.teacher, message=message)
    late = sent(room.teacher, other)
    at(NOON + timedelta(minutes=61))
    with pytest.raises(TooLate):
        send.recall(by=room.teacher, message=late)
    assert broken() == []


def test_sending_is_stopped_for_a_profile_in_a_school_and_not_for_administrators(world: SchoolWorld) -> None:
    room = world.classes[0]
    Stop.objects.create(school=world.school, profile="RELATIVE", by=world.director.uuid, at=clock.now())
    made = draft(room.relatives[0], room.teacher)
    with pytest.raises(SendingStopped):
        send.send(by=room.relatives[0], message=made)
    sent(room.teacher, room.relatives[0])
    Stop.objects.create(by=world.director.uuid, at=clock.now())
    with pytest.raises(SendingStopped):
        send.send(by=room.teacher, message=draft(room.teacher, world.director))
    sent(world.director, room.teacher)


def test_one_does_not_write_to_the_whole_world_in_an_hour(
    world: SchoolWorld, monkeypatch: pytest.MonkeyPatch, at: Callable[[Any], None]
) -> None:

    monkeypatch.setitem(rules.PER_HOUR, world.classes[0].teacher.profile, 3)
    teacher = world.classes[0].teacher
    sent(teacher, group(world, "RELATIVE"))
    with pytest.raises(TooManyMessages):
        sent(teacher, group(world, "RELATIVE"))
    at(NOON + timedelta(minutes=61))
    sent(teacher, group(world, "RELATIVE"))


def test_what_waits_for_a_worker_counts_in_the_hour(
    world: SchoolWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = world.classes[0].teacher
    monkeypatch.setitem(rules.PER_HOUR, teacher.profile, 3)
    monkeypatch.setattr(send, "AT_ONCE", 1)
    assert sent(teacher, group(world, "RELATIVE")).state == State.SENDING
    with pytest.raises(TooManyMessages):
        sent(teacher, group(world, "RELATIVE"))


def test_a_tie_limited_by_the_direction_brings_no_message_of_the_class(world: SchoolWorld) -> None:
    room = world.classes[0]
    TieRestrictionFactory(relative=room.relatives[0], pupil=room.pupils[0], limit=TieLimit.LIMITED)
    assert holders(sent(room.teacher, group(world, "RELATIVE"))) == {room.relatives[1].pk}


def test_a_file_is_charged_to_each_holder_until_they_delete_it_for_good(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = draft(room.teacher, room.relatives[0])
    blob = content(b"x" * 1000)
    writing.attach(by=room.teacher, message=made, blob=blob, name="plan.txt")
    made.refresh_from_db()
    send.send(by=room.teacher, message=made)

    assert [quota_of(each).used for each in (room.teacher, room.relatives[0])] == [1000, 1000]
    for person in (room.teacher, room.relatives[0]):
        copies = list(Copy.objects.filter(person=person))
        boxes.throw(by=person, copies=copies)
        assert quota_of(person).used == 1000
        assert boxes.erase(by=person, copies=copies).freed == 1000
        assert quota_of(person).used == 0
    assert not Message.objects.exists()
    blob.refresh_from_db()
    assert blob.references == 0
    assert broken() == []


def test_a_message_to_two_hundred_takes_as_many_queries_as_to_two(world: SchoolWorld) -> None:
    few, many = world.classes
    for _ in range(198):
        relative_of(pupil_in(many.school_class))

    def queries(room: Any, which: int) -> int:
        made = draft(room.teacher, group(world, "RELATIVE", of_class=which))
        with CaptureQueriesContext(connection) as asked:
            assert send.send(by=room.teacher, message=made).state == State.SENT
        return len(asked)

    few_queries = queries(few, 0)
    assert queries(many, 1) == few_queries <= 34


def test_a_teacher_of_elsewhere_is_nobody_s_recipient(world: SchoolWorld) -> None:
    other = school_world()
    with pytest.raises(OutOfReach):
        draft(world.classes[0].teacher, teacher_at(other.school))
