"""Mails of what is new: who gets one, when, what it says, how it stops."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from sharing.services.share import remove
from tests.sharing.factories import ResourceFactory
from tests.sharing.worlds import SharingWorld
from tests.timeline.happenings import news, shared_with
from timeline.enums import MailPace
from timeline.mails import stop_token
from timeline.models import WaitingMail
from timeline.services import digests, read
from timeline.services.preferences import choices_of, prefer
from timeline.shares import SHARED

pytestmark = pytest.mark.django_db
MONDAY_10 = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
MONDAY_22 = datetime(2026, 9, 14, 20, 0, tzinfo=UTC)
SUNDAY_15 = datetime(2026, 9, 13, 13, 0, tzinfo=UTC)


@pytest.fixture
def reader(world: SharingWorld, at: Callable[[Any], None]) -> User:
    """A relative with an address, on a Monday morning; all was gathered before."""
    at(MONDAY_10)
    for pace in (MailPace.SOON, MailPace.DAILY, MailPace.WEEKLY):
        digests.gather(pace=pace)
    person = world.here.relatives[0]
    person.email = "parent@exemple.fr"
    person.save(update_fields=["email"])
    return person


def written() -> list[Any]:
    digests.send_waiting()
    found, mail.outbox[:] = list(mail.outbox), []
    return found


def test_a_day_s_news_come_in_one_mail_that_says_what_happened(world: SharingWorld, reader: User) -> None:
    shared_with(reader, world.note)
    digests.gather(pace=MailPace.SOON)
    assert written() == []
    digests.gather(pace=MailPace.DAILY)
    (message,) = written()
    assert message.to == ["parent@exemple.fr"]
    assert "Poésie" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    digests.gather(pace=MailPace.DAILY)
    assert written() == []


def test_news_told_to_a_class_are_written_to_its_relatives(world: SharingWorld, reader: User) -> None:
    from accounts.enums import Profile
    from tests.sharing.factories import GrantFactory
    from tests.timeline.happenings import told

    group = world.group(Profile.RELATIVE)
    GrantFactory(to_group=True, resource=world.note, group=group)
    told(world.note, groups=[group.pk])
    assert digests.gather(pace=MailPace.DAILY) == 1
    assert len(written()) == 1


def test_what_was_read_or_lost_meanwhile_is_not_written(world: SharingWorld, reader: User) -> None:
    lost, seen = world.note, ResourceFactory(owner=world.teacher, title="Lue")
    shared_with(reader, lost)
    read.read(by=reader, event=shared_with(reader, seen))
    assert digests.gather(pace=MailPace.DAILY) == 1
    remove(by=world.teacher, resource=lost, person=reader)
    assert written() == []
    assert not WaitingMail.objects.exists()


@pytest.mark.parametrize("quiet", [MONDAY_22, SUNDAY_15])
def test_nights_and_week_ends_are_left_in_peace(
    world: SharingWorld, reader: User, at: Callable[[Any], None], quiet: datetime
) -> None:
    prefer(by=reader, kind=SHARED, page=True, mail=MailPace.SOON)
    shared_with(reader, world.note)
    at(quiet)
    digests.gather(pace=MailPace.SOON)
    assert written() == []
    at(datetime(2026, 9, 15, 6, 0, tzinfo=UTC))
    assert len(written()) == 1


def test_a_pupil_and_whoever_has_no_address_are_not_written_to(world: SharingWorld, reader: User) -> None:
    User.objects.filter(pk=world.pupil.pk).update(email="eleve@exemple.fr")
    shared_with(world.pupil, world.note)
    shared_with(world.here.relatives[1], world.note)
    User.objects.filter(pk=world.here.relatives[1].pk).update(email="", own_email="")
    assert digests.gather(pace=MailPace.DAILY) == 0


def test_the_link_of_a_mail_stops_them_in_one_click_without_signing_in(
    world: SharingWorld, reader: User, client: Client
) -> None:
    address = f"/nouveautes/courriels/{stop_token(reader)}/"
    page = client.get(address)
    assert page.status_code == 200
    assert {each.mail for each in choices_of(reader)} != {MailPace.NEVER}
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert {each.mail for each in choices_of(reader)} == {MailPace.NEVER}
    shared_with(reader, world.note)
    assert digests.gather(pace=MailPace.DAILY) == 0
    assert len(news(reader)) == 1


def test_a_link_that_is_not_ours_or_of_a_former_address_does_nothing(reader: User, client: Client) -> None:
    assert client.get("/nouveautes/courriels/abc/").status_code == 404
    former = stop_token(reader)
    User.objects.filter(pk=reader.pk).update(own_email="autre@exemple.fr")
    assert client.post(f"/nouveautes/courriels/{former}/").status_code == 404
