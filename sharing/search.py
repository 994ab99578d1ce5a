"""One search over persons, groups and favourites within reach, as one types; accents and case ignored."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from core.text import fold, uuid_of
from directory.annuaire.lines import lines as told_of
from directory.annuaire.viewer import Viewer
from directory.enums import GroupKind
from directory.group_search import find_groups, in_order
from directory.models import Group
from directory.querysets import favourites_of
from directory.querysets.addressable import groups_addressable_from
from directory.search import find_people, typed_words
from sharing.lifetime import Mark, mark_of
from sharing.panel import words
from ui.french import agree, counted

FAVOURITES, GROUPS, PEOPLE = 5, 8, 10


@dataclass(frozen=True, slots=True)
class Option:
    """One recipient to choose: `key` is what the form sends; `life` of a share given today."""

    key: str
    name: str
    sub: str
    profile: str
    life: Mark
    icon: str = ""
    person: User | None = None

    @property
    def kept(self) -> bool:
        return self.life is Mark.KEPT


def options(viewer: Viewer, typed: str, *, persons_only: bool = False) -> list[Option]:
    """What fits what was typed: favourites, then groups, then persons; one's favourites and the groups
    of one's own classes while nothing is. At most twelve queries, whatever the number of people."""
    asked = typed_words(typed)
    people = _persons(viewer, typed) if asked else []
    if persons_only:
        return people
    return [*_favourites(viewer.person, asked), *_groups(viewer, typed), *people]


def named(viewer: Viewer, keys: Iterable[str]) -> list[Option]:
    """The recipients that a form named, as they were chosen; whoever is out of reach is left out."""
    uuids: dict[str, list[UUID]] = {"person": [], "group": [], "favourite": []}
    for key in keys:
        kind, _, text = key.partition(":")
        if uuid := uuid_of(text):
            uuids.get(kind, []).append(uuid)
    favourites = favourites_of(viewer.person).filter(uuid__in=uuids["favourite"])
    groups = groups_addressable_from(viewer.standpoint).filter(uuid__in=uuids["group"])
    people = viewer.people.filter(uuid__in=uuids["person"]).order_by("sort_name", "pk")
    return [
        *map(_favourite_option, favourites),
        *(
            _group_option(group, with_school=False)
            for group in groups.select_related("school", "school_class").order_by("pk")
        ),
        *_people_options(people, viewer),
    ]


def _favourites(person: User, asked: list[str]) -> list[Option]:
    found = [favourite for favourite in favourites_of(person) if _fits(fold(favourite.name), asked)][
        :FAVOURITES
    ]
    return [_favourite_option(favourite) for favourite in found]


def _favourite_option(favourite: Any) -> Option:
    return Option(
        key=f"favourite:{favourite.uuid}",
        name=favourite.name,
        sub=f"Favori · {counted(favourite.size, 'destinataire')}, {agree(favourite.size, 'à son nom', 'à leur nom')}",
        profile="group",
        life=Mark.KEPT,
        icon="star",
    )


def _fits(folded: str, asked: list[str]) -> bool:
    parts = folded.split()
    return all(any(part.startswith(word) for part in parts) for word in asked)


def _groups(viewer: Viewer, typed: str) -> list[Option]:
    groups: QuerySet[Group] = groups_addressable_from(viewer.standpoint)
    if typed_words(typed):
        found = find_groups(groups, typed)
    else:
        found = in_order(groups.filter(school_class_id__in=[own.pk for own in viewer.own_classes]))
    chosen = list(found[:GROUPS])
    several_schools = len({group.school_id for group in chosen}) > 1
    return [_group_option(group, with_school=several_schools) for group in chosen]


def _group_option(group: Group, *, with_school: bool) -> Option:
    sub = words.group_words(group)
    if with_school and group.kind in (GroupKind.CLASS, GroupKind.MANUAL):
        sub = f"{sub} · {group.school.name}"
    return Option(
        key=f"group:{group.uuid}",
        name=group.label,
        sub=sub,
        profile="group",
        life=mark_of(group),
    )


def _persons(viewer: Viewer, typed: str) -> list[Option]:
    reach = viewer.people.exclude(pk=viewer.person.pk)
    return _people_options(find_people(reach, typed).people[:PEOPLE], viewer)


def _people_options(found: Iterable[User], viewer: Viewer) -> list[Option]:
    return [
        Option(
            key=f"person:{line.person.uuid}",
            name=line.person.full_name,
            sub=line.sub,
            profile=str(line.person.profile),
            life=Mark.KEPT,
            person=line.person,
        )
        for line in told_of(found, viewer)
    ]


def said(found: list[Option], typed: str) -> str:
    """What a reader hears of the answer."""
    if not found:
        return "Personne et aucun groupe de ce nom." if typed.strip() else ""
    return f"{counted(len(found), 'proposition')}. Flèches pour choisir."
