"""Two accounts made one that both reported a message, were kept from a pupil, were alerted about: no word is lost,
and taken apart each has theirs again."""

import pytest
from django.db import connection

from accounts.models import Merge, User
from directory.services import duplicates
from messaging.care import reports_in, reports_visible_to
from messaging.enums import Reason, Sign
from messaging.models import Alert, Barred, Report, ReportPlace
from messaging.services import alerts
from messaging.services.bar import bar
from messaging.services.reports import report
from tests.directory.factories import ClassAttachmentFactory
from tests.directory.merging.worlds import TwinWorld, twins
from tests.messaging.factories import broken, received, sent

pytestmark = pytest.mark.django_db


def both(world: TwinWorld) -> list[User]:
    return [world.fresh(world.kept), world.fresh(world.gone)]


def merged(world: TwinWorld) -> Merge:
    """As a commit would find it."""
    made = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    connection.check_constraints()
    return made


def rows() -> dict[str, list[dict[str, object]]]:
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Report, ReportPlace, Barred, Alert)
    }


def test_both_reported_the_same_message() -> None:
    world = twins("teacher")
    sent(world.home.classes[0].teacher, *both(world))
    for person, words in zip(both(world), ("kept", "gone"), strict=True):
        report(by=person, copy=received(person)[0], reason=Reason.UNKIND, words=words)
    before = rows()
    made = merged(world)
    # What each said stays said, to the same administrators; one of the two bears a name alone.
    told = list(reports_in(reports_visible_to(world.director), world.school))
    assert [(each.reporter, each.words) for each in told] == [(None, "gone"), (world.kept, "kept")]
    duplicates.unmerge(by=world.director, merge=made)
    assert rows() == before
    assert broken() == []


def test_both_were_kept_from_a_pupil_and_alerted_about() -> None:
    world = twins("teacher")
    room = world.home.classes[0]
    for person in both(world):
        bar(by=world.director, pupil=room.pupils[0], sender=person)
        alerts.alert(person=person, sign=Sign.SAME, reached=10)
    before = rows()
    made = merged(world)
    assert [each.sender for each in Barred.objects.all()] == [world.kept]
    assert [each.person for each in Alert.objects.all()] == [world.kept]
    duplicates.unmerge(by=world.director, merge=made)
    assert rows() == before


def test_a_pupil_of_two_accounts_protected_in_both() -> None:
    world = twins("pupil")
    sender = world.home.classes[-1].relatives[-1]
    for person in both(world):
        ClassAttachmentFactory(person=person, school_class=world.home.classes[0].school_class)
        bar(by=world.director, pupil=person, sender=sender)
    before = rows()
    made = merged(world)
    assert [each.pupil for each in Barred.objects.all()] == [world.kept]
    duplicates.unmerge(by=world.director, merge=made)
    assert rows() == before
