"""Pure rules about notices."""

from datetime import date, timedelta

from accounts.enums import Profile
from home.enums import Stage

LONGEST = timedelta(days=366)
# Who is in no class: a notice to some classes is theirs too, where their profile is named.
WITHOUT_CLASS = frozenset({Profile.STAFF, Profile.GUEST})


def stage(*, posted: bool, withdrawn: bool, starts_on: date, ends_on: date, today: date) -> Stage:
    """What a notice is on a day."""
    if withdrawn:
        return Stage.WITHDRAWN
    if not posted:
        return Stage.DRAFT
    if today < starts_on:
        return Stage.COMING
    return Stage.SHOWN if today <= ends_on else Stage.OVER


def dates_hold(starts_on: date, ends_on: date) -> bool:
    """A notice ends on the day that it starts, or within a year of it."""
    return starts_on <= ends_on and ends_on - starts_on <= LONGEST
