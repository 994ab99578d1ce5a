"""Blocks of a school: which stand, whom they cover, what was done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.enums import Profile
from core import clock, sql
from directory.models import Block
from schools.models import School


@dataclass(frozen=True, slots=True)
class ProfileState:
    """A profile of a school. `people` are all who are of it; `administrators`, whom no block of the profile
    covers; `elsewhere`, the others who have another school that lets them in; `alone`, those blocked one
    by one. `block` is the one that stands or is foreseen."""

    profile: Profile
    people: int
    administrators: int
    elsewhere: int
    alone: int
    block: Block | None

    @property
    def covered(self) -> int:
        return self.people - self.administrators

    @property
    def foreseen(self) -> bool:
        return self.block is not None and self.block.starts_at > clock.now()

    @property
    def blocked(self) -> bool:
        return self.block is not None and not self.foreseen


def standing(blocks: QuerySet[Block]) -> QuerySet[Block]:
    """Those in force now, or to come."""
    return blocks.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now()), lifted_at__isnull=True)


def blocks_of(school: School) -> QuerySet[Block]:
    """Every block of a profile of this school, the newest first."""
    return Block.objects.filter(school=school).select_related("school").order_by("-starts_at", "-pk")


def profiles_of(school: School) -> list[ProfileState]:
    """A line per profile, in the order in which pages name them. Two queries."""
    found = {row["profile"]: row for row in _counts(school)}
    blocks: dict[str, Block] = {}
    for block in standing(blocks_of(school)):
        blocks[str(block.profile)] = block  # the earliest last: it is the one in force
    order = (Profile.PUPIL, Profile.RELATIVE, Profile.TEACHER, Profile.STAFF, Profile.GUEST)
    nobody = {"people": 0, "administrators": 0, "elsewhere": 0, "alone": 0}
    return [
        ProfileState(
            profile=profile,
            block=blocks.get(profile),
            **{key: found.get(profile, nobody)[key] for key in nobody},
        )
        for profile in order
    ]


def covered_by(school: School, profile: Profile) -> int:
    """How many people a block of this profile keeps out of the school now."""
    rows = [row for row in _counts(school) if row["profile"] == profile]
    return sum(row["people"] - row["administrators"] for row in rows)


def _counts(school: School) -> list[dict[str, Any]]:
    return sql.rows("directory", "profiles_of_school", school=school.pk, now=clock.now())
