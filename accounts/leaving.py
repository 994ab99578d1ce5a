"""When an account that is on its way out is told, pre-deleted and deleted: the same days in the page, the mail,
the console and the API."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from accounts import delays, pauses
from accounts.models import User
from core import clock


@dataclass(frozen=True, slots=True)
class Leaving:
    """The days of one absence, as far as they are known today. `told_from`: from when the person is told;
    `pre_deleted_on` and `deleted_on`: when it happens, or happened. `closed`: pre-deleted already."""

    absent_since: date
    told_from: date
    pre_deleted_on: date
    deleted_on: date
    closed: bool
    objected: bool

    @property
    def last_day(self) -> date:
        """The last on which everything is as before."""
        return self.pre_deleted_on - timedelta(days=1)

    @property
    def is_told(self) -> bool:
        """Whether it is time that the person knows."""
        return self.closed or clock.today() >= self.told_from


def leaving_of(person: User) -> Leaving | None:
    """The days of a person's absence; None for who is here. One question of pauses at most."""
    return leavings_of([person]).get(person.pk)


def leavings_of(people: Iterable[User]) -> dict[int, Leaving]:
    """By the key of each who is absent. One question of pauses, whatever their number."""
    absent = [person for person in people if person.absent_since is not None]
    frozen = pauses.by_academy() if absent else {}
    return {person.pk: _leaving(person, frozen.get(person.academy_id or 0, ())) for person in absent}


def _leaving(person: User, frozen: Sequence[pauses.Pause]) -> Leaving:
    absent_since, grace = person.absent_since or clock.today(), settings.CARTABLE_GRACE_DAYS
    closes = person.pre_deleted_on or delays.pre_deletion_day(absent_since, frozen, grace=grace)
    return Leaving(
        absent_since=absent_since,
        told_from=delays.notice_day(
            absent_since, frozen, grace=grace, notice=settings.CARTABLE_LEAVING_NOTICE_DAYS
        ),
        pre_deleted_on=closes,
        deleted_on=delays.deletion_day(closes, frozen, pre_deletion=settings.CARTABLE_PRE_DELETION_DAYS),
        closed=person.pre_deleted_on is not None,
        objected=person.objected_at is not None,
    )
