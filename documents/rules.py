"""What a person may keep here, and how things are named: pure rules."""

from django.conf import settings

from accounts.enums import Profile
from core.storage.names import clean_name, parted, shortened

MOST_PIECES = 100  # files joined to one thing of an application


def limit_of(profile: str, own: int | None = None, school: int | None = None) -> int:
    """The space of someone, in bytes: `own` where an administrator set one, else what their `school` gives
    to their profile, else the site's."""
    if own is not None:
        return own
    if school is not None:
        return school
    return int(settings.CARTABLE_QUOTA_BYTES[Profile(profile)])


def missing(*, used: int, reserved: int, limit: int, wanted: int) -> int:
    """How many bytes lack for `wanted` more to fit; 0 when it fits."""
    return max(0, used + reserved + wanted - limit)


def renamed(name: str, former: str, *, file: bool) -> str:
    """The name kept when someone types `name`; a file keeps its ending where none is typed."""
    new = clean_name(name)
    ending = parted(former)[1]
    if not file or not ending or parted(new)[1]:
        return new
    return shortened(new + ending)
