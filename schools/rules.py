"""Pure rules about schools and their years."""

from datetime import date, timedelta

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"

# France; an academy overseas keeps its own days in its SchoolYear rows.
OPENING = (8, 1)


def uai_letter(digits: str) -> str:
    """The letter that a UAI's seven digits call for: them read as one number, modulo 23 (formats: UAI)."""
    return UAI_LETTERS[int(digits) % 23]


def year_of(day: date, opening: tuple[int, int] = OPENING) -> int:
    """The school year that holds a day: 2026 stands for 2026-2027."""
    return day.year if (day.month, day.day) >= opening else day.year - 1


def default_bounds(year: int, opening: tuple[int, int] = OPENING) -> tuple[date, date]:
    """First and last day of a school year where nothing else is said."""
    return date(year, *opening), date(year + 1, *opening) - timedelta(days=1)
