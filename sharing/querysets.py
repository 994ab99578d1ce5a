"""Who may see what of the shared, for thousands: the twins of `sharing.rules`, and the only gate to a
resource. What is not in the answer does not exist for that person: a 404.

Every function takes a `Reach` already read, where one has it: a request reads it once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    Expression,
    F,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.models import User
from core import sql
from directory.querysets import standpoint_of
from directory.querysets.administered import administered_schools
from directory.querysets.groups import group_keys_within_of
from directory.rules import Standpoint
from schools.models import School
from sharing.enums import Role
from sharing.kinds import all_kinds
from sharing.lifetime import ends_q
from sharing.models import Grant, Reached, Resource
from sharing.rules import Reach

type Resources = QuerySet[Resource, Any]


class _AnyOf(Func):
    """`left = any(array)`: unlike containment, it uses the index of the left side."""

    template = "(%(expressions)s))"
    arg_joiner = " = any("
    output_field = BooleanField()


def reach_of(person: User) -> Reach:
    """What someone reaches by, now. Two queries."""
    return reach_from(person, standpoint_of(person))


def reach_from(person: User, me: Standpoint) -> Reach:
    """`reach_of`, from a standpoint already read."""
    return Reach(
        person=person.pk,
        groups=group_keys_within_of(me),
        standpoint=me,
        present=person.pre_deleted_on is None,
    )


def visible_to(person: User, reach: Reach | None = None) -> Resources:
    """The resources that someone may see, each with their role on it as `my_role` (an int): owned by
    them, trashed ones too; else not trashed, and granted or lying in a folder granted or owned."""
    reach = reach or reach_of(person)
    if not reach.present:
        return Resource.objects.none().annotate(my_role=Value(0))
    first, *others = _parts(reach)
    found = Resource.objects.filter(pk__in=first.union(*others, all=True))
    return found.filter(_in_sight(reach)).annotate(my_role=my_role(reach))


def managed_by(person: User, reach: Reach | None = None) -> Resources:
    """Those of `visible_to` that the person may share, rename and move."""
    return visible_to(person, reach).filter(Q(my_role=Role.MANAGE))


@dataclass(frozen=True, slots=True)
class Few:
    """A thing of a kind that a person sees few of: someone's role on it, the keys of itself and of the folders
    above."""

    pk: int
    uuid: UUID
    kind: str
    role: int
    chain: frozenset[int]


def few_within(reach: Reach, kinds: Sequence[str], *, most: int = 500) -> list[Few]:
    """`visible_to` of these kinds for what is `at_hand`, the last changed first, without the trash; so many at most.
    One query."""
    me = reach.standpoint
    if not reach.present:
        return []
    rows = sql.called(
        "sharing_few",
        reach.person,
        sorted(reach.groups),
        sorted(me.administered_schools),
        list(kinds),
        most,
    )
    return [
        Few(row["id"], row["uuid"], row["kind"], row["role"], frozenset([row["id"], *row["ancestors"]]))
        for row in rows
    ]


def in_bin(person: User, *, app: str = "") -> Resources:
    """What someone threw away (what went with something else left out), of the applications that have no trash
    of their own, or of one of them."""
    keys = [kind.key for kind in all_kinds() if not kind.own_bin and app in {"", kind.app}]
    found = Resource.objects.filter(owner=person, kind__in=keys, trashed_at__isnull=False)
    return found.filter(trashed_with__isnull=True) if person.pre_deleted_on is None else found.none()


def told_of(resource: Resource) -> tuple[set[int], set[int]]:
    """Whom something that happens to a resource is told to: persons (its owner too) and groups, by key, of its
    grants and of those of the folders above; read as they are when the news is. A query."""
    grants = Grant.objects.filter(resource__in=resource.chain).values_list("person", "group")
    rows = list(grants)
    persons = {person for person, _ in rows if person is not None}
    if resource.owner_id is not None:
        persons.add(resource.owner_id)
    return persons, {group for _, group in rows if group is not None}


def role_on(person: User, resource: Resource, reach: Reach | None = None) -> Role | None:
    """Someone's role on one resource; None when it does not exist for them. One query, by indexes, after
    those of `reach_of`."""
    reach = reach or reach_of(person)
    if not reach.present:
        return None
    # From the one resource, not from all that is in reach: half the time.
    found: QuerySet[Any, Any] = Resource.objects.filter(pk=resource.pk)
    seen = found.filter(_in_sight(reach)).order_by()
    role = next(iter(seen.values_list(my_role(reach), flat=True)[:1]), None)
    return None if role is None else Role(role)


def roles_on(person: User, resources: Sequence[Resource]) -> dict[int, int]:
    """`role_on` for several, by key; those that do not exist for them are not in it."""
    seen: QuerySet[Any, Any] = visible_to(person).filter(pk__in=[each.pk for each in resources])
    return dict(seen.values_list("pk", "my_role"))


def shared_with(person: User, reach: Reach | None = None) -> Resources:
    """« Partagés avec moi »: what was granted itself, not what lies below it; not one's own, not trashed,
    each once, the last shared first. Annotated `my_role`, `shared_at`, `shared_by` (a UUID)."""
    reach = reach or reach_of(person)
    if not reach.present:
        return Resource.objects.none().annotate(my_role=Value(0))
    mine = granted_to(reach)
    last = Grant.objects.filter(mine, resource_id=OuterRef("pk")).order_by("-given_at", "-pk")
    return (
        Resource.objects.filter(pk__in=Grant.objects.filter(mine).values("resource_id"))
        .filter(trashed_at__isnull=True)
        .exclude(_owned(reach))
        .annotate(
            my_role=my_role(reach),
            shared_at=Subquery(last.values("given_at")[:1]),
            shared_by=Subquery(last.values("given_by")[:1]),
        )
        .order_by("-shared_at", "-pk")
    )


def shared_by(person: User, reach: Reach | None = None) -> Resources:
    """« Ce que je partage »: what one owns or manages by name, that has grants. Annotated `my_role`,
    `persons`, `groups` (counts of grantees), `last_shared_at`, and `ends_with_year`: how many of its
    grants the next rollover ends."""
    reach = reach or reach_of(person)
    if not reach.present:
        return Resource.objects.none().annotate(my_role=Value(0))
    parts = [
        Resource.objects.filter(_owned(reach)).values("pk"),
        Grant.objects.filter(person_id=reach.person, role=Role.MANAGE).values("resource_id"),
    ]
    return (
        Resource.objects.filter(pk__in=parts[0].union(parts[1], all=True), trashed_at__isnull=True)
        .filter(Exists(Grant.objects.filter(resource_id=OuterRef("pk"))))
        .annotate(
            my_role=Value(int(Role.MANAGE)),
            persons=_counted(Q(person_id__isnull=False), "person_id"),
            groups=_counted(Q(group_id__isnull=False), "group_id"),
            ends_with_year=_counted(ends_q(), "pk"),
            last_shared_at=Subquery(_of_this().annotate(n=Max("given_at")).values("n")),
        )
        .order_by("-last_shared_at", "-pk")
    )


def last_shared(
    things: Resources, reach: Reach, *, count: int, after: tuple[datetime, int] | None = None
) -> list[Resource]:
    """The first `count` of a `shared_with`, narrowed or not, that come after a place (`shared_at`, key).

    Read from the last grants of each of one's groups, by their index, so that its time does not follow
    how many were ever given; only where these do not tell, from all. Two queries, three then.
    """
    if after is not None:
        at, key = after
        things = things.filter(Q(shared_at__lt=at) | Q(shared_at=at, pk__lt=key))
    most = 3 * count
    rows = _last_grants(reach, after=after, most=most)
    arms: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for row in rows:
        arms[row["arm"]].append((row["given_at"], row["resource_id"]))
    # What an arm that was cut holds further on comes after its last.
    cut = max((min(given) for given in arms.values() if len(given) == most), default=None)
    found = list(things.filter(pk__in={row["resource_id"] for row in rows})[:count])
    if cut is None or (len(found) == count and (found[-1].shared_at, found[-1].pk) >= cut):
        return found
    return list(things[:count])


def last_givers(reach: Reach, *, among: int = 500) -> set[UUID]:
    """Who gave the last grants that reach someone, so many of each of their groups at most. One query."""
    return {row["given_by"] for row in _last_grants(reach, after=None, most=among)}


def granted_to(reach: Reach) -> Q:
    """Grants that reach this person themself or one of their groups."""
    return Q(person_id=reach.person) | Q(group_id__in=list(reach.groups))


def my_role(reach: Reach) -> Expression:
    """The role of someone on the resource of an outer query: an int, null where none."""
    mine = granted_to(reach)
    chain = Func(OuterRef("ancestors"), OuterRef("pk"), function="array_append")
    highest = Grant.objects.filter(mine, _AnyOf(F("resource_id"), chain)).order_by("-role")
    above = _AnyOf(F("pk"), OuterRef("ancestors"))
    manages = Value(int(Role.MANAGE))
    return Case(
        When(_owned(reach), then=manages),
        When(Exists(Resource.objects.filter(_owned(reach), above)), then=manages),
        default=Subquery(highest.values("role")[:1]),
        output_field=IntegerField(),
    )


def _parts(reach: Reach) -> list[QuerySet[Any, Any]]:
    """Keys of resources, part by part, each read by an index."""
    parts: list[QuerySet[Any, Any]] = [
        Resource.objects.filter(owner_id=reach.person).values("pk"),
        Reached.objects.filter(person_id=reach.person).values("resource_id"),
    ]
    if reach.groups:
        parts.append(Reached.objects.filter(group_id__in=list(reach.groups)).values("resource_id"))
    if reach.standpoint.administers_something:
        schools = _schools(reach).values("pk")
        parts.append(Resource.objects.filter(owner_school_id__in=schools).values("pk"))
        parts.append(Reached.objects.filter(school_id__in=schools).values("resource_id"))
    return parts


def _in_sight(reach: Reach) -> Q:
    """What is in the trash is its owner's alone."""
    return Q(trashed_at__isnull=True) | _owned(reach)


