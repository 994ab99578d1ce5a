"""« Garder pour elles par leur nom »: whoever would lose a thing at the turn is given it by name, before."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from core import audit
from directory.querysets import people_visible_to
from rollover.services.preview import EndingThing, preview_person
from sharing.enums import Role
from sharing.models import Resource
from sharing.services.share import add_by_name


@dataclass(frozen=True, slots=True)
class Kept:
    """How many things and people; the names of those whom the person may not write to, left out."""

    things: int
    people: int
    left_out: list[str]


def keep_by_name(*, by: User, resources: Collection[UUID]) -> Kept:
    """Shares things by name with those who would no longer see them, each with the role that they have;
    what ends nowhere, or is not managed by this person, is left. Raises what sharing refuses."""
    with audit.acting(by=by):
        chosen = [each for each in preview_person(by).things if each.resource.uuid in resources]
        wanted = {person.pk: person for each in chosen for person in each.people}
        seen = set(people_visible_to(by).filter(pk__in=wanted).values_list("pk", flat=True))
        for (role, persons), things in _together(chosen, seen).items():
            add_by_name(by=by, resources=things, persons=[wanted[pk] for pk in persons], role=role)
    left_out = [person.full_name for pk, person in wanted.items() if pk not in seen]
    return Kept(len(chosen), len(seen), sorted(left_out))


def _together(
    chosen: list[EndingThing], seen: set[int]
) -> dict[tuple[Role, tuple[int, ...]], list[Resource]]:
    """Things that the same people keep in the same role: one act each."""
    found: dict[tuple[Role, tuple[int, ...]], list[Resource]] = defaultdict(list)
    for thing in chosen:
        roles: dict[int, Role] = {}
        for ending in thing.endings:
            for person in ending.people:
                if person.pk in seen:
                    roles[person.pk] = max(ending.role, roles.get(person.pk, ending.role))
        for role in sorted(set(roles.values())):
            persons = tuple(sorted(pk for pk, each in roles.items() if each == role))
            found[role, persons].append(thing.resource)
    return found
