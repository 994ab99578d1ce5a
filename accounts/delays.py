"""How long an absence has lasted, what it leads to, and when: pure rules over dates."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from accounts.pauses import Pause

# The three months of the law (arrêté of 30 November 2006, article 6), in days.
LEGAL_DAYS = 92


class Step(Enum):
    """What the nightly job does to an account."""

    STAY = "stay"
    TELL = "tell"
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


def day_reached(since: date, days: int, pauses: Sequence[Pause]) -> date:
    """The first day on which `counted_days` since `since` are so many: never a day of a pause, but the first."""
    reached = since + timedelta(days=max(days, 0))
    while (lacking := days - counted_days(since, reached, pauses)) > 0:
        reached += timedelta(days=lacking)
    return reached


def notice_day(absent_since: date, pauses: Sequence[Pause], *, grace: int, notice: int) -> date:
    """From when an absent person is told: `notice` counted days before the end of the grace."""
    return day_reached(absent_since, grace - notice, pauses)


def pre_deletion_day(absent_since: date, pauses: Sequence[Pause], *, grace: int) -> date:
    """When an absent account is pre-deleted, if nobody comes back and no pause is added."""
    return day_reached(absent_since, grace, pauses)


def deletion_day(pre_deleted_on: date, pauses: Sequence[Pause], *, pre_deletion: int) -> date:
    """When a pre-deleted account is deleted, if nobody comes back and no pause is added."""
    return day_reached(pre_deleted_on, pre_deletion, pauses)


def next_step(
    *,
    absent_since: date,
    pre_deleted_on: date | None,
    today: date,
    pauses: Sequence[Pause],
    grace: int,
    pre_deletion: int,
    notice: int = 0,
    told: bool = True,
) -> Step:
    """Absent for the whole grace: pre-deleted, `notice` days before: told, once; pre-deleted for its whole
    delay: deleted."""
    if pre_deleted_on is None:
        counted = counted_days(absent_since, today, pauses)
        if counted >= grace:
            return Step.PRE_DELETE
        return Step.TELL if not told and counted >= grace - notice else Step.STAY
    over = counted_days(pre_deleted_on, today, pauses) >= pre_deletion
    return Step.DELETE if over else Step.STAY
