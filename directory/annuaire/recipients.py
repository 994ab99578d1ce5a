"""The recipients of a favourite, and those that one may add, as lines of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from core.text import fold
from directory.annuaire.lines import lines
from directory.annuaire.viewer import Viewer
from directory.enums import GroupKind
from directory.group_search import find_groups, in_order
from directory.models import Favourite, Group
from directory.querysets.favourites import groups_for_favourites
from directory.search import find_people, typed_words

GROUPS, PEOPLE = 8, 20
PERSON, GROUP = "person", "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person or a group (`kind`): `chosen` when the favourite holds it, `reached` unless it is no
    longer within the owner's reach."""

    kind: str
    uuid: UUID
    name: str
    sub: str = ""
    person: User | None = None
    chosen: bool = True
    reached: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What may be added. `typed` is what was looked for; `more` says that names go on past those shown."""

    typed: str
    found: list[Recipient]
    approximate: bool = False
    more: bool = False


def recipients_of(favourite: Favourite, viewer: Viewer) -> list[Recipient]:
    """Groups first, then persons, by name. Seven queries at most, whatever their number."""
    several = len(viewer.own_schools) != 1
    entries = favourite.entries.select_related("person", "group__school", "group__school_class")
    people = [entry.person for entry in entries if entry.person is not None]
    groups = [entry.group for entry in entries if entry.group is not None]
    near: set[int] = set()
    if people:
        near = set(viewer.people.filter(pk__in=[p.pk for p in people]).values_list("pk", flat=True))
    usable: set[int] = set()
    if groups:
        asked = groups_for_favourites(viewer.standpoint).filter(pk__in=[group.pk for group in groups])
        usable = set(asked.values_list("pk", flat=True))
    groups.sort(key=lambda group: (fold(group.label), group.pk))
    people.sort(key=lambda person: (person.sort_name, person.pk))
    shown = [_group(group, viewer=viewer, chosen=True, reached=group.pk in usable) for group in groups]
    told = {
        line.person.pk: line.sub
        for line in lines([p for p in people if p.pk in near], viewer, with_school=several)
    }
    return shown + [
        _person(person, told.get(person.pk, ""), chosen=True, reached=person.pk in near) for person in people
    ]


def offer(viewer: Viewer, typed: str, chosen: Iterable[Recipient]) -> Offer:
    """Groups and persons whose name fits; the groups of one's own classes while nothing is typed.

    At most ten queries, whatever the number of people.
    """
    several = len(viewer.own_schools) != 1
    known = {recipient.uuid for recipient in chosen}
    groups = groups_for_favourites(viewer.standpoint)
    if not typed_words(typed):
        mine = [school_class.pk for school_class in viewer.own_classes]
        near = in_order(groups.filter(school_class_id__in=mine))[:GROUPS] if mine else []
        return Offer(
            typed="", found=[_group(group, viewer=viewer, chosen=group.uuid in known) for group in near]
        )
    found_groups = list(find_groups(groups, typed)[: GROUPS + 1])
    found = find_people(viewer.people.exclude(pk=viewer.person.pk), typed)
    people = list(found.people[: PEOPLE + 1])
    return Offer(
        typed=typed,
        found=[
            *(_group(group, viewer=viewer, chosen=group.uuid in known) for group in found_groups[:GROUPS]),
            *(
                _person(line.person, line.sub, chosen=line.person.uuid in known)
                for line in lines(people[:PEOPLE], viewer, with_school=several)
            ),
        ],
        approximate=found.approximate and not found_groups,
        more=len(found_groups) > GROUPS or len(people) > PEOPLE,
    )


def _group(group: Group, *, viewer: Viewer, chosen: bool, reached: bool = True) -> Recipient:
    sub = "Groupe manuel" if group.kind == GroupKind.MANUAL else "Groupe de scolarité"
    if not _at_home(viewer, group.school_id) and group.kind in {GroupKind.MANUAL, GroupKind.CLASS}:
        sub = f"{sub} · {group.school.name}"
    return Recipient(kind=GROUP, uuid=group.uuid, name=group.label, sub=sub, chosen=chosen, reached=reached)


def _at_home(viewer: Viewer, school: int) -> bool:
    """Whether the school goes without saying: the only one that the viewer has."""
    return [each.pk for each in viewer.own_schools] == [school]


def _person(person: User, sub: str, **state: Any) -> Recipient:
    return Recipient(kind=PERSON, uuid=person.uuid, name=person.full_name, sub=sub, person=person, **state)
