"""Giving a resource to somebody: entrusted (*confier*), they manage it at once; ceded (*céder*), it becomes
theirs when they accept, with what lies in it and was the owner's.
"""

from accounts import assurance
from accounts.models import User
from core import audit, clock
from directory.authority import require_school
from directory.querysets import people_visible_to
from schools.models import School
from sharing import kinds, signals
from sharing.enums import Role
from sharing.errors import (
    HandoverClosed,
    HandoverPending,
    InTrash,
    NoRoom,
    NotReachable,
    OwnerKeepsAll,
)
from sharing.models import Grant, Handover, Resource
from sharing.querysets import role_on
from sharing.services.resources import contents_of, hold_tree, require_owner, send_home
from sharing.services.share import Shared, give_by_name, share


def entrust(*, by: User, resource: Resource, person: User) -> Shared:
    """A named *Gérer*, at once. Raises what `share` raises."""
    return share(by=by, resource=resource, persons=[person], role=Role.MANAGE)


def offer(*, by: User, resource: Resource, to: User) -> Handover:
    """Offers ownership; nothing changes before the other accepts.

    Raises NotTheOwner, InTrash, OwnerKeepsAll (to its owner), NotReachable, HandoverPending.
    """
    assurance.require_full()
    with audit.acting(by=by):
        fresh = hold_tree(resource)
        require_owner(by, fresh)
        if fresh.trashed_at is not None:
            raise InTrash()
        if to.pk == fresh.owner_id:
            raise OwnerKeepsAll()
        if not people_visible_to(by).filter(pk=to.pk).exists():
            raise NotReachable(names=[to.full_name])
        if fresh.handovers.filter(answered_at__isnull=True).exists():
            raise HandoverPending()
        made = Handover.objects.create(resource=fresh, to=to, by=by.uuid, at=clock.now())
        signals.offered.send(Handover, handover=made)
        audit.record("resource.offered", subject=fresh.uuid, after={"to": str(to.uuid)})
    return made


def accept(*, by: User, handover: Handover) -> Resource:
    """The resource becomes theirs, and what of its owner's lies in it; so does the room that it takes. The
    former owner manages it by name, and the new one may end that. It stays where it lies if its new owner
    may add there, else goes to their root.

    Raises HandoverClosed, InTrash, NoRoom (then nothing moves, and the offer stands).
    """
    with audit.acting(by=by):
        held = _open(handover, by)
        fresh = hold_tree(held.resource)
        if fresh.trashed_at is not None:
            raise InTrash()
        former = fresh.owner
        keys = contents_of([fresh.pk])
        Grant.objects.filter(resource__in=keys, person=by).delete()
        moving = Resource.objects.filter(pk__in=keys, trashed_at__isnull=True).order_by("pk")
        _hand_all(list(moving), former, by)
        fresh.refresh_from_db()
        if former is not None:
            give_by_name(resource=fresh, person=former, role=Role.MANAGE, by=by)
        if fresh.parent is not None and (role_on(by, fresh.parent) or 0) < Role.CONTRIBUTE:
            send_home([fresh.pk])
        _answer(held, accepted=True)
        audit.record(
            "resource.ceded",
            subject=fresh.uuid,
            before={"owner": str(former.uuid) if former else None},
            after={"owner": str(by.uuid), "count": len(keys)},
        )
        fresh.refresh_from_db()
    return fresh


def decline(*, by: User, handover: Handover) -> None:
    """The one to whom it was offered says no. Raises HandoverClosed."""
    with audit.acting(by=by):
        held = _open(handover, by)
        _answer(held, accepted=False)
        audit.record("resource.offer_declined", subject=held.resource.uuid)


def take_back(*, by: User, handover: Handover) -> None:
    """Its owner thinks better of it. Raises NotTheOwner, HandoverClosed."""
    with audit.acting(by=by):
        held = _open(handover, None)
        require_owner(by, held.resource)
        audit.record("resource.offer_taken_back", subject=held.resource.uuid)
        held.delete()


def give_to_school(*, by: User, resource: Resource, school: School) -> Resource:
    """What is `by`'s becomes the school's that they administer, at once: they manage it for as long as they
    administer the school.

    Raises LowAssurance, NotTheOwner, NotYours, InTrash, HandoverPending.
    """
    assurance.require_full()
    require_school(by, school)
    with audit.acting(by=by):
        fresh = hold_tree(resource)
        require_owner(by, fresh)
        if fresh.trashed_at is not None:
            raise InTrash()
        if fresh.handovers.filter(answered_at__isnull=True).exists():
            raise HandoverPending()
        former = fresh.owner
        if former is None:
            return fresh
        Resource.objects.filter(pk=fresh.pk).update(owner=None, owner_school=school)
        fresh.refresh_from_db()
        kinds.tell_moved([kinds.Moved(fresh, former.pk, None)])
        audit.record(
            "resource.ceded",
            subject=fresh.uuid,
            school=school.uuid,
            before={"owner": str(former.uuid)},
            after={"school": str(school.uuid)},
        )
    return fresh


def _open(handover: Handover, to: User | None) -> Handover:
    """The offer, held, still open. Raises LowAssurance; HandoverClosed, also for whom it was not made to."""
    assurance.require_full()
    rows = Handover.objects.select_for_update(of=("self",)).select_related("resource")
    found = rows.filter(pk=handover.pk, answered_at__isnull=True).first()
    if found is None or (to is not None and found.to_id != to.pk):
        raise HandoverClosed()
    return found


def _hand_all(things: list[Resource], former: User | None, to: User) -> None:
    """Things change hands together; their applications say whether they fit, and count them anew. The
    number of queries does not follow theirs. Raises NoRoom."""
    by_kind: dict[str, list[Resource]] = {}
    for each in things:
        by_kind.setdefault(each.kind, []).append(each)
    for found in by_kind.values():
        room_for = kinds.kind_of(found[0]).room_for
        if room_for is not None and not room_for(to, found):
            raise NoRoom()
    Resource.objects.filter(pk__in=[each.pk for each in things]).update(owner=to, owner_school=None)
    kinds.tell_moved([kinds.Moved(each, former.pk if former else None, to.pk) for each in things])


def _answer(handover: Handover, *, accepted: bool) -> None:
    handover.answered_at, handover.accepted = clock.now(), accepted
    handover.save(update_fields=["answered_at", "accepted"])
