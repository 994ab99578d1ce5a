"""Who may write to whom by message, how much, until when it is called back: pure rules.

Whom one reaches is the directory's (`directory.rules`), but that pupils share with their classmates and do
not write to them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.enums import Profile
from directory.enums import Party
from directory.rules import NOBODY, Standpoint
from messaging.enums import Sign

RECALLED_WITHIN = timedelta(hours=1)
# People reached in an hour: whoever writes more writes like a stolen account. A director, or whoever
# administers more, writes to whole schools.
PER_HOUR: Mapping[Profile, int] = {
    Profile.PUPIL: 60,
    Profile.RELATIVE: 200,
    Profile.GUEST: 200,
    Profile.TEACHER: 3_000,
    Profile.STAFF: 3_000,
}
ADMINISTRATORS_PER_HOUR = 200_000
MOST_ATTACHMENTS = 20
# From so many on, an account may write like a stolen one: messages of one text, people in an hour.
SAME_TEXT = 10
BURST: Mapping[Profile, int] = {
    Profile.PUPIL: 20,
    Profile.RELATIVE: 40,
    Profile.GUEST: 40,
    Profile.TEACHER: 600,
    Profile.STAFF: 600,
}
# How long the evidence of a report is kept: from when it is handled, or from when it was made where nobody
# handled it.
REPORT_KEPT = timedelta(days=365)
REPORT_KEPT_OPEN = timedelta(days=730)
# How long an alert is kept, looked at or not: past it nobody is told of that day any more.
ALERT_KEPT = timedelta(days=365)
# From so many people on, a message goes by a job.
AT_ONCE = 200


def standpoint_to_write(me: Standpoint) -> Standpoint:
    """What someone's reach is for messages: a pupil writes to no pupil."""
    if me.profile != Profile.PUPIL:
        return me
    return replace(me, near=_without_pupils(me.near), wide=_without_pupils(me.wide))


def theft_sign(me: Standpoint, *, messages: int, same: int, in_hour: int, in_month: int) -> Sign | None:
    """By what an account writes like a stolen one, where it does: the same text many times in an hour, or more
    people in this hour than in the thirty days before, past what a day's work asks. Whoever administers
    something writes to whole schools: for them only the first is told.

    `messages` of this hour, `same` of them with this text; people reached `in_hour`, `in_month` before it.
    """
    if messages >= SAME_TEXT and same >= SAME_TEXT:
        return Sign.SAME
    if me.administers_something:
        return None
    return Sign.BURST if in_hour >= BURST[me.profile] and in_hour > in_month else None


def may_recall(sent_at: datetime, now: datetime) -> bool:
    """Whether a message is still called back: within an hour."""
    return now - sent_at <= RECALLED_WITHIN


def may_be_barred(*, teaches: bool, directs: bool, looks_after: bool) -> bool:
    """Whether a teacher may keep someone from writing to a pupil: not the pupil's own teachers, the direction
    of their school, nor whoever is responsible for them."""
    return not (teaches or directs or looks_after)


def left_in_hour(me: Standpoint, reached: int) -> int:
    """How many people more someone may reach in this hour, who reached so many."""
    most = ADMINISTRATORS_PER_HOUR if me.administers_something else PER_HOUR[me.profile]
    return max(0, most - reached)


def _without_pupils(reach: Mapping[Party, frozenset[int]]) -> dict[Party, frozenset[int]]:
    return {party: NOBODY if party == Party.PUPIL else places for party, places in reach.items()}
