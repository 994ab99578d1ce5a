"""What is said in a request: by its author, by whoever helps; notes that its author never sees."""

from uuid import UUID

from accounts.models import User
from core import audit, clock
from directory.querysets import standpoint_of
from documents.models import Use
from support import news
from support.enums import ENDED, Kind, Level, State, Step
from support.errors import (
    NoSuchState,
    NoSuchTicket,
    NothingAnswered,
    NotYoursToHandle,
    TicketEnded,
    TooLateToReopen,
)
from support.models import Ticket, TicketMessage
from support.querysets import desk_of, drafts_of, visible_to
from support.rules import after_an_answer, handles, helps, may_become, may_reopen
from support.services.conversation import add, tell_step
from support.services.drafts import SPACE, draft_for
from ui import rich_text


def hold(by: User, ticket: Ticket) -> Ticket:
    """The request, locked, as this person may read it now. In a transaction. Raises NoSuchTicket."""
    if not visible_to(by).filter(pk=ticket.pk).exists():
        raise NoSuchTicket()
    Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=ticket.pk)
    found = Ticket.objects.select_related("school__district", "district", "academy", "author", "assignee")
    return found.get(pk=ticket.pk)


def hold_to_handle(by: User, ticket: Ticket) -> Ticket:
    """The same, where it is this person's turn. Raises NoSuchTicket, NotYoursToHandle."""
    fresh = hold(by, ticket)
    if not handles(standpoint_of(by), desk_of(fresh)):
        raise NotYoursToHandle()
    return fresh


def say_more(*, by: User, ticket: Ticket, body: str, key: UUID | None = None) -> TicketMessage:
    """Its author says more; what had ended is reopened, within a time.

    Raises NoSuchTicket, NothingAnswered, TooLateToReopen.
    """
    with audit.acting(by=by):
        fresh = hold(by, ticket)
        if fresh.author_id != by.pk:
            raise NoSuchTicket()
        now = clock.now()
        if not may_reopen(fresh.ended_at, now):
            raise TooLateToReopen()
        made = add(by=by, ticket=fresh, draft=_draft(by, fresh, body, key), body=body)
        if fresh.state in ENDED:
            tell_step(by=by, ticket=fresh, step=Step.REOPENED)
        fresh.state, fresh.ended_at = after_an_answer(fresh.state), None
        fresh.changed_at = fresh.seen_at = now
        fresh.save(update_fields=["state", "ended_at", "changed_at", "seen_at"])
        news.tell_followers(news.REPLIED, fresh, by=by)
    return made


def answer(
    *, by: User, ticket: Ticket, body: str, to: State | None = None, key: UUID | None = None
) -> TicketMessage:
    """Whoever's turn it is answers, and says where the request stands (`to`): it goes on, waits for its author,
    is solved. Who answers first follows it. Its author is told.

    Raises NoSuchTicket, NotYoursToHandle, NothingAnswered, NoSuchState.
    """
    with audit.acting(by=by):
        fresh = hold_to_handle(by, ticket)
        to = to or (State.TAKEN if fresh.state in {State.NEW, *ENDED} else State(fresh.state))
        if to != fresh.state and not may_become(fresh.state, to) and not _solved_again(fresh.state, to):
            raise NoSuchState()
        made = add(by=by, ticket=fresh, draft=_draft(by, fresh, body, key), body=body)
        now = clock.now()
        if fresh.assignee_id is None:
            fresh.assignee = by
            tell_step(by=by, ticket=fresh, step=Step.TAKEN)
        if to != fresh.state:
            _become(by, fresh, to)
        fresh.answered_at = fresh.answered_at or now
        fresh.changed_at = fresh.helped_at = now
        fresh.save()
        audit.record("ticket.answered", school=school_of_log(fresh), after={"ticket": str(fresh.uuid)})
        news.tell_author(fresh, by=by, message=made)
    return made


def note(*, by: User, ticket: Ticket, body: str, key: UUID | None = None) -> TicketMessage:
    """A note among those who help, at whatever level; its author never sees it, and nothing of it moves what
    they see. Raises NoSuchTicket, NothingAnswered."""
    with audit.acting(by=by):
        fresh = hold(by, ticket)
        if not helps(standpoint_of(by), desk_of(fresh)):
            raise NoSuchTicket()
        made = add(by=by, ticket=fresh, draft=_draft(by, fresh, body, key), body=body, kind=Kind.NOTE)
        news.tell_followers(news.NOTED, fresh, by=by)
    return made


def change_state(*, by: User, ticket: Ticket, to: State) -> Ticket:
    """Whoever's turn it is says where the request stands; its author is told. Raises NoSuchTicket,
    NotYoursToHandle, NoSuchState."""
    with audit.acting(by=by):
        fresh = hold_to_handle(by, ticket)
        if not may_become(fresh.state, to):
            raise NoSuchState()
        _become(by, fresh, to)
        fresh.changed_at = fresh.helped_at = clock.now()
        fresh.save()
        news.tell_author(fresh, by=by)
    return fresh


def end(*, by: User, ticket: Ticket) -> Ticket:
    """Its author says that it is settled. Raises NoSuchTicket, TicketEnded."""
    with audit.acting(by=by):
        fresh = hold(by, ticket)
        if fresh.author_id != by.pk:
            raise NoSuchTicket()
        if fresh.state == State.CLOSED:
            raise TicketEnded()
        now = clock.now()
        tell_step(by=by, ticket=fresh, step=Step.ENDED)
        fresh.state, fresh.ended_at = State.CLOSED, fresh.ended_at or now
        fresh.changed_at = fresh.seen_at = now
        fresh.save()
        news.tell_followers(news.ENDED, fresh, by=by)
    return fresh


def look(*, by: User, ticket: Ticket) -> None:
    """Its author has seen what helpers did."""
    if ticket.author_id == by.pk and ticket.unread:
        Ticket.objects.filter(pk=ticket.pk).update(seen_at=clock.now())


def school_of_log(ticket: Ticket) -> UUID | None:
    """The school in whose log acts on a request stand: its own, where the school has had it."""
    return ticket.school.uuid if ticket.school is not None and ticket.entry == Level.SCHOOL else None


def _solved_again(state: str, to: State) -> bool:
    """An answer that adds a word to what is solved, and leaves it so."""
    return state in ENDED and to == State.SOLVED


def _become(by: User, ticket: Ticket, to: State) -> None:
    audit.record(
        "ticket.state",
        school=school_of_log(ticket),
        before={"state": str(ticket.state)},
        after={"ticket": str(ticket.uuid), "state": str(to)},
    )
    if (ticket.state, to) != (State.NEW, State.TAKEN):  # said already: somebody follows it
        tell_step(by=by, ticket=ticket, step=Step.STATE, state=str(to))
    ticket.state = to
    ticket.ended_at = (ticket.ended_at or clock.now()) if to in ENDED else None


def _draft(by: User, ticket: Ticket, body: str, key: UUID | None) -> TicketMessage:
    """What was being written: it says something, or bears a file. Raises NothingAnswered, NoSuchTicket."""
    draft = drafts_of(by).filter(ticket=ticket, uuid=key).first() if key else None
    draft = draft or draft_for(by, ticket)
    said = rich_text.plain(rich_text.clean(body)).strip() or "<img" in rich_text.clean(body)
    if not said and not Use.objects.filter(space=SPACE, subject=draft.uuid).exists():
        raise NothingAnswered()
    return draft
