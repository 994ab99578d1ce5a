"""A school's settings, by whoever administers it: `schools.services.choose`, with authority.

Profiles and applications are those that are: an application's key is `ui.applications`'s.
"""

from collections.abc import Collection, Mapping
from datetime import date, time
from typing import Any

from accounts.enums import Profile
from accounts.models import User
from directory.authority import require_school
from directory.communication import TALKING
from directory.enums import Extent
from directory.services import communication
from schools import logo
from schools.errors import BadSetting
from schools.models import School, SchoolSettings
from schools.services import choose
from ui.applications import applications


def rename(*, by: User, school: School, name: str) -> School:
    """The name that the school goes by; '' gives back the feed's. Raises NotYours, BadSetting."""
    require_school(by, school)
    return choose.rename(by=by, school=school, name=name)


def set_message(
    *,
    by: User,
    school: School,
    text: str,
    profiles: Collection[Profile] = (),
    until: date | None = None,
) -> SchoolSettings:
    """What home pages of the school's people say until the end of a day; no profile: everyone's.

    Raises NotYours, BadSetting.
    """
    require_school(by, school)
    keys = {Profile(profile).value for profile in profiles}
    everyone = keys == set(Profile.values)
    return choose.set_message(
        by=by, school=school, text=text, profiles=set() if everyone else keys, until=until
    )


def set_logo(*, by: User, school: School, file: Any) -> SchoolSettings:
    """A picture in any format that browsers show, made small; None takes the logo off.

    Raises NotYours, ImageTooLarge, ImageUnreadable, StorageFull, StorageGone.
    """
    require_school(by, school)
    return choose.set_logo(by=by, school=school, blob=logo.drawn(file) if file is not None else None)


def set_quiet(
    *, by: User, school: School, on: bool, starts: time, ends: time, weekends: bool
) -> SchoolSettings:
    """The hours at which the school is left in peace. Raises NotYours."""
    require_school(by, school)
    return choose.set_quiet(by=by, school=school, on=on, starts=starts, ends=ends, weekends=weekends)


def set_reach(*, by: User, school: School, relatives: bool) -> School:
    """Whether the relatives of one class may find, and write to, one another: a rule of communication, changed
    as the others are. Raises NotYours."""
    communication.change(by=by, school=school, cells={TALKING: Extent.CLASS if relatives else Extent.NOBODY})
    return school


def set_applications(*, by: User, school: School, off: Mapping[str, Collection[Profile]]) -> None:
    """The profiles that each application named is closed to. What is in it stays.

    Raises NotYours, BadSetting for an application that is not.
    """
    require_school(by, school)
    unknown = [key for key in off if key not in applications]
    if unknown:
        raise BadSetting("Cette application n’existe pas.", field="applications", unknown=unknown)
    choose.set_applications(
        by=by,
        school=school,
        off={key: {Profile(profile).value for profile in profiles} for key, profiles in off.items()},
    )
