"""Rows of the table of routes: accounts in double, their merges."""

from typing import Any

from accounts.models import Merge, User
from accounts.services.merge import merge
from tests.directory.worlds import pupil_in
from tests.house.rows import ADMINISTRATORS, row, signed_in
from tests.house.world import SCHOOL_ADMINS, HouseWorld


def _twins(world: HouseWorld) -> tuple[User, User]:
    """Two accounts of a pupil of the school's class."""
    named = {"first_name": "Maëlle", "last_name": "Le Goff"}
    found = list(User.everyone.filter(**named).order_by("pk"))
    return tuple(found or [pupil_in(world.school_class, **named) for _ in range(2)])


def _pair(world: HouseWorld) -> dict[str, Any]:
    one, other = _twins(world)
    return {"one": one.uuid, "other": other.uuid}


def _named(world: HouseWorld) -> dict[str, Any]:
    one, other = _twins(world)
    return {"kept": one.uuid, "gone": other.uuid}


def _merge(world: HouseWorld) -> dict[str, Any]:
    found = Merge.objects.first()
    if found is None:
        one, other = _twins(world)
        found = merge(by=None, kept=one, gone=other)
    return {"uuid": found.uuid}


ROWS = {
    "console:duplicates": row(*ADMINISTRATORS),
    "console:duplicate": row(*SCHOOL_ADMINS, address=_pair),
    "console:merges": row(*ADMINISTRATORS),
    "console:merge_undo": row(*SCHOOL_ADMINS, address=_merge),
    # Nobody is listed for whoever administers nothing.
    "duplicates-list": signed_in(anonymous=403),
    "duplicates-dismiss": row(*SCHOOL_ADMINS, good=204, anonymous=403, method="post", data=_named),
    "merges-list": signed_in(anonymous=403),
    "merges-undo": row(*SCHOOL_ADMINS, anonymous=403, method="post", address=_merge),
}
