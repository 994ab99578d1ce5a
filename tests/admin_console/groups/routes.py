"""Rows of `tests/house/routes.py` for groups, rules of communication, whom a person may write to."""

from typing import Any

from directory.models import Group
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.house.rows import ADMINISTRATORS, Row, row, signed_in
from tests.house.world import SCHOOL_ADMINS, HouseWorld


def _choir(world: HouseWorld) -> dict[str, Any]:
    """A manual group of the school, that a classmate is in."""
    found = Group.objects.filter(school=world.school, name="Chorale").first()
    if found is None:
        found = GroupFactory(school=world.school, name="Chorale")
        MembershipFactory(group=found, person=world.classmate)
    return {"uuid": found.uuid}


def _school(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school.uuid}


def _classmate(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.classmate.uuid}


def _admins(good: int = 200, **rest: Any) -> Row:
    return row(*SCHOOL_ADMINS, good=good, **rest)


PAGES = {
    "console:groups": row(*ADMINISTRATORS),
    "console:group_new": row(*ADMINISTRATORS),
    "console:groups_clean": row(*ADMINISTRATORS),
    "console:group": _admins(address=_choir),
    "console:group_members": _admins(address=_choir),
    "console:group_rename": _admins(address=_choir),
    "console:group_delete": _admins(302, address=_choir, method="post"),
    "console:group_add": _admins(
        302, address=_choir, method="post", data=lambda world: {"personne": str(world.classmate.uuid)}
    ),
    "console:group_remove": _admins(
        302, address=_choir, method="post", data=lambda world: {"personne": str(world.classmate.uuid)}
    ),
    "console:group_open": _admins(302, address=_choir, method="post", data=lambda world: {"ouvert": "1"}),
    "console:group_keep": _admins(302, address=_choir, method="post"),
    "console:rules": _admins(address=_school),
    "console:rules_reset": _admins(302, address=_school, method="post"),
    "console:person_reach": _admins(address=_classmate),
}
API = {
    "groups-opening": _admins(anonymous=403, address=_choir, method="put"),
    "groups-keep": _admins(anonymous=403, address=_choir, method="post"),
    "administered-groups-list": signed_in(anonymous=403),
    "administered-groups-detail": _admins(anonymous=403, address=_choir),
    "administered-groups-ending": _admins(anonymous=403, address=_choir),
    "administered-groups-cleaning": _admins(
        anonymous=403,
        method="post",
        data=lambda world: {"school": str(world.school.uuid), "keys": ["delete:nobody"]},
    ),
    "school-communication": _admins(anonymous=403, address=_school),
    "person-reach": _admins(anonymous=403, address=_classmate),
}
