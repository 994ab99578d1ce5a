"""Rows of the table of routes: what a relative asked, which their director has."""

from dataclasses import replace
from typing import Any

from directory.querysets import standpoint_of
from support.models import CannedAnswer, Ticket
from support.services import canned, drafts
from tests.house.rows import ADMINISTRATORS, Answer, Row, public, row, signed_in
from tests.house.world import DIRECTOR, PUPIL, RELATIVE, SIGNED_IN, HouseWorld
from tests.support.factories import asked

ADULTS = tuple(kind for kind in SIGNED_IN if kind != PUPIL)
BOTH = (RELATIVE, DIRECTOR)


def _ticket(world: HouseWorld) -> Ticket:
    found = Ticket.objects.filter(author=world.people[RELATIVE]).first()
    return found or asked(world.people[RELATIVE])


def ticket(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _ticket(world).uuid}


def _answer(world: HouseWorld) -> dict[str, Any]:
    """An answer kept ready for the school."""
    found = CannedAnswer.objects.first()
    if found is None:
        director = world.people[DIRECTOR]
        place = canned.places_of(standpoint_of(director))[0]
        found = canned.keep(by=director, place=place, title="Code", body="<p>Voici</p>")
    return {"uuid": found.uuid}


def _reply(world: HouseWorld) -> dict[str, Any]:
    draft = drafts.draft_for(world.people[DIRECTOR], _ticket(world))
    return {"cle": str(draft.uuid), "texte": "Bonjour", "act": "send"}


PAGES: dict[str, Row] = {
    "support:index": signed_in(302),
    "support:mine": row(*ADULTS),
    "support:ask": row(*ADULTS, query="?depuis=/documents/"),
    "support:recipients": row(*ADULTS),
    "support:queue": row(*ADMINISTRATORS),
    "support:export": row(*ADMINISTRATORS),
    "support:ticket": row(*BOTH, address=ticket),
    "support:reply": row(*BOTH, good=302, address=ticket, method="post", data=_reply),
    "support:state": row(*BOTH, good=302, address=ticket, method="post", data=lambda w: {"etat": "SOLVED"}),
    # Its author handles it not.
    "support:assign": row(DIRECTOR, good=302, address=ticket, method="post", data=lambda w: {"qui": "moi"}),
    "support:classify": row(DIRECTOR, good=302, address=ticket, method="post"),
    "support:pass_on": row(DIRECTOR, address=ticket),
    "support:canned": row(*ADMINISTRATORS),
    "support:canned_new": row(*ADMINISTRATORS),
    "support:canned_edit": row(DIRECTOR, address=_answer),
    "support:canned_delete": row(DIRECTOR, good=302, address=_answer, method="post"),
    "support:figures": row(*ADMINISTRATORS),
    "support:help": signed_in(),
    "support:article": row(*ADULTS, address=lambda world: {"slug": "messages-ecrire"}),
    "support:trouble": public(),
}


def _posted(*kinds: str, also: dict[str, Answer] | None = None, **data: Any) -> Row:
    """`also`: whoever reads it, and is told why not."""
    found = row(*kinds, anonymous=403, address=ticket, method="post", data=lambda world: data)
    return replace(found, answers=found.answers | (also or {}))


def _given() -> Row:
    found = _posted(DIRECTOR, also=TOLD)
    return replace(found, data=lambda world: {"person": str(world.people[DIRECTOR].uuid)})


# Its author reads it and handles it not.
TOLD: dict[str, Answer] = {RELATIVE: 403}

API: dict[str, Row] = {
    "support-tickets-list": row(*ADULTS, anonymous=403),
    "support-tickets-figures": row(*ADMINISTRATORS, anonymous=403),
    "support-tickets-detail": row(*BOTH, anonymous=403, address=ticket),
    "support-tickets-answer": _posted(*BOTH, body="<p>Bonjour</p>"),
    "support-tickets-note": _posted(DIRECTOR, body="<p>Vu</p>"),
    "support-tickets-change-state": _posted(RELATIVE, also={DIRECTOR: 409}, state="CLOSED"),
    "support-tickets-assign": _given(),
    "support-tickets-classify": _posted(DIRECTOR, also=TOLD, category="HOW"),
    "support-tickets-pass-on": _posted(DIRECTOR, also=TOLD, level="DISTRICT", names=False),
    "support-canned-list": row(*ADMINISTRATORS, anonymous=403),
    "support-canned-detail": row(
        DIRECTOR,
        good=204,
        anonymous=403,
        address=_answer,
        method="delete",
    ),
    "support-help-list": signed_in(anonymous=403),
    "support-help-detail": row(*ADULTS, anonymous=403, address=lambda world: {"slug": "messages-ecrire"}),
}
