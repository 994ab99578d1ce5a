"""Sending stopped in one click, and who sent what to how many."""

from typing import Any

import pytest

from accounts.enums import Profile
from core.models import AuditEntry
from directory.enums import Scope
from directory.errors import AlreadyDone, NotYours
from messaging.errors import SendingStopped
from messaging.models import Stop
from messaging.services import send
from messaging.services.stops import let_send, stop_sending
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.messaging.factories import draft, sent, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/administration/etablissement/messages/"


def test_a_profile_of_a_school_sends_nothing_until_it_is_let_go_on(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = stop_sending(
        by=world.director, school=world.school, profile=Profile.RELATIVE, reason="Compte volé"
    )
    message = draft(room.relatives[0], room.teacher)
    with pytest.raises(SendingStopped):
        send.send(by=room.relatives[0], message=message)
    sent(room.teacher, room.relatives[0])
    with pytest.raises(AlreadyDone):
        stop_sending(by=world.director, school=world.school, profile=Profile.RELATIVE)
    let_send(by=world.director, school=world.school, stop=made)
    send.send(by=room.relatives[0], message=message)
    with pytest.raises(AlreadyDone):
        let_send(by=world.director, school=world.school, stop=made)
    verbs = AuditEntry.objects.filter(school=world.school.uuid).values_list("verb", flat=True)
    assert {"messages.stopped", "messages.resumed"} <= set(verbs)


def test_one_stops_no_further_than_one_administers(world: SchoolWorld) -> None:
    for scope in (Scope.DISTRICT, Scope.ACADEMY, Scope.PLATFORM):
        with pytest.raises(NotYours):
            stop_sending(by=world.director, school=world.school, scope=scope)
    for stranger in (school_world().director, world.classes[0].teacher):
        with pytest.raises(NotYours):
            stop_sending(by=stranger, school=world.school)
    above = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    made = stop_sending(by=above, school=world.school, scope=Scope.ACADEMY)
    assert (made.academy_id, made.school_id) == (world.school.academy_id, None)
    near, far = school_world(academy=world.school.academy), school_world()
    with pytest.raises(SendingStopped):
        sent(near.classes[0].teacher, near.director)
    sent(far.classes[0].teacher, far.director)
    with pytest.raises(NotYours):
        let_send(by=world.director, school=world.school, stop=made)


def test_the_console_stops_and_tells_who_wrote_to_how_many_without_the_text(
    world: SchoolWorld, text_of: Any
) -> None:
    room = world.classes[0]
    sent(room.teacher, *room.relatives, subject="Piscine", body="<p>Un mot privé</p>")
    other = school_world()
    sent(other.classes[0].teacher, other.director, subject="Ailleurs")
    client = signed_in(world.director)
    page = text_of(client.get(PAGE))
    assert "Piscine" in page
    assert "Un mot privé" not in page
    assert "Ailleurs" not in page
    client.post(f"{PAGE}arreter/", {"profil": "PUPIL", "ou": "SCHOOL", "raison": "Chaine de messages"})
    made = Stop.objects.get()
    assert (made.profile, made.school) == ("PUPIL", world.school)
    assert "Chaine de messages" in text_of(client.get(PAGE))
    assert signed_in(other.director).post(f"{PAGE}{made.uuid}/reprendre/").status_code == 404
    client.post(f"{PAGE}{made.uuid}/reprendre/")
    made.refresh_from_db()
    assert made.lifted_at is not None


def test_the_api_does_what_the_page_does(world: SchoolWorld) -> None:
    client = signed_in(world.director)
    address = f"/api/v1/administration/schools/{world.school.uuid}/messages/"
    made = client.post(address, {"profile": "PUPIL"}, content_type="application/json").json()
    assert (made["profile"], made["scope"]) == ("PUPIL", "SCHOOL")
    sent(world.classes[0].teacher, world.director, subject="Conseil", body="<p>Privé</p>")
    told = client.get(address)
    assert [each["subject"] for each in told.json()["sent"]] == ["Conseil"]
    assert "Privé" not in told.content.decode()
    assert client.delete(f"{address}stops/{made['uuid']}/").status_code == 204
    assert client.get(address).json()["stops"] == []
