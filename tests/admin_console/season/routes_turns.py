"""Rows of the turn of the year, pages and API: for whoever administers the school, or the academy."""

from typing import Any
from uuid import uuid4

from core import clock
from core.models import Job
from rollover import tasks
from rollover.models import Turnover
from tests.house.rows import ADMINISTRATORS, row
from tests.house.world import ACADEMY_ADMIN, DIRECTOR, PLATFORM_ADMIN, SCHOOL_ADMINS, HouseWorld


def turnover(world: HouseWorld) -> Turnover:
    found, _ = Turnover.objects.get_or_create(
        school=world.school,
        defaults={"from_year": 2025, "to_year": 2026, "at": clock.now(), "on": clock.today(), "run": uuid4()},
    )
    return found


def _turnover(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": turnover(world).uuid}


def _school(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school.uuid}


def _csv(world: HouseWorld) -> dict[str, Any]:
    return {"form": "csv"}


def _academy(world: HouseWorld) -> dict[str, Any]:
    return {"code": world.school.academy.code}


def _job(world: HouseWorld) -> dict[str, Any]:
    """What the director launched, and nobody else follows."""
    director = world.people[DIRECTOR]
    found = Job.objects.filter(name=tasks.rehearse.name, actor=director.uuid).first()
    return {"uuid": (found or tasks.rehearse.start(by=director, uai=world.school.uai)).uuid}


def _asked(world: HouseWorld) -> dict[str, Any]:
    return {"school": str(world.school.uuid)}


OF_ACADEMY = (ACADEMY_ADMIN, PLATFORM_ADMIN)

PAGES = {
    "console:turns_export": row(*ADMINISTRATORS, address=_csv),
    "console:turns_launch": row(*OF_ACADEMY, good=302, method="post", address=_academy),
    "console:turns_rehearse": row(*OF_ACADEMY, good=302, method="post", address=_academy),
    "console:turn": row(*SCHOOL_ADMINS, address=_school),
    "console:turn_rehearse": row(*SCHOOL_ADMINS, good=302, method="post", address=_school),
    "console:turn_export": row(*SCHOOL_ADMINS, address=lambda world: _school(world) | _csv(world)),
    "console:run_back": row(*SCHOOL_ADMINS, address=lambda world: {"run": turnover(world).run}),
    "console:turn_job": row(DIRECTOR, address=_job),
    "console:turnover": row(*SCHOOL_ADMINS, address=_turnover),
    "console:turnover_export": row(*SCHOOL_ADMINS, address=lambda world: _turnover(world) | _csv(world)),
    "console:turn_back": row(*SCHOOL_ADMINS, address=_turnover),
}
API = {
    "turning-schools-list": row(*ADMINISTRATORS, anonymous=403),
    "turning-schools-detail": row(*SCHOOL_ADMINS, anonymous=403, address=_school),
    "turning-schools-export-all": row(*ADMINISTRATORS, anonymous=403, address=_csv),
    "turning-schools-export": row(
        *SCHOOL_ADMINS, anonymous=403, address=lambda world: _school(world) | _csv(world)
    ),
    "turning-schools-rehearsals": row(*SCHOOL_ADMINS, anonymous=403, address=_school),
    "turning-schools-rehearse": row(*SCHOOL_ADMINS, good=202, anonymous=403, method="post", data=_asked),
    "turnovers-detail": row(*SCHOOL_ADMINS, anonymous=403, address=_turnover),
    "turnovers-export": row(
        *SCHOOL_ADMINS, anonymous=403, address=lambda world: _turnover(world) | _csv(world)
    ),
    "turnovers-foresee": row(*SCHOOL_ADMINS, anonymous=403, address=_turnover),
}