def _owned(reach: Reach) -> Q:
    """Of the person, or of a school that they administer."""
    mine = Q(owner_id=reach.person)
    if reach.standpoint.administers_something:
        mine |= Q(owner_school_id__in=_schools(reach).values("pk"))
    return mine


def _schools(reach: Reach) -> QuerySet[School]:
    return administered_schools(reach.standpoint).order_by()


def _of_this() -> QuerySet[Any, Any]:
    return Grant.objects.filter(resource_id=OuterRef("pk")).order_by().values("resource_id")


def _last_grants(reach: Reach, *, after: tuple[datetime, int] | None, most: int) -> Sequence[Any]:
    """The last grants to someone, and to each of their groups, that come after a place (an instant, a
    resource's key): so many of each (an `arm`)."""
    arms = [Q(person_id=reach.person), *(Q(group_id=group) for group in sorted(reach.groups))]
    given = Q()
    if after is not None:
        at, key = after
        given = Q(given_at__lte=at) & (Q(given_at__lt=at) | Q(resource_id__lt=key))
    columns = ("arm", "resource_id", "given_at", "given_by")
    parts = [
        Grant.objects.filter(which & given)
        .annotate(arm=Value(number))
        .order_by("-given_at", "-resource_id")
        .values(*columns)[:most]
        for number, which in enumerate(arms)
    ]
    return list(parts[0].union(*parts[1:], all=True)) if parts[1:] else list(parts[0])


def _counted(which: Q, what: str) -> Subquery:
    counted = _of_this().filter(which).annotate(n=Count(what, distinct=True)).values("n")
    return Subquery(counted)
