"""Sharing, and no longer: the acts of whoever manages a resource.

Sharing again never lowers what someone has; changing a role does. A person's grant keeps what it comes
of: by name, and each favourite it was shared through.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts import assurance
from accounts.models import User
from core import audit, clock
from core.locks import Lock, take_for
from directory import querysets as directory
from directory.enums import GroupKind
from directory.models import Favourite, Group
from directory.services.favourites import resolve
from schools.models import School
from sharing import lifetime, rules
from sharing.enums import Reason, Role
from sharing.errors import InTrash, NobodyChosen, NotAManager, NothingShared, NotReachable, OwnerKeepsAll
from sharing.models import Grant, Resource
from sharing.querysets import managed_by, role_on
from sharing.rules import Act
from sharing.services.withdraw import withdraw

type Origin = dict[str, Any]

BY_NAME = "name"
BY_FAVOURITE = "favourite"


@dataclass(frozen=True, slots=True)
class Shared:
    """Grantees of one act: how many persons and groups it names, and how many people they are in all."""

    persons: int
    groups: int
    people_reached: int


@dataclass(frozen=True, slots=True)
class _Choice:
    """Whom an act names: origins by person, and groups."""

    persons: dict[int, list[Origin]]
    groups: dict[int, Group]


def share(
    *,
    by: User,
    resource: Resource,
    persons: Iterable[User] = (),
    groups: Iterable[Group] = (),
    favourites: Iterable[Favourite] = (),
    role: Role,
) -> Shared:
    """Shares a resource with these, as `role` at least.

    Raises NotAManager, InTrash, NobodyChosen, OwnerKeepsAll, NotReachable (`names`), and what resolving a
    favourite raises.
    """
    with audit.acting(by=by):
        _hold([resource])
        _require(by, resource)
        choice = _chosen(by, resource, list(persons), list(groups), list(favourites), role)
        if not choice.persons and not choice.groups:
            raise NobodyChosen()
        _write_persons(by, [resource], choice.persons)
        _write_groups(by, [resource], list(choice.groups.values()), role)
        _record("share.given", resource, role=role, persons=choice.persons, groups=choice.groups.values())
        reached = set(directory.members_of(choice.groups.values()).values_list("pk", flat=True))
    reached = (reached | set(choice.persons)) - {resource.owner_id}
    return Shared(len(choice.persons), len(choice.groups), len(reached))


def give_by_name(*, resource: Resource, person: User, role: Role, by: User) -> None:
    """A named grant that no rule of communication stops: what an owner keeps of a thing they ceded."""
    _write_persons(by, [resource], {person.pk: [{"by": BY_NAME, "role": int(role)}]})


def change_role(
    *,
    by: User,
    resource: Resource,
    role: Role,
    person: User | None = None,
    group: Group | None = None,
    favourite: UUID | None = None,
) -> int:
    """Gives another role to a person (whatever their grant comes of), a group (of every year it was shared
    in), or those of a favourite; answers how many grants. Raises NotAManager, InTrash, NothingShared."""
    with audit.acting(by=by):
        _hold([resource])
        _require(by, resource)
        held = _grants_of(resource, person, group, favourite)
        if not held:
            raise NothingShared()
        for grant in held:
            for origin in grant.origins:
                if favourite is None or origin.get("uuid") == str(favourite):
                    origin["role"] = int(role)
            grant.role = max((o["role"] for o in grant.origins), default=int(role))
        Grant.objects.bulk_update(held, ["role", "origins"])
        _record_of("share.role_changed", resource, person, group, favourite, role=int(role))
    return len(held)


def remove(
    *,
    by: User,
    resource: Resource,
    person: User | None = None,
    group: Group | None = None,
    favourite: UUID | None = None,
) -> int:
    """Stops sharing with a person, a group (of every year), or through a favourite: then persons who also
    have it by name, or through another, keep that. Answers how many grants ended.

    Raises NotAManager, NothingShared, OwnerKeepsAll.
    """
    if person is not None and person.pk == resource.owner_id:
        raise OwnerKeepsAll()
    with audit.acting(by=by):
        _hold([resource])
        _require(by, resource, in_trash=True)
        held = _grants_of(resource, person, group, favourite)
        if not held:
            raise NothingShared()
        if favourite is not None:
            held = _without_origin(held, favourite)
        withdraw(grants=Grant.objects.filter(pk__in=[g.pk for g in held]), reason=Reason.REMOVED, by=by)
        _record_of("share.removed", resource, person, group, favourite)
    return len(held)


def add_by_name(*, by: User, resources: Sequence[Resource], persons: Sequence[User], role: Role) -> int:
    """Shares several resources with persons by name; whoever owns one is left out of it. Answers how many
    resources. Raises NotAManager where one is not managed, NotReachable, NobodyChosen."""
    if not persons:
        raise NobodyChosen()
    with audit.acting(by=by):
        _hold(resources)
        _require_all(by, resources)
        _require_reach(by, persons, ())
        origin = {"by": BY_NAME, "role": int(role)}
        _write_persons(by, resources, {person.pk: [origin] for person in persons})
        for each in resources:
            _record("share.given", each, role=role, persons=[p.pk for p in persons], groups=())
    return len(resources)


def change_roles(*, by: User, resources: Sequence[Resource], role: Role) -> int:
    """Gives all grants of these resources one role; answers how many. Raises NotAManager, InTrash."""
    with audit.acting(by=by):
        _hold(resources)
        _require_all(by, resources)
        held = list(Grant.objects.filter(resource__in=resources).select_for_update(no_key=True))
        for grant in held:
            grant.role = int(role)
            for origin in grant.origins:
                origin["role"] = int(role)
        Grant.objects.bulk_update(held, ["role", "origins"], batch_size=1_000)
        for each in resources:
            audit.record("share.role_changed", subject=each.uuid, after={"all": True, "role": int(role)})
    return len(held)


def remove_all(
    *, by: User, resources: Sequence[Resource], persons: Sequence[User] = (), groups: Sequence[Group] = ()
) -> int:
    """Stops sharing these resources with everybody, or with these persons and groups alone, in one
    withdrawal; answers how many grants ended. Raises NotAManager."""
    with audit.acting(by=by):
        _hold(resources)
        _require_all(by, resources, in_trash=True)
        doomed = Grant.objects.filter(resource__in=resources)
        if persons or groups:
            named = doomed.filter(person__in=persons) | doomed.filter(group__in=groups)
            doomed = doomed.filter(pk__in=named.values("pk"))
        ended = withdraw(grants=doomed, reason=Reason.REMOVED, by=by)
        for each in resources:
            audit.record("share.removed", subject=each.uuid, before={"all": not (persons or groups)})
    return ended.grants.count() if ended else 0


def _hold(resources: Sequence[Resource]) -> None:
    """Acts on one resource's grants wait for one another."""
    keys = [each.pk for each in resources]
    list(Resource.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))


