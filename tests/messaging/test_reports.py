"""A message reported: who reads it, what stays of it, for how long."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import fates
from core import clock
from core.models import AuditEntry
from messaging.care import reports_visible_to
from messaging.enums import Box, Reason
from messaging.errors import AlreadyHandled, AlreadyReported, NotReceived
from messaging.models import Copy, Message, Report
from messaging.services import boxes, send, writing
from messaging.services.reports import forget_reports, handle, report
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.messaging.factories import broken, content, received, sent, signed_in, targets
from timeline.models import Audience

pytestmark = pytest.mark.django_db


def reported(world: SchoolWorld, *, reason: Reason = Reason.UNKIND) -> Report:
    """A pupil's teacher wrote to a relative, who reports it."""
    room = world.classes[0]
    made = writing.begin(
        by=room.teacher, subject="Un mot", body="<p>Des mots durs</p>", targets=targets(room.relatives[0])
    )
    writing.attach(by=room.teacher, message=made, blob=content(), name="photo.txt")
    send.send(by=room.teacher, message=made)
    return report(by=room.relatives[0], copy=received(room.relatives[0])[0], reason=reason, words="Aidez-moi")


def gone(message: Message) -> None:
    """Everybody deletes it for good."""
    for copy in Copy.objects.filter(message=message).select_related("person"):
        boxes.throw(by=copy.person, copies=[copy])
        boxes.erase(by=copy.person, copies=[copy])


def test_who_received_reports_once_and_the_author_does_not(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = reported(world)
    assert (made.reporter_name, made.words) == (room.relatives[0].full_name, "Aidez-moi")
    assert made.shown == [["À", room.relatives[0].full_name]]
    with pytest.raises(AlreadyReported):
        report(by=room.relatives[0], copy=received(room.relatives[0])[0], reason=Reason.OTHER)
    own = Copy.objects.get(person=room.teacher, box=Box.SENT)
    with pytest.raises(NotReceived):
        report(by=room.teacher, copy=own, reason=Reason.OTHER)
    # Somebody else's copy is not one's own to report.
    with pytest.raises(NotReceived):
        report(by=room.pupils[0], copy=received(room.relatives[0])[0], reason=Reason.OTHER)


def test_administrators_of_the_school_and_above_read_it_and_nobody_else(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = reported(world)
    academy = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    for person in (world.director, academy):
        assert list(reports_visible_to(person)) == [made]
    stranger = school_world()
    for person in (stranger.director, room.teacher, room.relatives[0], room.relatives[1]):
        assert not reports_visible_to(person).exists()


def test_whoever_is_accused_neither_reads_nor_is_told_though_they_administer(world: SchoolWorld) -> None:
    room = world.classes[0]
    academy = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    sent(world.director, room.teacher)
    made = report(by=room.teacher, copy=received(room.teacher)[0], reason=Reason.UNWANTED)
    assert not reports_visible_to(world.director).exists()
    assert list(reports_visible_to(academy)) == [made]
    told = Audience.objects.filter(event__about=made.uuid).values_list("person_id", flat=True)
    assert list(told) == [academy.pk]
    client = signed_in(world.director)
    assert client.get(f"/administration/etablissement/signalements/{made.uuid}/").status_code == 404
    assert client.get(f"/api/v1/administration/reports/{made.uuid}/").status_code == 404


def test_the_evidence_outlives_copies_recall_and_accounts(world: SchoolWorld, text_of: Any) -> None:
    room = world.classes[0]
    made = reported(world)
    other = sent(room.teacher, room.relatives[1])
    gone(other)
    assert not Message.objects.filter(pk=other.pk).exists()
    gone(made.message)
    for fate in fates.in_order():
        if fate.app in {"messaging"}:
            fate.erase([room.teacher.pk, room.relatives[0].pk])
    assert broken() == []
    page = text_of(signed_in(world.director).get(f"/administration/etablissement/signalements/{made.uuid}/"))
    for words in (
        "Des mots durs",
        "photo.txt",
        room.teacher.full_name,
        room.relatives[0].full_name,
        "Aidez-moi",
    ):
        assert words in page
    file = made.message.attachments.get()
    assert signed_in(world.director).get(f"/messagerie/piece/{file.uuid}/").status_code == 200
    assert signed_in(room.relatives[1]).get(f"/messagerie/piece/{file.uuid}/").status_code == 404
    assert signed_in(school_world().director).get(f"/messagerie/piece/{file.uuid}/").status_code == 404


def test_a_report_is_forgotten_a_year_after_it_is_handled(world: SchoolWorld, at: Any) -> None:
    made = reported(world)
    gone(made.message)
    handle(by=world.director, report=made, note="Vu avec la famille")
    with pytest.raises(AlreadyHandled):
        handle(by=world.director, report=made)
    start = clock.now()
    at(start + timedelta(days=364))
    assert forget_reports() == 0
    assert Message.objects.filter(pk=made.message_id).exists()
    at(start + timedelta(days=366))
    assert forget_reports() == 1
    assert not Message.objects.filter(pk=made.message_id).exists()
    assert broken() == []


def test_what_someone_still_holds_outlives_the_report(world: SchoolWorld, at: Any) -> None:
    made = reported(world)
    at(clock.now() + timedelta(days=731))
    assert forget_reports() == 1
    assert Message.objects.filter(pk=made.message_id).exists()


def test_a_relative_reports_from_the_page_and_administrators_are_told(
    world: SchoolWorld, text_of: Any
) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.relatives[0])
    client = signed_in(room.relatives[0])
    assert (
        f"/messagerie/{message.uuid}/signaler/" in client.get(f"/messagerie/{message.uuid}/").content.decode()
    )
    address = f"/messagerie/{message.uuid}/signaler/"
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"raison": "UNKIND", "mots": "Non"}, follow=True)
    assert "Le message est signalé" in text_of(answer)
    assert address not in answer.content.decode()
    made = Report.objects.get()
    news = text_of(signed_in(world.director).get("/nouveautes/"))
    assert "Un message est signalé dans" in news
    lists = text_of(signed_in(world.director).get("/administration/etablissement/signalements/"))
    assert "Bonjour" not in lists
    signed_in(world.director).get(f"/administration/etablissement/signalements/{made.uuid}/")
    signed_in(world.director).post(
        f"/administration/etablissement/signalements/{made.uuid}/traiter/", {"note": "Rappelé à l’ordre"}
    )
    made.refresh_from_db()
    assert (made.note, made.closed_by) == ("Rappelé à l’ordre", world.director.uuid)
    verbs = set(AuditEntry.objects.filter(school=world.school.uuid).values_list("verb", flat=True))
    assert {"messages.reported", "messages.report_opened", "messages.report_handled"} <= verbs
    # Whoever wrote it is asked nothing and told nothing.
    assert signed_in(room.teacher).get(address).status_code == 404


