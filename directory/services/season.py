"""The season's items of a school, by whoever administers it: `schools.services.season`, with authority; the first
day of class, by whoever administers the academy."""

from datetime import date

from accounts.models import User
from core import clock
from directory.authority import require_academy, require_school
from schools.models import Academy, ItemSeen, School, SchoolYear
from schools.services import season, years


def see_item(*, by: User, school: School, item: str, reason: str = "") -> ItemSeen:
    """What an item counts was looked at, and stays. Raises NotYours, NotToBeSeen."""
    require_school(by, school)
    return season.see(by=by, school=school, item=item, reason=reason, today=clock.today())


def reopen_item(*, by: User, school: School, item: str) -> bool:
    """It is to be looked at again. Raises NotYours."""
    require_school(by, school)
    return season.reopen(by=by, school=school, item=item, today=clock.today())


def set_first_day(*, by: User, academy: Academy, year: int, day: date | None) -> SchoolYear:
    """The first day of class of an academy's year; None goes back to the usual one. Raises NotYours, NotOfTheYear."""
    require_academy(by, academy)
    return years.set_first_day(by=by, academy=academy, year=year, day=day)
