"""How long an absence has lasted, and what it leads to: pure rules over dates."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from accounts.pauses import Pause

# The three months of the law (arrêté of 30 November 2006, article 6), in days.
LEGAL_DAYS = 92


class Step(Enum):
    """What the nightly job does to an account."""

    STAY = "stay"
    PRE_DELETE = "pre_delete"
    DELETE = "delete"


def counted_days(since: date, today: date, pauses: Sequence[Pause]) -> int:
    """Days from `since` to `today`, those of pauses left out, each once."""
    if today <= since:
        return 0
    paused: set[date] = set()
    for first, last in pauses:
        start, end = max(first, since + timedelta(days=1)), min(last, today)
        paused.update(start + timedelta(days=n) for n in range((end - start).days + 1))
    return (today - since).days - len(paused)


def next_step(
    *,
    absent_since: date,
    pre_deleted_on: date | None,
    today: date,
    pauses: Sequence[Pause],
    grace: int,
    pre_deletion: int,
) -> Step:
    """Absent for the whole grace: pre-deleted; pre-deleted for its whole delay: deleted."""
    if pre_deleted_on is None:
        over = counted_days(absent_since, today, pauses) >= grace
        return Step.PRE_DELETE if over else Step.STAY
    over = counted_days(pre_deleted_on, today, pauses) >= pre_deletion
    return Step.DELETE if over else Step.STAY
