"""Which year a school may pass to."""

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


def within_reach(year: int, school: Years, *, today: int) -> bool:
    """Whether a year may be asked for: one ahead of the school's, or of the calendar's (`today`), at most."""
    return year <= max(school.running_year or 0, today) + 1
