"""Shares by name that bear the mark of the act that gave them: taking that act back ends what it gave, and
nothing that somebody has otherwise."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts import assurance
from accounts.models import User
from core import audit, clock
from sharing import signals
from sharing.enums import Reason, Role
from sharing.errors import InTrash, NotAManager, NotReachable
from sharing.models import Grant, Resource
from sharing.querysets import managed_by
from sharing.services.recipients import BY_NAME, require_reach
from sharing.services.withdraw import withdraw
from sharing.services.writing import Origin, joined


@dataclass(frozen=True, slots=True)
class Gift:
    """A resource for persons, each with a role; `mark` is a UUID of the act's own."""

    resource: Resource
    persons: Mapping[int, Role]
    mark: UUID


def give_marked(*, by: User, gifts: Sequence[Gift]) -> int:
    """Shares by name, each thing with its persons as their role at least; whoever owns one is left out of it.
    Answers how many grants are new. The number of queries follows neither things nor persons.

    Raises LowAssurance, NotAManager where one is not managed, InTrash, NotReachable.
    """
    assurance.require_full()
    with audit.acting(by=by):
        held = _hold(by, [gift.resource.pk for gift in gifts])
        if any(each.trashed_at is not None for each in held.values()):
            raise InTrash()
        persons = User.objects.in_bulk({pk for gift in gifts for pk in gift.persons})
        if len(persons) < len({pk for gift in gifts for pk in gift.persons}):
            raise NotReachable(names=[])
        require_reach(by, list(persons.values()), ())
        new = _write(by, held, gifts)
        signals.shared.send(Resource, by=by, grants=new)
        audit.record_all(_told(gifts, persons))
    return len(new)


def take_back_marked(*, by: User, resources: Collection[Resource], marks: Collection[UUID]) -> int:
    """Ends what these marks gave of these resources; who also has it otherwise keeps that. Answers how many
    grants end. Raises LowAssurance, NotAManager."""
    assurance.require_full()
    with audit.acting(by=by):
        held = _hold(by, [each.pk for each in resources])
        given = {str(mark) for mark in marks}
        over: list[Grant] = []
        lowered: list[Grant] = []
        for grant in _named(held).select_for_update(no_key=True).order_by("pk"):
            rest = [origin for origin in grant.origins if origin.get("uuid") not in given]
            if not rest:
                over.append(grant)
            elif len(rest) < len(grant.origins):
                grant.origins, grant.role = rest, max(origin["role"] for origin in rest)
                lowered.append(grant)
        withdraw(grants=Grant.objects.filter(pk__in=[g.pk for g in over]), reason=Reason.REMOVED, by=by)
        Grant.objects.bulk_update(lowered, ["role", "origins"], batch_size=1_000)
        touched = {grant.resource_id for grant in (*over, *lowered)}
        audit.record_all(
            audit.Entry(verb="share.removed", subject=held[pk].uuid, after={"marks": sorted(given)})
            for pk in sorted(touched)
        )
    return len(over)


def given_by_marks(resources: Iterable[int], marks: Collection[UUID]) -> dict[UUID, list[int]]:
    """The persons who have these resources (by key) by each of these marks. A query."""
    found: dict[UUID, list[int]] = {mark: [] for mark in marks}
    if found:
        for person, origins in _named(resources).values_list("person_id", "origins"):
            for origin in origins:
                mark = UUID(origin["uuid"]) if origin["by"] == BY_NAME and origin.get("uuid") else None
                if mark in found:
                    found[mark].append(person)
    return found


def _hold(by: User, keys: Collection[int]) -> dict[int, Resource]:
    """As they are now: acts on one resource's grants wait for one another. Raises NotAManager."""
    wanted = set(keys)
    rows = Resource.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    held = {each.pk: each for each in rows}
    if managed_by(by).filter(pk__in=wanted).count() != len(wanted):
        raise NotAManager()
    return held


def _named(resources: Iterable[int]) -> QuerySet[Grant, Grant]:
    return Grant.objects.filter(resource__in=list(resources), person__isnull=False)


def _write(by: User, held: dict[int, Resource], gifts: Sequence[Gift]) -> list[Grant]:
    """Writes or raises the grants; answers the new ones."""
    persons = {pk for gift in gifts for pk in gift.persons}
    there: dict[tuple[int, int | None], Grant] = {
        (grant.resource_id, grant.person_id): grant
        for grant in Grant.objects.filter(resource__in=held, person__in=persons)
    }
    new: dict[tuple[int, int | None], Grant] = {}
    raised: dict[int, Grant] = {}
    now = clock.now()
    for gift in gifts:
        resource = held[gift.resource.pk]
        for person, role in gift.persons.items():
            if person == resource.owner_id:
                continue
            key = (resource.pk, person)
            grant = there.get(key)
            if grant is None:
                grant = Grant(resource=resource, person_id=person, given_by=by.uuid, given_at=now)
                there[key] = new[key] = grant
            elif key not in new:
                raised[grant.pk] = grant
            origin: Origin = {"by": BY_NAME, "uuid": str(gift.mark), "role": int(role)}
            grant.origins = joined(grant.origins, [origin])
            grant.role = max(each["role"] for each in grant.origins)
    Grant.objects.bulk_create(new.values(), batch_size=1_000)
    Grant.objects.bulk_update(raised.values(), ["role", "origins"], batch_size=1_000)
    return list(new.values())


def _told(gifts: Sequence[Gift], persons: dict[int, User]) -> list[audit.Entry]:
    """A line of the log for each thing and role."""
    entries = []
    for gift in gifts:
        for role in sorted(set(gift.persons.values())):
            named = sorted(str(persons[pk].uuid) for pk, held in gift.persons.items() if held == role)
            after: dict[str, Any] = {"role": int(role), "persons": named, "groups": []}
            entries.append(audit.Entry(verb="share.given", subject=gift.resource.uuid, after=after))
    return entries
