"""Pure rules about schools and their years."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"

# France; an academy overseas keeps its own days in its SchoolYear rows.
OPENING = (8, 1)


def uai_letter(digits: str) -> str:
    """The letter that a UAI's seven digits call for: them read as one number, modulo 23 (formats: UAI)."""
    return UAI_LETTERS[int(digits) % 23]


def year_of(day: date, opening: tuple[int, int] = OPENING) -> int:
    """The school year that holds a day: 2026 stands for 2026-2027."""
    return day.year if (day.month, day.day) >= opening else day.year - 1


def first_day_of(opens_on: date, chosen: date | None, usual: tuple[int, int]) -> date:
    """The first day of class of a year that opens on this day: what was said; else France's usual day, and a month
    after the opening in an academy whose year opens in another month."""
    if chosen is not None:
        return chosen
    if opens_on.month == OPENING[0]:
        return date(opens_on.year, *usual)
    return opens_on + timedelta(days=31)


def default_bounds(year: int, opening: tuple[int, int] = OPENING) -> tuple[date, date]:
    """First and last day of a school year where nothing else is said."""
    return date(year, *opening), date(year + 1, *opening) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """When a school is left in peace, in its own time: nights from `starts` to `ends` (none where both are
    the same), whole Saturdays and Sundays with `weekends`."""

    on: bool = True
    starts: time = time(20)
    ends: time = time(7)
    weekends: bool = True
    zone: str = "Europe/Paris"


SATURDAY = 5


def quiet(settings: Quiet, instant: datetime) -> bool:
    """Whether a school is left in peace at this instant. A night begins with its first minute and is over
    with its last: at 7:00 sharp it is day."""
    if not settings.on:
        return False
    local = instant.astimezone(ZoneInfo(settings.zone))
    if settings.weekends and local.weekday() >= SATURDAY:
        return True
    return _in_night(settings, local.time())


def quiet_ends(settings: Quiet, instant: datetime) -> datetime:
    """The first instant, from this one on, at which the school is quiet no more: this one where it is not."""
    if not quiet(settings, instant):
        return instant
    zone = ZoneInfo(settings.zone)
    local = instant.astimezone(zone)
    for days in range(8):
        day = local.date() + timedelta(days=days)
        for hour in sorted({time(0), settings.ends}):
            found = datetime.combine(day, hour, zone)
            if found > local and not quiet(settings, found):
                return found
    return instant  # it is quiet day and night: nothing to wait for


def _in_night(settings: Quiet, hour: time) -> bool:
    if settings.starts <= settings.ends:
        return settings.starts <= hour < settings.ends
    return hour >= settings.starts or hour < settings.ends
