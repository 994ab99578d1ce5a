"""Attacks on what came with messages: hostile forms, and what a log would tell of who reported."""

from typing import Any

import pytest

from accounts.assurance import Assurance
from accounts.sessions import ASSURANCE
from core.models import AuditEntry
from directory.querysets.audit import audit_visible_to
from messaging.enums import Reason
from messaging.models import Copy, Message, Report
from messaging.services.reports import handle, opened, report
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import received, sent, signed_in

pytestmark = pytest.mark.django_db
REPORTING = ["messages.reported", "messages.report_opened", "messages.report_handled"]


@pytest.mark.parametrize("typed", ["a\0b", "'", "a' & (", "\\", "!", ":*", "<b>", "%", "9" * 5_000])
def test_what_is_searched_is_words_and_nothing_else(world: SchoolWorld, typed: str) -> None:
    client = signed_in(world.director)
    for address in ("/recherche/", "/api/v1/search/"):
        assert client.get(address, {"q": typed}).status_code == (400 if "\0" in typed else 200)


def test_a_picture_of_no_message_and_a_day_of_no_month_keep_the_draft(world: SchoolWorld) -> None:
    client = signed_in(world.classes[0].teacher)
    body = f'<p>Voici</p><img src="/messagerie/piece/{"-" * 36}/" alt="">'
    form = {"objet": "Sortie", "format": "html", "texte": body}
    assert client.post("/messagerie/ecrire/", form | {"act": "save"}).status_code == 200
    assert client.post(
        "/messagerie/ecrire/", form | {"act": "plan", "quand": "2026-02-31T10:00"}
    ).status_code == (422)
    assert set(Message.objects.values_list("subject", flat=True)) == {"Sortie"}


def test_a_form_that_holds_nul_is_refused_and_writes_nothing(world: SchoolWorld) -> None:
    room = world.classes[0]
    message = sent(room.teacher, room.relatives[0])
    client, form = signed_in(room.relatives[0]), {"raison": Reason.UNKIND.value, "mots": "Aidez-moi"}
    address = f"/messagerie/{message.uuid}/signaler/"
    assert client.post(address, form | {"mots": "a\0b"}).status_code == 400
    assert client.get("/messagerie/", {"q": "a\0b"}).status_code == 400
    assert not Report.objects.exists()
    assert client.post(address, form).status_code == 302
    assert Report.objects.get().words == "Aidez-moi"


def test_whoever_is_accused_does_not_read_in_the_log_who_reported(world: SchoolWorld) -> None:
    room = world.classes[0]
    academy = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    platform = AdministratorFactory(of_platform=True).person

    def logged(person: Any) -> list[str]:
        rows = audit_visible_to(person).filter(verb__in=REPORTING).order_by("pk")
        return list(rows.values_list("verb", flat=True))

    for author, reads in ((world.director, []), (room.teacher, REPORTING)):
        AuditEntry.objects.filter(verb__in=REPORTING).delete()
        sent(author, room.relatives[0])
        made = report(by=room.relatives[0], copy=received(room.relatives[0])[-1], reason=Reason.UNKIND)
        opened(by=academy, report=made)
        handle(by=academy, report=made)
        assert (logged(world.director), logged(platform)) == (reads, REPORTING)


def test_whoever_came_in_by_a_picture_calls_nothing_back_and_deletes_nothing_for_good(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    pupil = room.pupils[0]
    message = sent(pupil, room.teacher)
    client = signed_in(pupil)
    session = client.session
    session[ASSURANCE] = Assurance.LOW.value
    session.save()
    throw, forever = ({"m": str(message.uuid), "act": act, "sur": "1"} for act in ("throw", "forever"))
    client.post(f"/messagerie/{message.uuid}/rappeler/")
    assert received(room.teacher)
    client.post("/messagerie/agir/", throw)
    assert Copy.objects.get(person=pupil).trashed_at is not None
    client.post("/messagerie/agir/", forever)
    client.post("/messagerie/agir/", {"act": "empty", "sur": "1"})
    assert client.post("/api/v1/messages/empty-trash/").status_code == 403
    assert Copy.objects.filter(person=pupil).exists()
    # With their name and password, they do.
    whole = signed_in(pupil)
    whole.post("/messagerie/agir/", forever)
    assert not Copy.objects.filter(person=pupil).exists()
