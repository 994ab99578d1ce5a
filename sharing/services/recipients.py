"""Whom an act of sharing names: persons, groups and favourites, within the reach of whoever shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import User
from directory import querysets as directory
from directory.models import Favourite, Group
from directory.services.favourites import resolve
from sharing.enums import Role
from sharing.errors import NobodyChosen, NotReachable
from sharing.services.writing import Origin

BY_NAME = "name"
BY_FAVOURITE = "favourite"


@dataclass(frozen=True, slots=True)
class Choice:
    """Origins by person, and groups."""

    persons: dict[int, list[Origin]]
    groups: dict[int, Group]

    def people(self) -> set[int]:
        """Everybody who is named, or in a group named. One query."""
        members = directory.members_of(self.groups.values()).values_list("pk", flat=True)
        return set(members) | set(self.persons)


def choose(
    *,
    by: User,
    persons: Sequence[User],
    groups: Sequence[Group],
    favourites: Iterable[Favourite],
    role: Role,
    owner: int | None = None,
) -> Choice:
    """The choice of an act; `owner` is left out of favourites, who needs no share of their own thing.

    Raises NobodyChosen, NotReachable (`names`), and what resolving a favourite raises.
    """
    require_reach(by, persons, groups)
    origins: dict[int, list[Origin]] = {person.pk: [{"by": BY_NAME, "role": int(role)}] for person in persons}
    named = {group.pk: group for group in groups}
    for favourite in favourites:
        found = resolve(by=by, favourite=favourite)
        origin = {
            "by": BY_FAVOURITE, "uuid": str(favourite.uuid), "name": favourite.name, "role": int(role)
        }  # fmt: skip
        for person in found.persons:
            if person.pk != owner:
                origins.setdefault(person.pk, []).append(origin)
        named |= {group.pk: group for group in found.groups}
    if not origins and not named:
        raise NobodyChosen()
    return Choice(origins, named)


def require_reach(by: User, persons: Sequence[User], groups: Sequence[Group]) -> None:
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
