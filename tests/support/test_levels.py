"""Who has a request, who reads it, who handles it: from the school to the academy."""

from datetime import timedelta

import pytest

from accounts.models import User
from core import clock
from directory.enums import Scope
from directory.models import Administrator
from directory.querysets import standpoint_of
from support import rules
from support.enums import Kind, Level, State, Urgency
from support.errors import (
    NoLevelThere,
    NoSuchTicket,
    NotAHelper,
    NotForPupils,
    NothingAnswered,
    NothingAsked,
    NotYoursToHandle,
    TicketEnded,
    TooLateToReopen,
    TooManyTickets,
)
from support.models import Ticket
from support.querysets import desk_of, handled_by, helped_by, names_shown_to, visible_to
from support.services import answer, forget, handle
from tests.directory.factories import AdministratorFactory
from tests.support.factories import administrator, answered, asked, broken, fresh
from tests.support.worlds import DeskWorld

pytestmark = pytest.mark.django_db


def people(world: DeskWorld) -> list[User]:
    return [
        world.pupil, world.relative, world.teacher, world.director, world.there.director, world.erun,
        world.academy, world.platform,
    ]  # fmt: skip


def readers(world: DeskWorld, ticket: Ticket) -> set[User]:
    return {person for person in people(world) if visible_to(person).filter(pk=ticket.pk).exists()}


