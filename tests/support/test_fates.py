"""What becomes of requests when an account is erased, or absorbed; who is kept out of the site helps nobody."""

from datetime import timedelta

import pytest

from accounts.services.merge import merge
from core import clock
from directory.enums import Scope
from directory.models import Block
from support import fates
from support.enums import Level
from support.models import Ticket, TicketMessage
from support.querysets import visible_to
from support.services import answer, drafts, handle
from tests.directory.worlds import relative_of
from tests.support.factories import administrator, answered, asked, broken, fresh, signed_in
from tests.support.worlds import DeskWorld

pytestmark = pytest.mark.django_db


def test_erased_what_was_asked_stays_for_helpers_under_no_name(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    answer.say_more(by=world.relative, ticket=ticket, body="<p>Encore</p>")
    drafts.draft_for(world.relative, ticket)
    answered(world.director, ticket)
    fates.erase([world.relative.pk, world.director.pk])
    kept = fresh(ticket)
    assert (kept.author, kept.author_name, kept.assignee) == (None, "", None)
    assert not TicketMessage.objects.filter(at=None).exists()
    handle.pass_on(
        by=administrator(Scope.SCHOOL, school=world.school), ticket=kept, to=Level.DISTRICT, names=False
    )
    assert not TicketMessage.objects.filter(heading__contains=world.relative.last_name).exists()
    page = signed_in(world.erun).get(f"/assistance/demandes/{ticket.uuid}/").content.decode()
    assert "Compte supprimé" in page
    assert broken() == []


def test_absorbed_their_requests_are_the_kept_accounts(world: DeskWorld) -> None:
    other = relative_of(world.pupil)
    first, second = asked(world.relative), asked(other)
    for person in (world.relative, other):
        drafts.draft_for(person, first if person == world.relative else second)
    merge(by=world.director, kept=world.relative, gone=other)
    assert set(visible_to(world.relative)) == {first, second}
    assert set(Ticket.objects.values_list("author", flat=True)) == {world.relative.pk}


def test_whoever_is_blocked_helps_nobody_meanwhile(world: DeskWorld) -> None:
    now = clock.now()
    Block.objects.create(
        person=world.director, starts_at=now, by=world.erun.uuid, ends_at=now + timedelta(days=3)
    )
    assert asked(world.relative).level == Level.DISTRICT
