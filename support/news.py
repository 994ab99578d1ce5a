"""What requests tell to *Nouveautés*: to whoever asks, that they are helped; to whoever helps, what waits and what
moves. Each told through the gate of requests as it is now; no name that is not shown to whoever reads."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from core.text import uuid_of
from directory.querysets import standpoint_of
from directory.querysets.administrators import ADMINISTER
from support.enums import Kind as Part
from support.enums import Level, State
from support.helping import helpers_at
from support.lines import subject_for
from support.models import Ticket, TicketMessage
from support.querysets import asked_by, handled_by, helped_by
from timeline import kinds
from timeline.enums import MailPace
from timeline.kinds import ADULTS, Kind, Standing, Telling, Told
from timeline.models import Event
from timeline.services.record import Happening, record

HELPED = "support.helped"
WAITS = "support.waits"
FOLLOWED = "support.followed"
# What of a kind happened.
ANSWERED, MOVED = "answered", "moved"
OPENED, PASSED = "opened", "passed"
REPLIED, ENDED, GIVEN, NOTED = "replied", "ended", "given", "noted"

TOLD = {
    ANSWERED: "L’assistance vous a répondu",
    MOVED: "Votre demande d’aide avance",
    OPENED: "Une demande d’aide attend",
    PASSED: "Une demande d’aide vous est transmise",
    REPLIED: "Une demande que vous suivez a une réponse",
    ENDED: "Une demande que vous suivez est close par son auteur",
    GIVEN: "Une demande vous est confiée",
    NOTED: "Une note interne dans une demande que vous suivez",
}


def tell_author(ticket: Ticket, *, by: User, message: TicketMessage | None = None) -> None:
    """In the transaction of what helped; `message`, what was answered."""
    if ticket.author_id is None:
        return
    what = {"what": ANSWERED, "message": str(message.uuid)} if message else {"what": MOVED}
    _record(HELPED, ticket, [ticket.author_id], by=by, **what)


def tell_helpers(what: str, ticket: Ticket, *, by: User) -> None:
    """Those whose turn it is: a request comes to them."""
    people = {person.pk for person in helpers_at(ticket, Level(ticket.level))} - {by.pk}
    _record(WAITS, ticket, people, by=by, what=what)


def tell_followers(what: str, ticket: Ticket, *, by: User) -> None:
    """Whoever follows it; with a note, whoever said something in it as a helper too; nobody follows it: those
    whose turn it is."""
    people = {ticket.assignee_id} if ticket.assignee_id else set()
    if what == NOTED:
        said = TicketMessage.objects.filter(ticket=ticket, at__isnull=False, author__isnull=False)
        said = said.filter(kind__in=[Part.SAID, Part.NOTE]).exclude(author=ticket.author_id)
        people |= set(said.values_list("author_id", flat=True))
    elif not people:
        people = {person.pk for person in helpers_at(ticket, Level(ticket.level))}
    _record(FOLLOWED, ticket, {key for key in people if key} - {by.pk, ticket.author_id}, by=by, what=what)


def tell_assignee(ticket: Ticket, *, by: User) -> None:
    """A request is given to somebody."""
    if ticket.assignee_id is not None:
        _record(FOLLOWED, ticket, [ticket.assignee_id], by=by, what=GIVEN)


def _record(kind: str, ticket: Ticket, persons: Iterable[int | None], *, by: User, **data: str) -> None:
    """Who did it is not written where it is who asked: their name is not shown to everybody who helps."""
    actor = None if by.pk == ticket.author_id else by.uuid
    people = [key for key in persons if key is not None]
    record(Happening(kind=kind, by=actor, persons=people, about=ticket.uuid, data=data))


def _helped(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """What someone asked; read, once they have looked. One query."""
    rows = asked_by(person).filter(uuid__in=[event.about for event in events])
    mine = {ticket.uuid: ticket for ticket in rows}
    return {
        event.pk: Standing(
            event.at,
            read=mine[event.about].seen_at >= event.at,
            title=mine[event.about].subject,
        )
        for event in events
        if event.about in mine
    }


def _waits(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """What it is still someone's turn to handle; read, once somebody follows it. Two queries."""
    return _standings(person, events, turn=True)


def _followed(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """What someone still helps with. Two queries."""
    return _standings(person, events, turn=False)


def _standings(person: User, events: Sequence[Event], *, turn: bool) -> Mapping[int, Standing]:
    me = standpoint_of(person)
    rows = (handled_by if turn else helped_by)(me).filter(uuid__in=[event.about for event in events])
    mine: dict[UUID | None, Ticket] = {ticket.uuid: ticket for ticket in rows}
    return {
        event.pk: Standing(
            event.at,
            read=turn and (ticket.state != State.NEW or ticket.assignee_id is not None),
            title=subject_for(me, ticket),
        )
        for event in events
        if (ticket := mine.get(event.about)) is not None
    }


def _words(telling: Telling) -> Told:
    event = telling.events[0]
    what = event.data.get("what", "")
    title = telling.standings[event.pk].title if event.pk in telling.standings else ""
    return Told(TOLD.get(what, TOLD[MOVED]), title, reverse("support:ticket", args=[event.about]))


def _texts(person: User, events: Sequence[Event]) -> Mapping[int, str]:
    """What was answered, in plain words. One query."""
    asked = {event.pk: uuid_of(event.data.get("message")) for event in events}
    rows = TicketMessage.objects.filter(
        uuid__in=[uuid for uuid in asked.values() if uuid], kind=Part.SAID, ticket__author=person
    )
    said = dict(rows.values_list("uuid", "text"))
    return {key: said[uuid] for key, uuid in asked.items() if uuid in said}


def _administers(person: User) -> bool:
    return standpoint_of(person).administers_something


# What the three have in common.
_kind = partial(
    Kind,
    words=_words,
    mail=MailPace.SOON,
    grouped=False,
    app="support",
    app_label="Assistance ENT",
    icon="lifebuoy",
    cover="slate",
)


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        _kind(
            key=HELPED,
            order=40,
            label="Les réponses à mes demandes d’aide",
            gate=_helped,
            text=_texts,
            profiles=ADULTS,
        )
    )
    kinds.register(
        _kind(
            key=WAITS,
            order=41,
            # The home page has a panel of what waits: counted by the bell too, it would be told twice.
            apart=True,
            label="Les demandes d’aide qui attendent",
            gate=_waits,
            met_by=_administers,
            profiles=ADMINISTER,
        )
    )
    kinds.register(
        _kind(
            key=FOLLOWED,
            order=42,
            label="Les demandes d’aide que je suis",
            gate=_followed,
            met_by=_administers,
            profiles=ADMINISTER,
        )
    )
