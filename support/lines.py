"""Requests as pages and lists tell them, to one person: what they may read of each, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.rules import Standpoint
from documents.pieces import Piece, pieces_of
from support.enums import Category, Kind, Level, State, Step, Urgency
from support.models import Ticket, TicketMessage
from support.querysets import desk_of
from support.rules import names_shown
from support.services.drafts import SPACE
from support.topics import Topic, topic_of
from support.veil import FAMILIES
from ui.french import when

NOBODY = "Compte supprimé"
TONES = {
    State.NEW: ("info", "sparkles"),
    State.TAKEN: ("", "message-circle"),
    State.WAITING: ("warn", "hourglass"),
    State.SOLVED: ("ok", "circle-check"),
    State.CLOSED: ("", "lock"),
}
# Said to whoever asks.
OWN_STATES = {
    State.NEW: "reçue",
    State.TAKEN: "en cours",
    State.WAITING: "attend votre réponse",
    State.SOLVED: "résolue",
    State.CLOSED: "close",
}
HELPER_STATES = {
    State.NEW: "nouvelle",
    State.TAKEN: "en cours",
    State.WAITING: "attend son auteur",
    State.SOLVED: "résolue",
    State.CLOSED: "close",
}


SIMPLE = {
    Step.DROPPED: "laissé la demande à qui la prendra",
    Step.REOPENED: "rouvert la demande",
    Step.ENDED: "clos la demande",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list."""

    ticket: Ticket
    subject: str
    who: str
    profile: str
    state: str
    tone: str
    icon: str
    topic: Topic
    level: str
    at: str
    mine: bool
    unread: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a conversation as someone reads it."""

    message: TicketMessage
    who: str
    profile: str
    person: User | None
    mine: bool
    note: bool
    step: str
    body: str
    at: str
    pieces: Sequence[Piece]
    hidden: int


def reads_names(me: Standpoint, ticket: Ticket) -> bool:
    """Whether someone reads the names of families in a request."""
    return names_shown(me, desk_of(ticket))


def subject_for(me: Standpoint, ticket: Ticket) -> str:
    """The subject as someone reads it."""
    return ticket.subject if reads_names(me, ticket) else ticket.veiled_subject


def who_asked(me: Standpoint, ticket: Ticket) -> str:
    """Who asked, as someone may know it: a parent or a pupil is not named where names are hidden."""
    return _name(ticket.author_name, ticket.author_profile, shown=reads_names(me, ticket))


def line_of(me: Standpoint, ticket: Ticket) -> Line:
    state, mine = State(ticket.state), ticket.author_id == me.person
    tone, icon = TONES[state]
    return Line(
        ticket=ticket,
        subject=subject_for(me, ticket),
        who=who_asked(me, ticket),
        profile=ticket.author_profile,
        state=(OWN_STATES if mine else HELPER_STATES)[state],
        tone=tone,
        icon=icon,
        topic=topic_of(ticket.application),
        level=Level(ticket.level).label,
        at=when(ticket.changed_at, now=clock.now(), short=True),
        mine=mine,
        unread=mine and ticket.unread,
        urgent=ticket.urgency == Urgency.HIGH and ticket.is_open,
    )


def conversation(me: Standpoint, ticket: Ticket, messages: Sequence[TicketMessage]) -> list[Said]:
    """A conversation as someone reads it. One query."""
    shown = reads_names(me, ticket)
    spoken = [each.uuid for each in messages if each.kind != Kind.STEP]
    pieces = pieces_of(SPACE, spoken) if spoken else {}
    return [_said(me, ticket, each, pieces, shown=shown) for each in messages]


def _said(
    me: Standpoint,
    ticket: Ticket,
    message: TicketMessage,
    pieces: Mapping[UUID, Sequence[Piece]],
    *,
    shown: bool,
) -> Said:
    joined = pieces.get(message.uuid, ())
    return Said(
        message=message,
        who=_name(message.author_name, message.author_profile, shown=shown),
        profile=message.author_profile or Profile.STAFF,
        person=message.author if shown or message.author_profile not in FAMILIES else None,
        mine=message.author_id == me.person,
        note=message.kind == Kind.NOTE,
        step=_step(me, ticket, message, shown=shown) if message.step else "",
        body=message.body if shown else message.veiled_body,
        at=when(message.at or message.changed_at, now=clock.now()),
        pieces=joined if shown else (),
        hidden=0 if shown else len(joined),
    )


def _step(me: Standpoint, ticket: Ticket, message: TicketMessage, *, shown: bool) -> str:
    """What happened, in a sentence said to this person."""
    mine = message.author_id == me.person
    who = "Vous" if mine else _name(message.author_name, message.author_profile, shown=shown)
    return f"{who} {step_words(message, mine=mine, author=ticket.author_id == me.person)}"


def step_words(message: TicketMessage, *, mine: bool, author: bool) -> str:
    """What happened, after who did it (« vous », where it is `mine`); `author`: said to whoever asked."""
    step, data = Step(message.step), message.data
    has = "avez" if mine else "a"
    if step == Step.TAKEN:
        return "suivez la demande" if mine else "suit la demande"
    if step == Step.OPENED:
        return f"{has} fait la demande, adressée {_level(data).to}"
    if step == Step.GIVEN:
        return f"{has} confié la demande à {data.get('to', '')}"
    if step in {Step.PASSED, Step.BACK}:
        verb = "transmis" if step == Step.PASSED else "rendu"
        hidden = "" if data.get("names", True) else ", sans les noms des familles ni les fichiers"
        return f"{has} {verb} la demande {_level(data).to}{hidden}"
    if step == Step.STATE:
        words = OWN_STATES if author else HELPER_STATES
        return f"{has} passé la demande à «\u00a0{words[State(data.get('state', State.TAKEN))]}\u00a0»"
    return f"{has} {SIMPLE[step]}"


def _level(data: Mapping[str, Any]) -> Level:
    return Level(data.get("level", Level.PLATFORM))


def _name(name: str, profile: str, *, shown: bool) -> str:
    if not name:
        return NOBODY
    if shown or profile not in FAMILIES:
        return name
    return "Un parent" if profile == Profile.RELATIVE else "Un élève"


def category_label(ticket: Ticket) -> str:
    return Category(ticket.category).label


def urgency_label(ticket: Ticket) -> str:
    return Urgency(ticket.urgency).label
