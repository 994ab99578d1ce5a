"""The lines of « Partagés avec moi » and « Ce que je partage »: one page of things, told in few queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, Min, OuterRef, QuerySet, When

from accounts.models import User
from sharing.enums import Role
from sharing.kinds import Kind, cover_of, kind_of
from sharing.lifetime import LASTING, Mark, ends_q, mark_of, mark_of_year
from sharing.models import Grant, Resource
from sharing.querysets import granted_to, last_givers
from sharing.rules import Reach
from ui.french import counted

# Groups named in a line; the others are counted.
NAMED = 2


@dataclass(slots=True)
class Row:
    """One thing of a list."""

    resource: Resource
    kind: Kind
    url: str
    cover: str
    role: str = ""
    by: str = ""
    at: datetime | None = None
    life: Mark = Mark.ENDS
    recipients: list["Recipient"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Some of those with whom a thing is shared, and how long they are: the shortest, of several groups."""

    words: str
    life: Mark


def ending_for(things: QuerySet[Any, Any], reach: Reach) -> QuerySet[Any, Any]:
    """What this person will see no more after the turn: nothing but grants that end reaches them."""
    mine = Grant.objects.filter(granted_to(reach), resource=OuterRef("pk"))
    return things.filter(Exists(mine.filter(ends_q())), ~Exists(mine.exclude(ends_q())))


def with_me(things: Sequence[Any], reach: Reach) -> list[Row]:
    """Rows of things shared with somebody. Two queries."""
    givers = User.everyone.filter(uuid__in={thing.shared_by for thing in things}).names()
    grants = Grant.objects.filter(granted_to(reach), resource_id__in=[thing.pk for thing in things])
    lives = _lives(grants) if things else {}
    return [
        Row(
            resource=thing,
            kind=kind_of(thing),
            url=kind_of(thing).url(thing),
            cover=cover_of(kind_of(thing)),
            role=Role(thing.my_role).label,
            by=givers.get(thing.shared_by, ""),
            at=thing.shared_at,
            life=lives[thing.pk],
        )
        for thing in things
    ]


def by_me(things: Sequence[Any]) -> list[Row]:
    """Rows of things that somebody shares. Three queries at most, whatever the number of grants."""
    keys = [thing.pk for thing in things]
    groups: dict[int, dict[int, Grant]] = defaultdict(dict)
    shared = Grant.objects.filter(resource_id__in=keys, group__isnull=False)
    for grant in shared.select_related("group__school", "group__school_class").order_by("-year", "pk"):
        assert grant.group_id is not None
        groups[grant.resource_id].setdefault(grant.group_id, grant)
    firsts = dict(
        Grant.objects.filter(resource_id__in=keys, person__isnull=False)
        .order_by()
        .values_list("resource_id")
        .annotate(first=Min("person_id"))
    )
    alone = {firsts[thing.pk] for thing in things if thing.persons == 1 and thing.pk in firsts}
    names = {person.pk: person.full_name for person in User.objects.filter(pk__in=alone)} if alone else {}
    return [
        Row(
            resource=thing,
            kind=kind_of(thing),
            url=kind_of(thing).url(thing),
            cover=cover_of(kind_of(thing)),
            at=thing.last_shared_at,
            recipients=_recipients(
                thing, list(groups[thing.pk].values()), names.get(firsts.get(thing.pk, 0), "")
            ),
        )
        for thing in things
    ]


def _lives(grants: QuerySet[Grant, Any]) -> dict[int, Mark]:
    """How long things are seen by these grants: by the one that lasts. A query."""
    ends = Case(When(ends_q(), then=True), default=False)
    rows = grants.annotate(ends=ends).values_list(
        "resource_id", "ends", "year", "group__school__running_year"
    )
    found: dict[int, set[Mark]] = defaultdict(set)
    for thing, ending, year, running in rows:
        found[thing].add(mark_of_year(year, running) if ending else Mark.KEPT)
    return {thing: max(marks, key=LASTING.index) for thing, marks in found.items()}


def _recipients(thing: Any, groups: list[Grant], alone: str) -> list[Recipient]:
    found = [Recipient(_label(grant), mark_of(grant)) for grant in groups[:NAMED]]
    rest = groups[NAMED:]
    if rest:
        shortest = min(map(mark_of, rest), key=LASTING.index)
        found.append(Recipient(counted(len(rest), "autre groupe", "autres groupes"), shortest))
    if thing.persons:
        words = alone if thing.persons == 1 and alone else f"{counted(thing.persons, 'personne')}, à leur nom"
        found.append(Recipient(words, Mark.KEPT))
    return found


def _label(grant: Grant) -> str:
    assert grant.group is not None
    return grant.group.label


def givers_of(reach: Reach, most: int = 30) -> list[User]:
    """Who gave what was last shared with somebody, by name, cut at `most`."""
    return list(User.objects.filter(uuid__in=last_givers(reach)).order_by("sort_name", "pk")[:most])


def grantees_of(things: QuerySet[Any, Any], most: int = 30) -> list[User]:
    """The persons by whose name something of the list is shared, by name."""
    grants = Grant.objects.filter(resource_id__in=things.order_by().values("pk"), person__isnull=False)
    return list(
        User.objects.present().filter(pk__in=grants.values("person_id")).order_by("sort_name", "pk")[:most]
    )
