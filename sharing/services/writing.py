"""Grants are written, or raised: a fixed number of queries, whatever the number of resources and grantees."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from core import clock
from core.locks import Lock, take_for
from directory.enums import GroupKind
from directory.models import Group
from schools.models import School
from sharing import lifetime
from sharing.enums import Role
from sharing.errors import NotReachable
from sharing.models import Grant, Resource

type Origin = dict[str, Any]


def write_persons(by: User, resources: Sequence[Resource], chosen: dict[int, list[Origin]]) -> list[Grant]:
    """Writes or raises persons' grants; answers the new ones. Two queries for those there, one for the new."""
    if not chosen:
        return []
    there = {
        (grant.resource_id, grant.person_id): grant
        for grant in Grant.objects.filter(resource__in=resources, person__in=chosen)
    }
    new: list[Grant] = []
    raised, now = [], clock.now()
    for resource in resources:
        for person, origins in chosen.items():
            if person == resource.owner_id:
                continue
            grant = there.get((resource.pk, person))
            if grant is None:
                grant = Grant(resource=resource, person_id=person, given_by=by.uuid, given_at=now)
                new.append(grant)
            else:
                raised.append(grant)
            grant.origins = joined(grant.origins, origins)
            grant.role = max(o["role"] for o in grant.origins)
    Grant.objects.bulk_create(new, batch_size=1_000)
    Grant.objects.bulk_update(raised, ["role", "origins"], batch_size=1_000)
    return new


def write_groups(by: User, resources: Sequence[Resource], groups: list[Group], role: Role) -> list[Grant]:
    """Writes or raises groups' grants, each of the year that it bears today; answers the new ones."""
    chosen = _years_of(groups)
    if not chosen:
        return []
    rows = Grant.objects.filter(resource__in=resources, group__in=[pk for pk, _ in chosen])
    there = {(g.resource_id, g.group_id, g.year): g for g in rows}
    new: list[Grant] = []
    raised, now = [], clock.now()
    for resource in resources:
        for group, year in sorted(chosen, key=lambda each: each[0]):
            grant = there.get((resource.pk, group, year))
            if grant is None:
                grant = Grant(
                    resource=resource, group_id=group, year=year, role=role, given_by=by.uuid, given_at=now
                )
                new.append(grant)
            elif grant.role < role:
                grant.role = role
                raised.append(grant)
    Grant.objects.bulk_create(new, batch_size=1_000)
    Grant.objects.bulk_update(raised, ["role"], batch_size=1_000)
    return new


def _years_of(groups: list[Group]) -> set[tuple[int, int | None]]:
    """Groups with the year that a grant to each bears. Their schools' years are held: a school that turns
    meanwhile ends what was given before, or is seen by what is given after. Raises Busy, NotReachable for
    the group of a class that is over."""
    scolarity = [group for group in groups if group.kind != GroupKind.MANUAL]
    take_for(Lock.SCHOOL_YEAR, {group.school_id for group in scolarity})
    schools = School.objects.in_bulk({group.school_id for group in scolarity})
    chosen: set[tuple[int, int | None]] = set()
    for group in groups:
        group.school = schools.get(group.school_id, group.school)
        year, now = lifetime.year_for(group), group.school.class_year
        if year is not None and now is not None and year < now:
            raise NotReachable(names=[group.label])
        chosen.add((group.pk, year))
    return chosen


def joined(there: list[Origin], given: list[Origin]) -> list[Origin]:
    """Origins with those given added, each once, with the higher role."""
    held = {(o["by"], o.get("uuid")): o for o in there}
    for origin in given:
        key = (origin["by"], origin.get("uuid"))
        former = held.get(key, origin)
        held[key] = origin | {"role": max(former["role"], origin["role"])}
    return list(held.values())
