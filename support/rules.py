"""Who sees a request for help, who handles it, until when it is reopened: pure rules.

Their twins for thousands are in `querysets.py`; a test proves that both agree.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.enums import Profile
from directory.rules import Standpoint
from support.enums import ENDED, OPEN, Level, State

# What an answer of its author reopens, and when what is solved closes by itself.
REOPENED_WITHIN = timedelta(days=31)
CLOSED_AFTER = timedelta(days=15)
# How long a request is kept once it has ended, and a draft that nobody goes on with.
KEPT = timedelta(days=730)
DRAFT_KEPT = timedelta(days=7)
MOST_A_DAY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a request is: keys of its place, and of those that hold it; its levels."""

    author: int | None
    school: int | None = None
    district: int | None = None
    academy: int | None = None
    entry: Level = Level.SCHOOL
    level: Level = Level.SCHOOL
    reached: Level = Level.SCHOOL
    veiled_from: Level | None = None


def may_ask(profile: str) -> bool:
    """Adults ask; a pupil asks their teacher, in class."""
    return profile != Profile.PUPIL


def levels_of(me: Standpoint, desk: Desk) -> frozenset[Level]:
    """The levels at which a person helps for this place, whatever the request's."""
    held = {
        Level.SCHOOL: desk.school is not None and desk.school in me.administered_schools,
        Level.DISTRICT: desk.district is not None and desk.district in me.administered_districts,
        Level.ACADEMY: desk.academy is not None and desk.academy in me.administered_academies,
        Level.PLATFORM: me.platform,
    }
    return frozenset(level for level, true in held.items() if true)


def helps(me: Standpoint, desk: Desk) -> bool:
    """Whether a person reads a request as a helper: at a level that has had it, from the first to the farthest.
    Never its author, who is told what helpers say to each other by nobody."""
    if desk.author == me.person:
        return False
    return any(desk.entry <= level <= desk.reached for level in levels_of(me, desk))


def sees(me: Standpoint, desk: Desk) -> bool:
    """Whether a person reads a request: its author, and helpers."""
    return desk.author == me.person or helps(me, desk)


def handles(me: Standpoint, desk: Desk) -> bool:
    """Whether it is a person's turn: they help at the level that has it now."""
    return desk.author != me.person and desk.level in levels_of(me, desk)


def names_shown(me: Standpoint, desk: Desk) -> bool:
    """Whether a person reads the names of families and opens files: its author, and helpers below the level from
    which they are not shown."""
    if desk.author == me.person or desk.veiled_from is None:
        return True
    return any(desk.entry <= level < desk.veiled_from for level in levels_of(me, desk))


def may_reopen(ended_at: datetime | None, now: datetime) -> bool:
    """Whether an answer of its author reopens what has ended."""
    return ended_at is None or now - ended_at <= REOPENED_WITHIN


def may_become(state: str, to: str) -> bool:
    """What a helper says of a request that is open: it goes on, waits for its author, is solved; of one that has
    ended, that it goes on."""
    if state in ENDED:
        return to == State.TAKEN
    return to in {State.TAKEN, State.WAITING, State.SOLVED} and to != state


def after_an_answer(state: str) -> State:
    """Where a request stands once its author says more."""
    return State(state) if state in OPEN else State.TAKEN
