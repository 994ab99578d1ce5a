"""Pure rules of the carnet de liaison: what a signature is worth, what two parents say together, dates."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from notebooks.enums import WordState

LONGEST = timedelta(days=366)


class Said(StrEnum):
    """What the legal relatives of a child say together."""

    YES = "yes"
    NO = "no"
    SIGNED = "signed"
    PARTLY = "partly"
    WAITING = "waiting"


def holds(*, signed_version: int, asked_version: int) -> bool:
    """A signature holds unless the word was corrected since, and signatures asked again."""
    return signed_version >= asked_version > 0


def waits(*, state: WordState | str, signed_version: int, asked_version: int, tied: bool) -> bool:
    """A word waits for someone while it is open, as long as they are a relative of the child."""
    return (
        state == WordState.SENT
        and tied
        and not holds(signed_version=signed_version, asked_version=asked_version)
    )


def together(answers: Iterable[bool | None], *, waiting: int, answers_asked: bool) -> Said:
    """Of a child: one « no » is a no, whoever said yes; all have signed, some have, none has."""
    given = list(answers)
    if answers_asked:
        if False in given:
            return Said.NO
        if True in given and not waiting:
            return Said.YES
        return Said.PARTLY if given else Said.WAITING
    if not given:
        return Said.WAITING
    return Said.PARTLY if waiting else Said.SIGNED


def deadline_holds(due_on: date | None, *, today: date) -> bool:
    """None, or a day to come within a year."""
    return due_on is None or today <= due_on <= today + LONGEST


def late(due_on: date | None, *, today: date) -> bool:
    return due_on is not None and due_on < today
