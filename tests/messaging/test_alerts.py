"""An account that writes like a stolen one is told, once a day, and stopped in one click."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.enums import Profile
from accounts.links import email_token
from accounts.models import User
from accounts.services.own_email import confirm_own_email
from core import clock
from core.models import AuditEntry
from directory.errors import NotOneself, NotYours, Outranked
from directory.mails import send_password_links
from directory.models import Administrator
from messaging import news, rules
from messaging.enums import Reason, Sign
from messaging.errors import SendingStopped, TooManyMessages
from messaging.models import Alert, Message, Stop
from messaging.reach import standpoint_for_messages
from messaging.services import alerts
from messaging.services.reports import report
from messaging.services.stops import let_send, stop_sending
from messaging.tasks import forget_reports
from sharing.querysets import reach_of
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.messaging.factories import received, sent, signed_in
from timeline.querysets import news_of
from timeline.services.preferences import choices_of

pytestmark = pytest.mark.django_db
PAGE = "/administration/etablissement/messages/"


def spread(world: SchoolWorld, count: int = rules.SAME_TEXT) -> None:
    """A relative writes the same text again and again."""
    room = world.classes[0]
    for _ in range(count):
        sent(room.relatives[0], room.teacher, body="<p>Cliquez ici</p>")


def test_the_same_text_many_times_is_told_once_a_day(
    world: SchoolWorld, django_capture_on_commit_callbacks: Any
) -> None:
    room = world.classes[0]
    world.director.email = "direction@example.org"
    world.director.save()
    spread(world, rules.SAME_TEXT - 1)
    assert not Alert.objects.exists()
    with django_capture_on_commit_callbacks() as waiting:
        spread(world, 3)
    made = Alert.objects.get()
    assert (made.person, made.sign) == (room.relatives[0], Sign.SAME)
    for callback in waiting:
        callback()
    alerts.mail_alert(str(made.uuid))
    assert {to for each in mail.outbox for to in each.to} == {"direction@example.org"}
    assert "Cliquez" not in mail.outbox[0].body
    assert PAGE in mail.outbox[0].body


def test_different_texts_tell_nothing(world: SchoolWorld) -> None:
    room = world.classes[0]
    for number in range(rules.SAME_TEXT + 2):
        sent(room.relatives[0], room.teacher, body=f"<p>Bonjour {number}</p>")
    assert not Alert.objects.exists()


def test_the_signs_are_few_and_clear(world: SchoolWorld) -> None:
    me = standpoint_for_messages(world.classes[0].relatives[0])
    floor = rules.BURST[me.profile]
    quiet = {"messages": 1, "same": 0}
    assert rules.theft_sign(me, in_hour=floor, in_month=0, **quiet) == Sign.BURST
    assert rules.theft_sign(me, in_hour=floor - 1, in_month=0, **quiet) is None
    assert rules.theft_sign(me, in_hour=floor, in_month=floor, **quiet) is None
    director = standpoint_for_messages(world.director)
    assert rules.theft_sign(director, in_hour=5_000, in_month=0, **quiet) is None


def test_whoever_hits_the_limit_of_the_hour_is_told_though_nothing_went(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    before = sent(room.relatives[0], room.teacher, body="<p>Avant</p>")
    Message.objects.filter(pk=before.pk).update(reached=rules.PER_HOUR[Profile.RELATIVE])
    with pytest.raises(TooManyMessages):
        sent(room.relatives[0], room.teacher)
    assert Alert.objects.get().sign == Sign.LIMIT


def test_one_person_is_stopped_wherever_they_write_and_let_go_on(world: SchoolWorld) -> None:
    room = world.classes[0]
    stopped = room.relatives[0]
    made = stop_sending(by=world.director, school=world.school, person=stopped)
    with pytest.raises(SendingStopped):
        sent(stopped, room.teacher)
    sent(room.relatives[1], room.teacher)
    let_send(by=world.director, school=world.school, stop=made)
    sent(stopped, room.teacher)
    assert AuditEntry.objects.filter(subject=stopped.uuid, verb="messages.stopped").exists()


def test_one_stops_whom_one_administers_and_not_oneself_nor_who_administers_more(world: SchoolWorld) -> None:
    above = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    with pytest.raises(NotOneself):
        stop_sending(by=world.director, school=world.school, person=world.director)
    with pytest.raises(NotYours):
        stop_sending(by=world.director, school=world.school, person=school_world().classes[0].teacher)
    AttachmentFactory(person=above, school=world.school)
    with pytest.raises(Outranked):
        stop_sending(by=world.director, school=world.school, person=above)
    # A director's account may be the stolen one: whoever is above stops it.
    stop_sending(by=above, school=world.school, person=world.director)
    with pytest.raises(SendingStopped):
        sent(world.director, world.classes[0].teacher)


def test_the_console_shows_it_with_its_acts(world: SchoolWorld, text_of: Any) -> None:
    room = world.classes[0]
    spread(world)
    made = Alert.objects.get()
    client = signed_in(world.director)
    page = text_of(client.get(PAGE))
    assert "écrivent comme des comptes volés" in page
    assert "écrit comme un compte volé" in text_of(client.get("/nouveautes/"))
    assert signed_in(school_world().director).post(f"{PAGE}alertes/{made.uuid}/").status_code == 404
    client.post(f"{PAGE}arreter/", {"personne": str(room.relatives[0].uuid), "ou": "SCHOOL"})
    assert Stop.objects.get().person == room.relatives[0]
    epoch = room.relatives[0].session_epoch
    client.post(f"{PAGE}alertes/{made.uuid}/", {"act": "renew"})
    room.relatives[0].refresh_from_db()
    assert (room.relatives[0].password, room.relatives[0].session_epoch) == ("", epoch + 1)
    made.refresh_from_db()
    assert made.closed_by == world.director.uuid
    assert "écrivent comme des comptes volés" not in text_of(client.get(PAGE))


def test_the_api_shows_it_with_its_acts(world: SchoolWorld) -> None:
    room = world.classes[0]
    spread(world)
    client = signed_in(world.director)
    address = f"/api/v1/administration/schools/{world.school.uuid}/messages/"
    (told,) = client.get(address).json()["alerts"]
    assert (told["person"], told["sign"]) == (str(room.relatives[0].uuid), "SAME")
    made = client.post(address, {"person": told["person"]}, content_type="application/json").json()
    assert made["person"] == told["person"]
    act = f"{address}alerts/{told['uuid']}/"
    assert client.post(act, {"act": "close"}, content_type="application/json").status_code == 204
    assert client.get(address).json()["alerts"] == []


def test_whoever_is_alerted_about_or_stopped_undoes_nothing_of_it_themself(world: SchoolWorld) -> None:
    academy = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    made = alerts.alert(person=world.director, sign=Sign.SAME, reached=3)
    assert made is not None
    stop = stop_sending(by=academy, school=world.school, person=world.director)
    for refused in (
        lambda: alerts.close(by=world.director, alert=made),
        lambda: let_send(by=world.director, school=world.school, stop=stop),
    ):
        with pytest.raises(NotOneself):
            refused()
    with pytest.raises(SendingStopped):
        sent(world.director, world.classes[0].teacher)
    alerts.close(by=academy, alert=made)
    let_send(by=academy, school=world.school, stop=stop)
    sent(world.director, world.classes[0].teacher)


def test_a_stop_of_whoever_administers_more_is_lifted_by_their_peers_alone(world: SchoolWorld) -> None:
    first = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    second = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    AttachmentFactory(person=first, school=world.school)
    stop = stop_sending(by=second, school=world.school, person=first)
    with pytest.raises(Outranked):
        let_send(by=world.director, school=world.school, stop=stop)
    let_send(by=second, school=world.school, stop=stop)


def test_an_alert_is_forgotten_after_a_year(world: SchoolWorld, at: Any) -> None:
    made = alerts.alert(person=world.classes[0].relatives[0], sign=Sign.SAME, reached=3)
    assert made is not None
    at(made.at + rules.ALERT_KEPT - timedelta(minutes=1))
    forget_reports()
    assert Alert.objects.exists()
    at(made.at + rules.ALERT_KEPT + timedelta(minutes=1))
    forget_reports()
    assert not Alert.objects.exists()


def test_news_of_care_are_for_whoever_administers_and_as_long_as_they_do(world: SchoolWorld) -> None:
    room = world.classes[0]
    alerts.alert(person=room.relatives[0], sign=Sign.SAME, reached=3)
    sent(room.teacher, room.relatives[0])
    report(by=room.relatives[0], copy=received(room.relatives[0])[0], reason=Reason.UNKIND)
    kinds = {news.ALERT, news.REPORTED}

    def told(person: User) -> set[str]:
        return {each.event.kind for each in news_of(person, reach_of(person), count=10)} & kinds

    def chosen(person: User) -> set[str]:
        return {each.kind.key for each in choices_of(person)} & kinds

    assert told(world.director) == kinds
    assert (chosen(world.director), chosen(room.teacher), chosen(room.relatives[0])) == (kinds, set(), set())
    Administrator.objects.filter(person=world.director).update(ended_on=clock.today())
    assert told(world.director) == chosen(world.director) == set()


def test_the_thief_of_an_account_does_not_come_back_by_a_mail_that_they_chose(world: SchoolWorld) -> None:
    relative = User.objects.get(pk=world.classes[0].relatives[0].pk)
    confirm_own_email(token=email_token(relative, "voleur@example.org"))
    made = alerts.alert(person=relative, sign=Sign.SAME, reached=10)
    assert made is not None
    client = signed_in(world.director)
    client.post(f"{PAGE}alertes/{made.uuid}/", {"act": "renew"})
    relative.refresh_from_db()
    assert (relative.password, relative.own_email) == ("", "")
    assert send_password_links("voleur@example.org") == 0
    assert not Alert.objects.filter(closed_at__isnull=True).exists()
