"""Sharing, and no longer: the acts of whoever manages a resource.

Sharing again never lowers what someone has; changing a role does. A person's grant keeps what it comes
of: by name, and each favourite it was shared through.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts import assurance
from accounts.enums import Profile
from accounts.models import User
from core import audit
from core.errors import DomainError
from directory.models import Favourite, Group
from sharing import rules, signals
from sharing.enums import Reason, Role
from sharing.errors import (
    InTrash,
    NobodyChosen,
    NotAManager,
    NothingShared,
    NotSharedTogether,
    OwnerKeepsAll,
    told,
)
from sharing.models import Grant, Resource, Withdrawal
from sharing.querysets import managed_by, role_on
from sharing.rules import Act
from sharing.services.recipients import BY_FAVOURITE, BY_NAME, Choice, choose, require_reach
from sharing.services.withdraw import withdraw
from sharing.services.writing import write_groups, write_persons
from ui.french import unbroken


@dataclass(frozen=True, slots=True)
class Shared:
    """Grantees of one act: how many persons and groups it names, and how many people they are in all."""

    persons: int
    groups: int
    people_reached: int


@dataclass(frozen=True, slots=True)
class Removed:
    """How many grants ended, and the withdrawal that can put them back."""

    count: int
    withdrawal: Withdrawal | None


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
    chosen = list(persons)
    if any(person.pk == resource.owner_id for person in chosen):
        raise OwnerKeepsAll()
    with audit.acting(by=by):
        _hold([resource])
        _require(by, resource)
        choice = choose(
            by=by,
            persons=chosen,
            groups=list(groups),
            favourites=favourites,
            role=role,
            owner=resource.owner_id,
        )
        return _give(by, [resource], choice, role)


def share_all(
    *,
    by: User,
    resources: Sequence[Resource],
    persons: Iterable[User] = (),
    groups: Iterable[Group] = (),
    favourites: Iterable[Favourite] = (),
    role: Role,
) -> Shared:
    """Shares several resources with these, as `role` at least: all of them, or none. Whoever owns one is
    left out of it: they manage it already. The number of queries follows neither.

    Raises NotSharedTogether (`refused`: each thing that cannot be shared, and why), NobodyChosen,
    NotReachable (`names`), and what resolving a favourite raises.
    """
    assurance.require_full()
    with audit.acting(by=by):
        held = _hold(resources)
        choice = choose(by=by, persons=list(persons), groups=list(groups), favourites=favourites, role=role)
        refused = refusals(by=by, resources=resources, choice=choice)
        if refused:
            raise NotSharedTogether(refused=refused)
        return _give(by, held, choice, role)


def refusals(
    *, by: User, resources: Sequence[Resource], choice: Choice | None = None
) -> list[dict[str, Any]]:
    """Which of these `by` cannot share (with this choice), and why: its UUID, its title, the reason. What
    they do not see at all is for the caller to leave out. Three queries."""
    managed = set(managed_by(by).filter(pk__in=[each.pk for each in resources]).values_list("pk", flat=True))
    trashed = set(
        Resource.objects.filter(pk__in=managed, trashed_at__isnull=False).values_list("pk", flat=True)
    )
    found: list[dict[str, Any]] = []
    for each in resources:
        error: DomainError | None = None
        if each.pk not in managed:
            error = NotAManager()
        elif each.pk in trashed:
            error = InTrash()
        elif choice is not None and not choice.groups and set(choice.persons) == {each.owner_id}:
            error = OwnerKeepsAll()
        if error is not None:
            found.append({"resource": str(each.uuid), "title": each.title, "reason": _reason(by, error)})
    return found


def _reason(by: User, error: DomainError) -> str:
    """One sentence; to a child, in a child's words."""
    return told(error, pupil=True) if by.profile == Profile.PUPIL else unbroken(error.sentence)


