"""Rows of « Préparer la rentrée », pages and API."""

from typing import Any

from tests.house.rows import ADMINISTRATORS, row
from tests.house.world import (
    ACADEMY_ADMIN,
    DIRECTOR,
    DISTRICT_ADMIN,
    OTHER_DIRECTOR,
    PLATFORM_ADMIN,
    SCHOOL_ADMINS,
    HouseWorld,
)

ONE_SCHOOL = (DIRECTOR, OTHER_DIRECTOR, DISTRICT_ADMIN)


def _school(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school.uuid}


def _by_hand(world: HouseWorld) -> dict[str, Any]:
    return {"key": "by-hand"}


PAGES = {
    "console:season": row(*ADMINISTRATORS),
    "console:season_export": row(*ADMINISTRATORS, address=lambda world: {"form": "csv"}),
    "console:first_day": row(ACADEMY_ADMIN, PLATFORM_ADMIN),
    # Of several schools, nobody marks anything.
    "console:season_seen": row(*ONE_SCHOOL, good=302, method="post", address=_by_hand),
    "console:season_reopened": row(*ONE_SCHOOL, good=302, method="post", address=_by_hand),
}
API = {
    "season-list": row(*ADMINISTRATORS, anonymous=403),
    "season-districts": row(*ADMINISTRATORS, anonymous=403),
    "season-export": row(*ADMINISTRATORS, anonymous=403, address=lambda world: {"form": "csv"}),
    "season-academies": row(ACADEMY_ADMIN, PLATFORM_ADMIN, anonymous=403),
    "season-academy": row(
        ACADEMY_ADMIN,
        PLATFORM_ADMIN,
        anonymous=403,
        address=lambda world: {"code": world.school.academy.code},
    ),
    "season-detail": row(*SCHOOL_ADMINS, anonymous=403, address=_school),
    # Everybody of the house was made by hand.
    "season-item": row(
        *SCHOOL_ADMINS,
        good=204,
        anonymous=403,
        method="post",
        address=lambda world: _school(world) | _by_hand(world),
    ),
}
