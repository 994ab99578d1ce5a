"""The season's items of a school, by whoever administers it: `schools.services.season`, with authority."""

from accounts.models import User
from core import clock
from directory.authority import require_school
from schools.models import ItemSeen, School
from schools.services import season


def see_item(*, by: User, school: School, item: str, reason: str = "") -> ItemSeen:
    """What an item counts was looked at, and stays. Raises NotYours, NotToBeSeen."""
    require_school(by, school)
    return season.see(by=by, school=school, item=item, reason=reason, today=clock.today())


def reopen_item(*, by: User, school: School, item: str) -> bool:
    """It is to be looked at again. Raises NotYours."""
    require_school(by, school)
    return season.reopen(by=by, school=school, item=item, today=clock.today())
