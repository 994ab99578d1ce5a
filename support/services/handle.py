"""Who follows a request, what it is about, which level has it."""

from accounts.models import User
from core import audit, clock
from directory.querysets import standpoint_of
from support import news
from support.enums import Category, Level, State, Step, Urgency
from support.errors import NoLevelThere, NotAHelper, TicketEnded
from support.helping import Desk, desks_of, helpers_at, place_of
from support.models import Ticket
from support.querysets import desk_of
from support.rules import names_shown
from support.services.answer import hold_to_handle, school_of_log
from support.services.conversation import tell_step, veil_all
from support.topics import topics


def assign(*, by: User, ticket: Ticket, to: User | None) -> Ticket:
    """Gives a request to someone who helps at its level, oneself too; to nobody, it waits for whoever takes it.

    Raises NoSuchTicket, NotYoursToHandle, NotAHelper, TicketEnded.
    """
    with audit.acting(by=by):
        fresh = hold_to_handle(by, ticket)
        if not fresh.is_open:
            raise TicketEnded()
        if to is not None and to not in helpers_at(fresh, Level(fresh.level)):
            raise NotAHelper()
        if to == fresh.assignee:
            return fresh
        fresh.assignee = to
        if fresh.state == State.NEW and to is not None:
            fresh.state = State.TAKEN
        fresh.changed_at = fresh.helped_at = clock.now()
        fresh.save()
        step = Step.DROPPED if to is None else Step.TAKEN if to == by else Step.GIVEN
        tell_step(by=by, ticket=fresh, step=step, to=to.full_name if to else "")
        audit.record(
            "ticket.assigned",
            subject=to.uuid if to else None,
            school=school_of_log(fresh),
            after={"ticket": str(fresh.uuid)},
        )
        if to is not None and to != by:
            news.tell_assignee(fresh, by=by)
    return fresh


def classify(
    *,
    by: User,
    ticket: Ticket,
    category: Category | None = None,
    application: str | None = None,
    urgency: Urgency | None = None,
) -> Ticket:
    """Says better what a request is about. Raises NoSuchTicket, NotYoursToHandle."""
    with audit.acting(by=by):
        fresh = hold_to_handle(by, ticket)
        before = {"category": fresh.category, "application": fresh.application, "urgency": fresh.urgency}
        fresh.category = category or fresh.category
        fresh.urgency = urgency or fresh.urgency
        if application is not None and application in {"", *(each.key for each in topics())}:
            fresh.application = application
        after = {"category": fresh.category, "application": fresh.application, "urgency": fresh.urgency}
        if after != before:
            fresh.save(update_fields=list(after))
            audit.record(
                "ticket.classified",
                school=school_of_log(fresh),
                before=before,
                after={"ticket": str(fresh.uuid), **after},
            )
    return fresh


def ways(ticket: Ticket) -> list[Desk]:
    """The levels to which a request may pass: those above that have somebody, and those below that had it."""
    desks = desks_of(place_of(ticket), apart=[ticket.author_id])
    return [each for each in desks if each.level >= ticket.entry and each.level != ticket.level]


def pass_on(*, by: User, ticket: Ticket, to: Level, names: bool) -> Ticket:
    """Passes a request to another level, with its whole conversation: farther, or back to one that had it.

    `names`: whether those above read the names of families and open files. Whoever does not read them does not
    show them to others. It is new there, and nobody's yet; whoever passed it goes on reading it. Raises
    NoSuchTicket, NotYoursToHandle, NoLevelThere, TicketEnded.
    """
    with audit.acting(by=by):
        fresh = hold_to_handle(by, ticket)
        if not fresh.is_open:
            raise TicketEnded()
        before = Level(fresh.level)
        if to not in {each.level for each in ways(fresh)}:
            raise NoLevelThere()
        shown = names and names_shown(standpoint_of(by), desk_of(fresh))
        _set_veil(fresh, to, shown=shown)
        fresh.level, fresh.reached = to, max(to, fresh.reached)
        fresh.assignee, fresh.state = None, State.NEW
        fresh.changed_at = fresh.helped_at = clock.now()
        fresh.save()
        step = Step.PASSED if to > before else Step.BACK
        tell_step(by=by, ticket=fresh, step=step, level=int(to), names=_reads_names(fresh, to))
        audit.record(
            "ticket.passed",
            school=school_of_log(fresh),
            before={"level": before.name},
            after={
                "ticket": str(fresh.uuid),
                "level": to.name,
                "names": _reads_names(fresh, to),
            },
        )
        news.tell_helpers(news.PASSED, fresh, by=by)
        news.tell_author(fresh, by=by)
    return fresh


def _set_veil(ticket: Ticket, to: Level, *, shown: bool) -> None:
    """From which level up names are hidden: the one that it passes to, where they are not shown; lifted up to
    it, where whoever reads them shows them."""
    if to <= ticket.entry:
        return
    if not shown:
        if ticket.veiled_from is None or ticket.veiled_from > to:
            ticket.veiled_from = to
            ticket.reached = max(to, ticket.reached)
            veil_all(ticket)
    elif ticket.veiled_from is not None and ticket.veiled_from <= to:
        ticket.veiled_from = None


def _reads_names(ticket: Ticket, level: Level) -> bool:
    return ticket.veiled_from is None or level < ticket.veiled_from
