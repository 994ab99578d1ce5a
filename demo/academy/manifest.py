"""What must come out of a file set: counts, who is a case of its own, and what changed since last year.

`counts` are those of the set itself. `differences` compare it with the complete set of the year
before; staff's are the same whether read from late August's set or from September's. Keys are listed
in sets of up to `KEYS_LISTED_UP_TO` records, else counted only.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from demo.academy.differences import Differences, PeopleDifferences, differences
from demo.academy.model import School, ties
from demo.academy.portrait import portrait
from demo.academy.records import KINDS, STAFF_KINDS
from demo.academy.snapshot import Snapshot
from demo.academy.world import World

KEYS_LISTED_UP_TO = 5_000


def manifest(
    world: World,
    *,
    day: date,
    files: dict[str, list[str]],
    staff_only: bool = False,
    before: Snapshot | None = None,
) -> dict[str, Any]:
    """The manifest as JSON values, in a fixed order."""
    counts = _counts(world, staff_only=staff_only)
    small = counts["records"] <= KEYS_LISTED_UP_TO
    told: dict[str, Any] = {
        "academy": {"name": world.recipe.academy, "code": world.recipe.academy_code},
        "date": day.isoformat(),
        "year": world.year,
        "first_year": world.recipe.year,
        "seed": world.recipe.seed,
        "demo": world.recipe.showcase,
        "kinds": list(STAFF_KINDS if staff_only else KINDS),
        "files": files,
        "counts": counts,
        "districts": [asdict(district) for district in world.districts],
    }
    if small:
        told["schools"] = [_school(world, school, staff_only=staff_only) for school in world.schools]
    if not staff_only:
        seen = asdict(portrait(world))
        told["portrait"] = seen if small else {name: len(keys) for name, keys in seen.items()}
    if before is not None:
        found = differences(before, Snapshot.of(world))
        told["differences"] = _told(found, staff_only=staff_only, keys=False)
        if small:
            told["keys"] = _told(found, staff_only=staff_only, keys=True)
    return told


def _counts(world: World, *, staff_only: bool) -> dict[str, int]:
    staff = {
        "schools": len(world.schools),
        "staff": len(world.staff),
        "staff_attachments": sum(len(staff.posts) for staff in world.staff.values()),
    }
    if staff_only:
        return {**staff, "records": staff["schools"] + staff["staff"]}
    relatives = sum(len(family.relatives) for family in world.families.values())
    people = len(world.pupils) + relatives + len(world.staff)
    return {
        **staff,
        "classes": sum(len(school.classes) for school in world.schools),
        "pupils": len(world.pupils),
        "relatives": relatives,
        "ties": sum(len(family.pupils) * len(family.relatives) for family in world.families.values()),
        "families": len(world.families),
        "pupils_without_ine": sum(not pupil.ine for pupil in world.pupils.values()),
        "people": people,
        "records": people + len(world.schools),
    }


def _school(world: World, school: School, *, staff_only: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "key": school.key,
        "uai": school.uai,
        "kind": school.kind.name,
        "name": f"{school.type_label} {school.name}",
        "district": school.district.key,
        "head": world.staff[school.head].key,
        "staff": sorted(staff.key for staff in world.staff.values() if school.index in staff.posts),
    }
    if staff_only:
        return told
    pupils = [pupil for school_class in school.classes for pupil in school_class.pupils]
    told["pupils"] = len(pupils)
    told["relatives"] = len({tie.relative for p in pupils for tie in ties(world.families[p.family])})
    told["classes"] = [
        {
            "key": school_class.key,
            "label": school_class.label,
            "levels": [level.name for level in school_class.levels],
            "pupils": len(school_class.pupils),
            "teachers": [world.staff[number].key for number in school_class.teachers],
        }
        for school_class in school.classes
    ]
    return told


def _told(found: Differences, *, staff_only: bool, keys: bool) -> dict[str, Any]:
    def said(items: list[Any]) -> Any:
        return items if keys else len(items)

    told: dict[str, Any] = {
        "from_year": found.from_year,
        "schools": {"created": said(found.schools_created), "changed": said(found.schools_changed)},
        "staff": _people(found.staff, ("functions_changed", "became_head"), keys=keys),
    }
    if staff_only:
        return told
    told["classes"] = {"created": said(found.classes_created), "ended": said(found.classes_ended)}
    told["pupils"] = _people(found.pupils, ("promoted", "repeated", "got_ine", "left_after_cm2"), keys=keys)
    told["relatives"] = _people(found.relatives, ("children_changed",), keys=keys)
    told["ties"] = {
        name: said(getattr(found.ties, name)) for name in ("created", "ended", "gone", "changed")
    } | ({} if keys else {"stayed": found.ties.stayed})
    return told


def _people(found: PeopleDifferences, more: tuple[str, ...], *, keys: bool) -> dict[str, Any]:
    names = ("created", "absent", "moved", "details_changed", *more)
    told = {name: getattr(found, name) if keys else len(getattr(found, name)) for name in names}
    return told if keys else {**told, "stayed": found.stayed}
