"""What becomes of what people made, when they are erased: what others still read passes on, the rest goes;
and when one account of theirs is absorbed by another: all is that other's."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.db.models import QuerySet

from accounts import fates
from accounts.fates import Left
from accounts.ledger import Pair
from accounts.models import User
from accounts.objections import objectors_among
from core import audit, sql
from directory.models import Membership, ScolarityMembership
from schools.models import School
from sharing import kinds
from sharing.enums import Reason
from sharing.left_to_school import former_owner
from sharing.models import Grant, Handover, Resource, WithdrawnGrant
from sharing.services.school_things import delete_all
from sharing.services.withdraw import withdraw

BATCH = 5_000


def erase(people: Sequence[int]) -> dict[int, Left]:
    """Their grants end, as one withdrawal; their productions pass on (`sql/heirs.sql` says to whom), quota
    or not, or are deleted through their applications. Of who objected, nothing passes on but that on which what
    others made hangs. Each is told in the audit log."""
    gone = list(people)
    withdraw(grants=Grant.objects.filter(person__in=gone), reason=Reason.ERASED, by=None)
    Handover.objects.filter(to__in=gone).delete()
    told = _pass_on(gone)
    left = Resource.objects.filter(owner__in=gone).order_by("pk")
    for batch in batched(list(left.values_list("pk", "kind")), BATCH):
        delete_all(batch)
    return told


def _offers(pair: Pair) -> None:
    """Nobody is offered what is theirs."""
    own = Handover.objects.filter(to__in=pair.both, resource__owner__in=pair.both, answered_at__isnull=True)
    pair.drop(Handover, dict.fromkeys(own.values_list("pk", flat=True)))
    fates.moves("sharing.Handover.to")(pair)


def _grants(pair: Pair) -> None:
    """Owners manage: what one was granted of the other's is set aside. Where both were granted the same, the
    higher right holds, with the origins of both. What was withdrawn may come back: to the one kept."""
    own = Grant.objects.filter(person__in=pair.both, resource__owner__in=pair.both)
    pair.drop(Grant, dict.fromkeys(own.values_list("pk", flat=True)))
    fates.moves("sharing.Grant.person", once=["resource_id"], join=_join_grants)(pair)
    mine = Resource.objects.filter(owner__in=pair.both).values("pk")
    withdrawn = WithdrawnGrant.objects.filter(person_id__in=pair.both, resource_id__in=mine)
    keys = dict.fromkeys(withdrawn.values_list("grant_id", flat=True))
    pair.drop(WithdrawnGrant, keys, key="grant_id")
    fates.moves(
        "sharing.WithdrawnGrant.person_id",
        once=["withdrawal_id", "resource_id"],
        best=lambda row: row["role"],
        known_by="grant_id",
    )(pair)


def _join_grants(pair: Pair, stays: int, goes: int) -> None:
    kept, gone = (Grant.objects.get(pk=key) for key in (stays, goes))
    origins = [*kept.origins, *(origin for origin in gone.origins if origin not in kept.origins)]
    if origins != kept.origins:
        pair.change(Grant, stays, {"role": max(kept.role, gone.role), "origins": origins})


MERGES = {
    "sharing.Handover.to": _offers,
    "sharing.Grant.person": _grants,
    "sharing.Resource.owner": fates.moves("sharing.Resource.owner"),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("sharing", covers=list(MERGES), erase=erase, merges=MERGES)


def heirs_of(people: list[int]) -> list[dict[str, Any]]:
    """What others read of these people's productions, and to whom each would pass (`sql/heirs.sql`)."""
    theirs = Resource.objects.filter(owner__in=people, trashed_at__isnull=True)
    held = kinds.held(_by_kind(theirs.filter(kind__in=kinds.with_copies())))
    return sql.rows("sharing", "heirs", people=people, groups=_groups_with_readers(people), held=sorted(held))


def _pass_on(people: list[int]) -> dict[int, Left]:
    """Answers how many things passed, and how many go because their owner objected, by the owner's key."""
    found, going = _parted(heirs_of(people), objectors_among(people))
    told = fates.tally((), Counter(row["owner_id"] for row in found))
    for owner, number in Counter(row["owner_id"] for row in going).items():
        told[owner].went += number
    if found:
        _give(found)
    return told


def _parted(
    rows: list[dict[str, Any]], objecting: set[int]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What passes on, and what goes by its owner's word."""
    asked = {row["id"] for row in rows if row["owner_id"] in objecting}
    going = asked - kinds.hung_on(_by_kind(Resource.objects.filter(pk__in=asked)))
    return [row for row in rows if row["id"] not in going], [row for row in rows if row["id"] in going]


def _by_kind(things: QuerySet[Resource, Resource]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for key, kind in things.order_by("pk").values_list("pk", "kind"):
        found[kind].append(key)
    return found


def _give(found: list[dict[str, Any]]) -> None:
    sql.run(
        "sharing",
        "pass_on",
        resources=[row["id"] for row in found],
        heirs=[row["heir"] for row in found],
        schools=[row["heir_school"] for row in found],
    )
    ids = {row[key] for row in found for key in ("owner_id", "heir") if row[key]}
    persons = User.objects.in_bulk(ids)
    schools = School.objects.in_bulk({row["heir_school"] for row in found if row["heir_school"]})
    passed = Resource.objects.in_bulk([row["id"] for row in found])
    kinds.tell_moved([kinds.Moved(passed[row["id"]], row["owner_id"], row["heir"]) for row in found])
    entries = []
    for row in found:
        resource, heir, former = passed[row["id"]], persons.get(row["heir"]), persons[row["owner_id"]]
        school = schools.get(row["heir_school"])
        entries.append(
            audit.Entry(
                verb="resource.passed_on",
                subject=resource.uuid,
                school=school.uuid if school else None,
                before={"owner": str(former.uuid)}
                | (former_owner(former.profile, former.full_name) if school else {}),
                after={"owner": str(heir.uuid) if heir else None, "title": resource.title},
            )
        )
    audit.record_all(entries)


def _groups_with_readers(people: list[int]) -> list[int]:
    """Groups to which their things are shared, and in which somebody else, present, still is."""
    above = Resource.objects.filter(owner__in=people, trashed_at__isnull=True)
    chains = {pk for row in above.values_list("pk", "ancestors") for pk in (row[0], *row[1])}
    granted = Grant.objects.filter(resource__in=chains, group__isnull=False)
    groups = list(granted.order_by().values_list("group_id", flat=True).distinct())
    present = {"group_id__in": groups, "person__pre_deleted_on__isnull": True}
    scolarity = ScolarityMembership.objects.filter(through__pre_deleted_on__isnull=True, **present)
    manual = Membership.objects.filter(**present)
    found: set[int] = set()
    for rows in (scolarity, manual):
        found.update(rows.exclude(person__in=people).values_list("group_id", flat=True).distinct())
    return sorted(found)
