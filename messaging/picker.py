"""Whom one may add to a message, as lines of a page: persons, groups with how many they reach, favourites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from core.text import uuid_of
from directory.annuaire.lines import lines
from directory.annuaire.viewer import Viewer
from directory.group_search import find_groups, in_order
from directory.models import Favourite, Group
from directory.querysets.groups import numbers_of_members
from directory.querysets.people import attached_to, people_within, relatives_in_schools
from directory.rules import Standpoint
from directory.search import find_people, typed_words
from messaging.enums import Line
from messaging.models import Message
from messaging.reach import groups_to_write, people_to_write
from messaging.rules import standpoint_to_write
from messaging.services.writing import Target, of_favourite
from ui.french import counted

PERSON, GROUP, FAVOURITE = "person", "group", "favourite"
GROUPS, PEOPLE = 8, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Someone, a group or a favourite: `key` is what a form sends back (`person:<uuid>`)."""

    key: str
    name: str
    sub: str = ""
    kind: str = PERSON
    person: User | None = None
    line: str = Line.TO
    refused: bool = False

    @property
    def value(self) -> str:
        return f"{self.line}|{self.key}"


def _person(person: User, sub: str = "", line: str = Line.TO) -> Recipient:
    return Recipient(key=f"{PERSON}:{person.uuid}", name=person.full_name, sub=sub, person=person, line=line)


def _group(group: Group, number: int, line: str = Line.TO) -> Recipient:
    sub = counted(number, "personne")
    return Recipient(key=f"{GROUP}:{group.uuid}", name=group.label, sub=sub, kind=GROUP, line=line)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be added. `approximate` where only names close to what was typed fit."""

    typed: str
    found: list[Recipient]
    approximate: bool = False
    more: bool = False


def offer(viewer: Viewer, typed: str, chosen: Iterable[str]) -> Offer:
    """Groups and persons whose name fits, but those chosen; while nothing is typed, the groups of one's own
    classes and one's favourites, and for families the people whom they may write to. Twelve queries at most,
    whatever the number of people."""
    me, known = standpoint_to_write(viewer.standpoint), set(chosen)
    groups = groups_to_write(me)
    if not typed_words(typed):
        mine = [school_class.pk for school_class in viewer.own_classes]
        near = list(in_order(groups.filter(school_class_id__in=mine))[:GROUPS]) if mine else []
        favourites = Favourite.objects.filter(owner=viewer.person).order_by("name", "pk")[:GROUPS]
        # Families have few to write to: there they are, nothing has to be typed.
        people = [] if me.in_team else list(people_to_write(me).order_by("sort_name", "pk")[:PEOPLE])
        found = [*_people(people, viewer), *_groups(near)] + [
            Recipient(key=f"{FAVOURITE}:{each.uuid}", name=each.name, sub="favori", kind=FAVOURITE)
            for each in favourites
        ]
        return Offer(typed="", found=[each for each in found if each.key not in known])
    found_groups = list(find_groups(groups, typed)[: GROUPS + 1])
    people = find_people(people_to_write(me), typed)
    named = list(people.people[: PEOPLE + 1])
    found = [*_groups(found_groups[:GROUPS]), *_people(named[:PEOPLE], viewer)]
    return Offer(
        typed=typed,
        found=[each for each in found if each.key not in known],
        approximate=people.approximate and not found_groups,
        more=len(found_groups) > GROUPS or len(named) > PEOPLE,
    )


def recipients_of(message: Message) -> list[Recipient]:
    """To whom a draft is written, in the order in which they were added. Five queries at most."""
    addresses = list(message.addresses.select_related("person"))
    keys = [each.group_id for each in addresses if each.group_id is not None]
    groups = {
        group.pk: group
        for group in Group.objects.filter(pk__in=keys).select_related("school", "school_class")
    }
    numbers = numbers_of_members(groups.values()) if groups else {}
    found = []
    for each in addresses:
        if each.person is not None:
            found.append(_person(each.person, line=each.line))
        elif each.group_id in groups:
            found.append(_group(groups[each.group_id], numbers.get(each.group_id, 0), each.line))
    return found


def recipients_named(by: User, values: Sequence[str]) -> list[Recipient]:
    """`targets_of`, as lines of a page: whom a new message is begun to, by the address."""
    targets = targets_of(by, values)
    groups = _groups([each.group for each in targets if each.group is not None])
    return [_person(each.person) for each in targets if each.person is not None] + groups


def targets_of(by: User, values: Sequence[str]) -> list[Target]:
    """What a form sends back (`TO|person:<uuid>`), read: what names nobody is left out; a favourite is whom it
    names now. Three queries, and those of each favourite."""
    asked = [parsed for value in values if (parsed := _parsed(value))]
    people = {p.uuid: p for p in User.objects.present().filter(uuid__in=_of(asked, PERSON))}
    groups = {
        g.uuid: g
        for g in Group.objects.filter(uuid__in=_of(asked, GROUP)).select_related("school", "school_class")
    }
    favourites = {f.uuid: f for f in Favourite.objects.filter(owner=by, uuid__in=_of(asked, FAVOURITE))}
    targets: list[Target] = []
    for line, kind, uuid in asked:
        if kind == PERSON and uuid in people:
            targets.append(Target(line, person=people[uuid]))
        elif kind == GROUP and uuid in groups:
            targets.append(Target(line, group=groups[uuid]))
        elif kind == FAVOURITE and uuid in favourites:
            targets += of_favourite(by=by, favourite=favourites[uuid], line=line)
    return targets


def _parsed(value: str) -> tuple[Line, str, UUID] | None:
    line, _, key = value.partition("|")
    kind, _, text = key.partition(":")
    uuid = uuid_of(text)
    if line not in Line.values or kind not in {PERSON, GROUP, FAVOURITE} or uuid is None:
        return None
    return Line(line), kind, uuid


def _of(asked: Iterable[tuple[Line, str, UUID]], kind: str) -> list[UUID]:
    return [uuid for _, what, uuid in asked if what == kind]


def _groups(groups: Sequence[Group]) -> list[Recipient]:
    numbers = numbers_of_members(groups) if groups else {}
    return [_group(group, numbers.get(group.pk, 0)) for group in groups]


def _people(people: Sequence[User], viewer: Viewer) -> list[Recipient]:
    several = len(viewer.own_schools) != 1
    return [_person(line.person, line.sub) for line in lines(people, viewer, with_school=several)]


def senders_for(me: Standpoint) -> UserQuerySet:
    """Whom someone may keep from a pupil: whoever they reach, and whoever they administer; pupils write to
    no pupil."""
    known = Q(pk__in=people_within(me).order_by().values("pk"))
    if me.administered_schools:
        known |= Q(pk__in=attached_to(me.administered_schools))
        known |= Q(pk__in=relatives_in_schools(me.administered_schools))
    people: UserQuerySet = User.objects.present()
    return people.filter(known).exclude(profile=Profile.PUPIL).exclude(pk=me.person)