def _require(by: User, resource: Resource, *, in_trash: bool = False) -> None:
    assurance.require_full()
    if not rules.may(role_on(by, resource), Act.SHARE):
        raise NotAManager()
    if resource.trashed_at is not None and not in_trash:
        raise InTrash()


def _require_all(by: User, resources: Sequence[Resource], *, in_trash: bool = False) -> None:
    assurance.require_full()
    keys = {each.pk for each in resources}
    if managed_by(by).filter(pk__in=keys).count() != len(keys):
        raise NotAManager()
    if not in_trash and any(each.trashed_at is not None for each in resources):
        raise InTrash()


def _require_reach(by: User, persons: Sequence[User], groups: Sequence[Group]) -> None:
    """Rules of communication are the directory's. Raises NotReachable with the names."""
    names = []
    if persons:
        wanted = {person.pk: person for person in persons}
        known = set(directory.people_visible_to(by).filter(pk__in=wanted).values_list("pk", flat=True))
        names += [person.full_name for pk, person in wanted.items() if pk not in known]
    if groups:
        asked = {group.pk: group for group in groups}
        known = set(directory.groups_addressable_by(by).filter(pk__in=asked).values_list("pk", flat=True))
        names += [group.label for pk, group in asked.items() if pk not in known]
    if names:
        raise NotReachable(names=names)


