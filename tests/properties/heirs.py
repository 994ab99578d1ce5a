"""Whose things are, once their owner is erased: what others still read passes on, what nobody else read goes."""

from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from directory.querysets import members_of
from notebooks.models import LiaisonCopy
from sharing.models import Grant, Resource


@dataclass(slots=True)
class Gone:
    """People who are erased, things that went with them, and whose the others are now (a person's key, or None
    for a school)."""

    people: set[int] = field(default_factory=set)
    things: set[int] = field(default_factory=set)
    heirs: dict[int, int | None] = field(default_factory=dict)


@dataclass(slots=True)
class Legacy:
    """A thing as it stands before its owner goes: who manages it by name, who has it by name, who reads it through
    which school's groups; of a carnet, who holds a word."""

    owner: int
    trashed: bool
    managers: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)
    through: list[tuple[int, set[int]]] = field(default_factory=list)
    holders: set[int] = field(default_factory=set)


def legacies_now() -> dict[int, Legacy]:
    """Everybody's things, with who else reads each now."""
    present = set(User.objects.present().values_list("pk", flat=True))
    rows = Resource.objects.filter(owner__isnull=False).values_list("pk", "owner_id", "trashed_at")
    found = {pk: Legacy(owner, trashed is not None) for pk, owner, trashed in rows}
    members: dict[int, set[int]] = {}
    grants = Grant.objects.filter(resource__in=found).select_related("group")
    for grant in grants.order_by("pk"):
        legacy = found[grant.resource_id]
        if grant.person_id in present:
            legacy.named.add(grant.person_id)
            if grant.role == 4:
                legacy.managers.add(grant.person_id)
        elif grant.group is not None:
            if grant.group_id not in members:
                members[grant.group_id] = _readers(grant.group)
            legacy.through.append((grant.group.school_id, members[grant.group_id]))
    words = LiaisonCopy.objects.filter(word__book__in=found, relative__isnull=False)
    for book, relative in words.values_list("word__book", "relative"):
        found[book].holders.add(relative)
    return found


def _readers(group: Any) -> set[int]:
    return set(members_of([group]).values_list("pk", flat=True))


def require_heir(
    key: int, legacy: Legacy, gone: Gone, now: dict[int, int | None], schools: dict[int, int | None]
) -> None:
    """What others still read is a manager's of it, else its school's; what nobody else reads is gone (`docs/`:
    what becomes of productions)."""
    managers, named = legacy.managers - gone.people, legacy.named - gone.people
    places = {school for school, readers in legacy.through if readers - gone.people}
    if legacy.trashed or not (named or places or legacy.holders - gone.people):
        assert key not in now, "nobody else read it, and it is there"
        gone.things.add(key)
        return
    assert key in now, "others read it, and it is lost"
    gone.heirs[key] = now[key]
    if managers:
        assert now[key] in managers
    elif places:
        assert schools[key] in places
    else:
        # Their last school; a reader where no school was ever known.
        assert schools[key] is not None or now[key] in named