def test_a_request_goes_to_the_school_first_and_no_higher_level_reads_it(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    assert (ticket.school, ticket.level, ticket.state) == (world.school, Level.SCHOOL, State.NEW)
    assert readers(world, ticket) == {world.relative, world.director}


def test_passed_on_it_is_read_by_who_had_it_and_handled_by_whose_turn_it_is(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    handle.pass_on(by=world.director, ticket=ticket, to=Level.DISTRICT, names=True)
    assert readers(world, ticket) == {world.relative, world.director, world.erun}
    with pytest.raises(NotYoursToHandle):
        answered(world.director, ticket)
    answered(world.erun, ticket)
    handle.pass_on(by=world.erun, ticket=ticket, to=Level.ACADEMY, names=True)
    handle.pass_on(by=world.academy, ticket=fresh(ticket), to=Level.SCHOOL, names=True)
    back = fresh(ticket)
    assert (back.level, back.reached, back.state, back.assignee) == (1, 3, State.NEW, None)
    answered(world.director, back)
    assert readers(world, ticket) == {world.relative, world.director, world.erun, world.academy}
    assert broken() == []


def test_whoever_alone_administers_the_school_asks_the_next_level(world: DeskWorld) -> None:
    ticket = asked(world.director)
    assert ticket.level == Level.DISTRICT
    assert readers(world, ticket) == {world.director, world.erun}
    other = administrator(Scope.SCHOOL, school=world.school)
    assert asked(world.director).level == Level.SCHOOL
    assert not visible_to(other).filter(pk=ticket.pk).exists()


def test_a_school_without_administrator_is_the_districts(world: DeskWorld) -> None:
    Administrator.objects.filter(person=world.director).update(ended_on=clock.today())
    assert asked(world.relative).level == Level.DISTRICT


def test_an_eruns_request_goes_to_the_academy_and_the_academys_to_the_platform(world: DeskWorld) -> None:
    ticket = asked(world.erun)
    assert (ticket.school, ticket.level, ticket.place) == (None, Level.ACADEMY, world.school.district)
    assert readers(world, ticket) == {world.erun, world.academy}
    above = asked(world.academy)
    assert above.level == Level.PLATFORM
    assert readers(world, above) == {world.academy, world.platform}
    alone = asked(world.platform)
    assert (alone.level, readers(world, alone)) == (Level.PLATFORM, {world.platform})


def test_an_administrator_whose_right_ends_reads_nothing_at_their_next_request(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    Administrator.objects.filter(person=world.director).update(ended_on=clock.today())
    assert readers(world, ticket) == {world.relative}
    with pytest.raises(NoSuchTicket):
        answered(world.director, ticket)


def test_nobody_handles_what_they_asked_even_as_an_administrator(world: DeskWorld) -> None:
    other = administrator(Scope.SCHOOL, school=world.school)
    ticket = asked(world.director)
    with pytest.raises(NotYoursToHandle):
        answered(world.director, ticket)
    with pytest.raises(NoSuchTicket):
        answer.note(by=world.director, ticket=ticket, body="<p>x</p>")
    answer.note(by=other, ticket=ticket, body="<p>Il se trompe</p>")
    assert not helped_by(standpoint_of(world.director)).filter(pk=ticket.pk).exists()


def test_rules_and_querysets_agree(world: DeskWorld) -> None:
    AdministratorFactory(person=world.erun, school=world.school)
    for person in (world.relative, world.teacher, world.director, world.erun, world.academy):
        asked(person, school=world.school if person != world.academy else None)
    first = Ticket.objects.get(author=world.relative)
    handle.pass_on(by=world.director, ticket=first, to=Level.ACADEMY, names=False)
    second = Ticket.objects.get(author=world.teacher)
    handle.pass_on(by=world.director, ticket=second, to=Level.DISTRICT, names=False)
    handle.pass_on(by=world.erun, ticket=fresh(second), to=Level.SCHOOL, names=True)
    for person in people(world):
        me = standpoint_of(person)
        for found in Ticket.objects.select_related("school__district", "district", "academy"):
            desk, mine = desk_of(found), Ticket.objects.filter(pk=found.pk)
            assert visible_to(person).filter(pk=found.pk).exists() == rules.sees(me, desk)
            assert helped_by(me).filter(pk=found.pk).exists() == rules.helps(me, desk)
            assert handled_by(me).filter(pk=found.pk).exists() == rules.handles(me, desk)
            if rules.sees(me, desk):
                assert mine.filter(names_shown_to(me)).exists() == rules.names_shown(me, desk)


def test_a_request_goes_through_its_states_and_its_author_reopens_it(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    answered(world.director, ticket, to=State.WAITING)
    first = fresh(ticket)
    assert (first.state, first.assignee, first.unread) == (State.WAITING, world.director, True)
    answer.say_more(by=world.relative, ticket=ticket, body="<p>Oui</p>")
    assert fresh(ticket).state == State.TAKEN
    answered(world.director, ticket, to=State.SOLVED)
    assert fresh(ticket).ended_at is not None
    answer.say_more(by=world.relative, ticket=ticket, body="<p>Encore</p>")
    again = fresh(ticket)
    assert (again.state, again.ended_at) == (State.TAKEN, None)
    answer.end(by=world.relative, ticket=ticket)
    assert fresh(ticket).state == State.CLOSED
    with pytest.raises(TicketEnded):
        answer.end(by=world.relative, ticket=ticket)
    with pytest.raises(TicketEnded):
        handle.assign(by=world.director, ticket=ticket, to=world.director)
    with clock.at(clock.now() + timedelta(days=32)), pytest.raises(TooLateToReopen):
        answer.say_more(by=world.relative, ticket=ticket, body="<p>Tard</p>")
    assert broken() == []


def test_a_note_moves_nothing_that_its_author_sees(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    before = fresh(ticket)
    with clock.at(clock.now() + timedelta(hours=1)):
        answer.note(by=world.director, ticket=ticket, body="<p>Déjà vu</p>")
    after = fresh(ticket)
    assert (after.changed_at, after.unread, after.state) == (before.changed_at, False, before.state)
    assert ticket.messages.filter(kind=Kind.NOTE).count() == 1


def test_it_is_given_to_whoever_helps_at_its_level_alone(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    with pytest.raises(NotAHelper):
        handle.assign(by=world.director, ticket=ticket, to=world.erun)
    other = administrator(Scope.SCHOOL, school=world.school)
    given = handle.assign(by=world.director, ticket=ticket, to=other)
    assert (given.assignee, given.state) == (other, State.TAKEN)
    assert handle.assign(by=other, ticket=ticket, to=None).assignee is None
    handle.classify(by=other, ticket=ticket, application="messaging", urgency=Urgency.HIGH)
    assert (fresh(ticket).application, fresh(ticket).urgency) == ("messaging", Urgency.HIGH)


def test_what_cannot_be_asked_is_refused(world: DeskWorld) -> None:
    with pytest.raises(NotForPupils):
        asked(world.pupil)
    for told in ({"subject": " "}, {"body": "<p> </p>"}):
        with pytest.raises(NothingAsked):
            asked(world.relative, **told)
    with pytest.raises(NoSuchTicket):
        asked(world.relative, school=world.there.school)
    ticket = asked(world.relative)
    with pytest.raises(NothingAnswered):
        answered(world.director, ticket, body="<p> </p>")
    with pytest.raises(NoLevelThere):
        handle.pass_on(by=world.director, ticket=ticket, to=Level.SCHOOL, names=True)
    for _ in range(rules.MOST_A_DAY - 1):
        asked(world.relative)
    with pytest.raises(TooManyTickets):
        asked(world.relative)


def test_solved_requests_close_then_go_and_drafts_with_them(world: DeskWorld) -> None:
    ticket = asked(world.relative)
    answered(world.director, ticket, to=State.SOLVED)
    with clock.at(clock.now() + timedelta(days=16)):
        assert forget.close_solved() == 1
    assert fresh(ticket).state == State.CLOSED
    open_one = asked(world.relative)
    with clock.at(clock.now() + timedelta(days=731)):
        forget.forget_tickets()
    assert list(Ticket.objects.all()) == [open_one]