def give_by_name(*, resource: Resource, person: User, role: Role, by: User) -> None:
    """A named grant that no rule of communication stops: what an owner keeps of a thing they ceded."""
    write_persons(by, [resource], {person.pk: [{"by": BY_NAME, "role": int(role)}]})


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
) -> Removed:
    """Stops sharing with a person, a group (of every year), or through a favourite: then persons who also
    have it by name, or through another, keep that. `services.undo` puts it back.

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
        ended = withdraw(
            grants=Grant.objects.filter(pk__in=[g.pk for g in held]), reason=Reason.REMOVED, by=by
        )
        kept = 0 if favourite is None else _keep_other_origins(held, favourite)
        _record_of("share.removed", resource, person, group, favourite)
    return Removed(len(held) - kept, ended)


def add_by_name(*, by: User, resources: Sequence[Resource], persons: Sequence[User], role: Role) -> int:
    """Shares several resources with persons by name; whoever owns one is left out of it. Answers how many
    resources. Raises NotAManager where one is not managed, NotReachable, NobodyChosen."""
    if not persons:
        raise NobodyChosen()
    with audit.acting(by=by):
        _hold(resources)
        _require_all(by, resources)
        require_reach(by, persons, ())
        origin = {"by": BY_NAME, "role": int(role)}
        new = write_persons(by, resources, {person.pk: [origin] for person in persons})
        signals.shared.send(Resource, by=by, grants=new)
        _record_given(resources, role=role, persons=[person.pk for person in persons], groups=())
    return len(resources)


def change_roles(
    *,
    by: User,
    resources: Sequence[Resource],
    role: Role,
    persons: Sequence[User] = (),
    groups: Sequence[Group] = (),
) -> int:
    """Gives all grants of these resources, or those of these persons and groups alone, one role; answers how
    many. Raises NotAManager, InTrash."""
    with audit.acting(by=by):
        _hold(resources)
        _require_all(by, resources)
        wanted = _grants_among(resources, persons, groups)
        held = list(wanted.select_for_update(no_key=True).order_by("pk"))
        for grant in held:
            grant.role = int(role)
            for origin in grant.origins:
                origin["role"] = int(role)
        Grant.objects.bulk_update(held, ["role", "origins"], batch_size=1_000)
        after = _named(persons, groups) | {"role": int(role)}
        audit.record_all(
            audit.Entry(verb="share.role_changed", subject=each.uuid, after=after) for each in resources
        )
    return len(held)


def remove_all(
    *, by: User, resources: Sequence[Resource], persons: Sequence[User] = (), groups: Sequence[Group] = ()
) -> Removed:
    """Stops sharing these resources with everybody, or with these persons and groups alone, in one
    withdrawal. Raises NotAManager."""
    with audit.acting(by=by):
        _hold(resources)
        _require_all(by, resources, in_trash=True)
        doomed = _grants_among(resources, persons, groups)
        ended = withdraw(grants=doomed, reason=Reason.REMOVED, by=by)
        after = _named(persons, groups)
        audit.record_all(
            audit.Entry(verb="share.removed", subject=each.uuid, before=after) for each in resources
        )
    return Removed(ended.grants.count() if ended else 0, ended)


def _give(by: User, resources: Sequence[Resource], choice: Choice, role: Role) -> Shared:
    """Writes the grants, records them, and counts whom they reach: not whoever owns all of it."""
    new = write_persons(by, resources, choice.persons)
    new += write_groups(by, resources, list(choice.groups.values()), role)
    signals.shared.send(Resource, by=by, grants=new)
    _record_given(resources, role=role, persons=choice.persons, groups=choice.groups.values())
    owners = {each.owner_id for each in resources}
    reached = choice.people() - (owners if len(owners) == 1 else set())
    return Shared(len(choice.persons), len(choice.groups), len(reached))


def _hold(resources: Sequence[Resource]) -> list[Resource]:
    """As they are now: acts on one resource's grants wait for one another."""
    keys = [each.pk for each in resources]
    return list(Resource.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


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


def _grants_among(
    resources: Sequence[Resource], persons: Sequence[User], groups: Sequence[Group]
) -> QuerySet[Grant, Grant]:
    """Of these resources: all, or those of these persons and groups alone."""
    found = Grant.objects.filter(resource__in=resources)
    return found.filter(Q(person__in=persons) | Q(group__in=groups)) if persons or groups else found


def _named(persons: Sequence[User], groups: Sequence[Group]) -> dict[str, Any]:
    """What the log says of whom an act on several resources was about."""
    if not persons and not groups:
        return {"all": True}
    return {
        "persons": [str(person.uuid) for person in persons],
        "groups": [str(group.uuid) for group in groups],
    }


def _keep_other_origins(held: list[Grant], favourite: UUID) -> int:
    """Of grants just set aside, gives back what they have by name or through another favourite: a grant of
    its own, so that undoing joins both again. Answers how many."""
    kept = []
    for grant in held:
        rest = [o for o in grant.origins if o.get("uuid") != str(favourite)]
        if rest:
            grant.pk, grant.origins, grant.role = None, rest, max(o["role"] for o in rest)
            grant._state.adding = True
            kept.append(grant)
    Grant.objects.bulk_create(kept, batch_size=1_000)
    return len(kept)


def _record_given(
    resources: Sequence[Resource], *, role: Role, persons: Iterable[int], groups: Iterable[Group]
) -> None:
    uuids = User.objects.filter(pk__in=list(persons)).order_by("pk").values_list("uuid", flat=True)
    given = {
        "role": int(role),
        "persons": [str(uuid) for uuid in uuids],
        "groups": [str(group.uuid) for group in groups],
    }
    audit.record_all(audit.Entry(verb="share.given", subject=each.uuid, after=given) for each in resources)


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
