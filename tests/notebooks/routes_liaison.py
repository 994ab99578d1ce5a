"""Rows of carnets de liaison in the table of routes: one of the teacher's, which the direction reads; a word that went
to their class's families, a draft, one that is closed."""

from typing import Any

from notebooks.enums import WordState
from notebooks.models import LiaisonBook, LiaisonCopy, LiaisonWord
from notebooks.services import liaison_words
from tests.house.rows import Row, row, signed_in
from tests.house.world import DIRECTOR, RELATIVE, SIGNED_IN, TEACHER, HouseWorld
from tests.notebooks import factories as made
from tests.notebooks.routes_homework import MAKERS, answering

FOLLOW = (TEACHER, DIRECTOR)


def _book(world: HouseWorld) -> LiaisonBook:
    found = LiaisonBook.objects.select_related("resource").first()
    return found or made.liaison_book(world.people[TEACHER], world.school_class, with_direction=True)


def _word(world: HouseWorld, state: WordState) -> LiaisonWord:
    found = LiaisonWord.objects.filter(state=state).first()
    if found is None:
        teacher = world.people[TEACHER]
        found = made.word(teacher, _book(world), world.school_class, sent=state != WordState.DRAFT)
        if state == WordState.CLOSED:
            found = liaison_words.close_word(by=teacher, word=found)
    return found


def book(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _book(world).resource.uuid}


def draft(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _word(world, WordState.DRAFT).uuid}


def sent(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _word(world, WordState.SENT).uuid}


def closed(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _word(world, WordState.CLOSED).uuid}


def _copy(world: HouseWorld) -> LiaisonCopy:
    word = _word(world, WordState.SENT)
    return LiaisonCopy.objects.get(word=word, relative=world.people[RELATIVE])


def copy(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _copy(world).uuid}


def _answers(world: HouseWorld) -> dict[str, Any]:
    return {"copie": str(_copy(world).uuid), "copy": str(_copy(world).uuid)}


PAGES: dict[str, Row] = {
    # A team has its carnets.
    "notebooks:liaison_received": answering(
        row(RELATIVE), {kind: 302 for kind in SIGNED_IN if kind != RELATIVE}
    ),
    "notebooks:liaison_new": row(*MAKERS),
    "notebooks:liaison_book": answering(row(*FOLLOW, address=book), {RELATIVE: 302}),
    "notebooks:liaison_settings": row(TEACHER, address=book),
    "notebooks:liaison_begin": row(TEACHER, good=302, method="post", address=book),
    "notebooks:liaison_open": row(*FOLLOW, RELATIVE, good=302, address=sent),
    "notebooks:liaison_read": row(RELATIVE, address=sent),
    "notebooks:liaison_sign": row(RELATIVE, good=302, method="post", address=copy),
    "notebooks:liaison_word": row(*FOLLOW, address=sent),
    "notebooks:liaison_write": row(TEACHER, address=draft),
    "notebooks:liaison_send": row(TEACHER, address=draft),
    "notebooks:liaison_erase": row(TEACHER, address=draft),
    "notebooks:liaison_remind": row(TEACHER, good=302, method="post", address=sent),
    "notebooks:liaison_close": row(TEACHER, good=302, method="post", address=sent),
    "notebooks:liaison_reopen": row(TEACHER, good=302, method="post", address=closed),
    "notebooks:liaison_newcomers": row(TEACHER, good=302, method="post", address=sent),
    "notebooks:liaison_paper": row(TEACHER, good=302, method="post", address=sent, data=_answers),
    "notebooks:liaison_slips": row(TEACHER, address=sent, query="?tous"),
}


def _followed(**rest: Any) -> Row:
    """Whoever writes it; the direction, which reads it, is told that it may not."""
    return answering(row(TEACHER, anonymous=403, **rest), {DIRECTOR: 403})


API: dict[str, Row] = {
    "liaison-books-list": signed_in(anonymous=403),
    "liaison-books-detail": row(*FOLLOW, anonymous=403, address=book),
    "liaison-books-words": row(*FOLLOW, anonymous=403, address=book),
    "liaison-words-detail": row(*FOLLOW, anonymous=403, address=sent),
    "liaison-words-copies": row(*FOLLOW, anonymous=403, address=sent),
    "liaison-words-send": row(TEACHER, anonymous=403, method="post", address=draft),
    "liaison-words-newcomers": _followed(method="post", address=sent),
    "liaison-words-remind": _followed(method="post", address=sent),
    "liaison-words-close": _followed(method="post", address=sent),
    "liaison-words-reopen": _followed(method="post", address=closed),
    "liaison-words-paper": _followed(good=204, method="post", address=sent, data=_answers),
    "liaison-words-slips": _followed(address=sent, query="?everybody"),
    "received-words-list": signed_in(anonymous=403),
    "received-words-detail": row(RELATIVE, anonymous=403, address=copy),
    "received-words-sign": row(RELATIVE, anonymous=403, method="post", address=copy),
}