def _chosen(
    by: User,
    resource: Resource,
    persons: list[User],
    groups: list[Group],
    favourites: list[Favourite],
    role: Role,
) -> _Choice:
    if any(person.pk == resource.owner_id for person in persons):
        raise OwnerKeepsAll()
    _require_reach(by, persons, groups)
    origins: dict[int, list[Origin]] = {person.pk: [{"by": BY_NAME, "role": int(role)}] for person in persons}
    named = {group.pk: group for group in groups}
    for favourite in favourites:
        found = resolve(by=by, favourite=favourite)
        origin = {
            "by": BY_FAVOURITE, "uuid": str(favourite.uuid), "name": favourite.name, "role": int(role)
        }  # fmt: skip
        for person in found.persons:
            if person.pk != resource.owner_id:
                origins.setdefault(person.pk, []).append(origin)
        named |= {group.pk: group for group in found.groups}
    return _Choice(origins, named)


def _write_persons(by: User, resources: Sequence[Resource], chosen: dict[int, list[Origin]]) -> None:
    """Writes or raises persons' grants. Two queries for those there, one for the new."""
    if not chosen:
        return
    there = {
        (grant.resource_id, grant.person_id): grant
        for grant in Grant.objects.filter(resource__in=resources, person__in=chosen)
    }
    new, raised, now = [], [], clock.now()
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
            grant.origins = _joined(grant.origins, origins)
            grant.role = max(o["role"] for o in grant.origins)
    Grant.objects.bulk_create(new, batch_size=1_000)
    Grant.objects.bulk_update(raised, ["role", "origins"], batch_size=1_000)


def _write_groups(by: User, resources: Sequence[Resource], groups: list[Group], role: Role) -> None:
    """Writes or raises groups' grants, each of the year that it bears today."""
    chosen = _years_of(groups)
    if not chosen:
        return
    rows = Grant.objects.filter(resource__in=resources, group__in=[pk for pk, _ in chosen])
    there = {(g.resource_id, g.group_id, g.year): g for g in rows}
    new, raised, now = [], [], clock.now()
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


def _joined(there: list[Origin], given: list[Origin]) -> list[Origin]:
    """Origins with those given added, each once, with the higher role."""
    held = {(o["by"], o.get("uuid")): o for o in there}
    for origin in given:
        key = (origin["by"], origin.get("uuid"))
        former = held.get(key, origin)
        held[key] = origin | {"role": max(former["role"], origin["role"])}
    return list(held.values())


def _grants_of(
    resource: Resource, person: User | None, group: Group | None, favourite: UUID | None
) -> list[Grant]:
    rows = Grant.objects.filter(resource=resource).select_for_update(no_key=True).order_by("pk")
    if person is not None:
        return list(rows.filter(person=person))
    if group is not None:
        return list(rows.filter(group=group))
    origin = [{"by": BY_FAVOURITE, "uuid": str(favourite)}]
    return list(rows.filter(person__isnull=False, origins__contains=origin))


def _without_origin(held: list[Grant], favourite: UUID) -> list[Grant]:
    """Takes a favourite's origin from grants; answers those that nothing holds any more."""
    ended, kept = [], []
    for grant in held:
        rest = [o for o in grant.origins if o.get("uuid") != str(favourite)]
        if rest:
            grant.origins, grant.role = rest, max(o["role"] for o in rest)
            kept.append(grant)
        else:
            ended.append(grant)
    Grant.objects.bulk_update(kept, ["role", "origins"], batch_size=1_000)
    return ended


def _record(
    verb: str, resource: Resource, *, role: Role, persons: Iterable[int], groups: Iterable[Group]
) -> None:
    uuids = User.objects.filter(pk__in=list(persons)).order_by("pk").values_list("uuid", flat=True)
    audit.record(
        verb,
        subject=resource.uuid,
        after={
            "role": int(role),
            "persons": [str(uuid) for uuid in uuids],
            "groups": [str(group.uuid) for group in groups],
        },
    )


def _record_of(
    verb: str,
    resource: Resource,
    person: User | None,
    group: Group | None,
    favourite: UUID | None,
    **more: Any,
) -> None:
    named = {
        "person": str(person.uuid) if person else None,
        "group": str(group.uuid) if group else None,
        "favourite": str(favourite) if favourite else None,
    }
    audit.record(verb, subject=resource.uuid, after={k: v for k, v in named.items() if v} | more)