def test_a_pupil_reports_in_words_of_their_own(world: SchoolWorld, text_of: Any) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.pupils[0])
    client = signed_in(room.pupils[0])
    page = text_of(client.get(f"/messagerie/{message.uuid}/signaler/"))
    assert "il me fait peur" in page
    answer = client.post(f"/messagerie/{message.uuid}/signaler/", {"raison": "UNKIND"}, follow=True)
    assert "C’est bien de l’avoir dit" in text_of(answer)
    made = Report.objects.get()
    page = text_of(signed_in(world.director).get(f"/administration/etablissement/signalements/{made.uuid}/"))
    assert f"Ne plus le laisser écrire à {room.pupils[0].full_name}" in page


def test_the_api_reports_reads_and_handles(world: SchoolWorld) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.relatives[0], body="<p>Privé</p>")
    client = signed_in(room.relatives[0])
    made = client.post(
        f"/api/v1/messages/{message.uuid}/report/", {"reason": "SHOCKING"}, content_type="application/json"
    )
    assert made.status_code == 201
    director = signed_in(world.director)
    lists = director.get(
        "/api/v1/administration/reports/", {"school": str(world.school.uuid), "open": "true"}
    )
    assert [each["uuid"] for each in lists.json()] == [made.json()["uuid"]]
    assert "Privé" not in lists.content.decode()
    address = f"/api/v1/administration/reports/{made.json()['uuid']}/"
    assert director.get(address).json()["text"].strip() == "Privé"
    handled = director.post(f"{address}handle/", {"note": "Vu"}, content_type="application/json")
    assert handled.json()["note"] == "Vu"
    assert director.get("/api/v1/administration/reports/", {"open": "true"}).json() == []


def test_the_list_takes_as_many_queries_with_one_as_with_forty(world: SchoolWorld) -> None:

    def asked() -> int:
        client = signed_in(world.director)
        with CaptureQueriesContext(connection) as found:
            client.get("/administration/etablissement/signalements/")
        return len(found)

    reported(world)
    few = asked()
    room = world.classes[0]
    for _ in range(40):
        message = sent(world.classes[1].teacher, room.relatives[0])
        copy = Copy.objects.get(message=message, box=Box.RECEIVED)
        report(by=room.relatives[0], copy=copy, reason=Reason.OTHER)
    assert asked() == few
