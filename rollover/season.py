"""Who prepares for the turn of the year, and when."""

from django.http import HttpRequest

from accounts.enums import Profile
from core import clock
from rollover.rules import PREPARES_FROM, ends_soon
from schools.models import School

# Before August no school turns; after October none is left to wait for.
OPEN, TURNING = range(PREPARES_FROM[0], 8), range(8, 11)
MONTHS_OF_DOOR = range(PREPARES_FROM[0], 9)
_KEPT = "_rollover_ending"


def prepares(request: HttpRequest) -> bool:
    """Whether somebody who teaches or works in a school is signed in."""
    profile = getattr(request.user, "profile", None)
    return profile in (Profile.TEACHER, Profile.STAFF)


def ending(request: HttpRequest) -> bool:
    """Whether the year of this person's schools is about to end: from May to their turn, of several to the last.
    No query but from August to October, then one a request."""
    today = clock.today()
    if today.month not in TURNING:
        return today.month in OPEN
    kept = getattr(request, _KEPT, None)
    if kept is None:
        mine = School.objects.filter(attachment__person=request.user.pk, attachment__ended_on__isnull=True)
        years = mine.order_by().values_list("class_year", flat=True).distinct()
        kept = any(ends_soon(year, today) for year in years)
        setattr(request, _KEPT, kept)
    return bool(kept)


def prepares_end(request: HttpRequest) -> bool:
    """From May to August, or to the turn where it is known already: the door of every page asks no query."""
    kept = getattr(request, _KEPT, None)
    return prepares(request) and (clock.today().month in MONTHS_OF_DOOR if kept is None else bool(kept))


def foresees(request: HttpRequest) -> bool:
    """The rest of the year."""
    return prepares(request) and not prepares_end(request)
