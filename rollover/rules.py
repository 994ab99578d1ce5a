"""Which year a school may pass to; when its people prepare for it."""

from datetime import date
from typing import Protocol


class Years(Protocol):
    """A school's two years."""

    running_year: int | None
    class_year: int | None


def next_year(school: Years) -> int | None:
    """The year of the school's next turn: the running one where it has opened ahead of the classes, else the
    one after; None where there were never classes, since nothing turns."""
    if school.class_year is None:
        return None
    if school.running_year is not None and school.running_year > school.class_year:
        return school.running_year
    return school.class_year + 1


def is_due(school: Years) -> bool:
    """Whether its next year is open: it may turn now, and would by itself with the first pupils of that year."""
    return next_year(school) is not None and next_year(school) == school.running_year


def within_reach(year: int, school: Years, *, today: int) -> bool:
    """Whether a year may be asked for: one ahead of the school's, or of the calendar's (`today`), at most."""
    return year <= max(school.running_year or 0, today) + 1


PREPARES_FROM = (5, 1)


def ends_soon(class_year: int | None, day: date) -> bool:
    """Whether a school's year is about to end, and what ends with it is to be decided: from the first of May
    to its turn, which moves its class year."""
    return class_year is not None and day >= date(class_year + 1, *PREPARES_FROM)
