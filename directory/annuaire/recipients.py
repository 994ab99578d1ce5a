"""The recipients of a favourite, and those that one may add, as lines of a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from core.text import fold
from directory.annuaire.groups import sub_of
from directory.annuaire.lines import lines
from directory.annuaire.viewer import Viewer
from directory.group_search import find_groups, in_order
from directory.models import Attachment, Favourite, Group, Guardianship
from directory.querysets.favourites import groups_for_favourites
from directory.search import find_people, typed_words

GROUPS, PEOPLE = 8, 20
PERSON, GROUP = "person", "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person or a group (`kind`): `chosen` when the favourite holds it, `reached` unless it is no
    longer within the owner's reach, `left` where a person is no longer in a school of the owner's."""

    kind: str
    uuid: UUID
    name: str
    sub: str = ""
    person: User | None = None
    chosen: bool = True
    reached: bool = True
    left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What may be added. `typed` is what was looked for; `more` says that names go on past those shown."""

    typed: str
    found: list[Recipient]
    approximate: bool = False
    more: bool = False


def recipients_of(favourite: Favourite, viewer: Viewer) -> list[Recipient]:
    """Groups first, then persons, by name. Nine queries at most, whatever their number."""
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
    gone = who_left(viewer, [person.pk for person in people if person.pk not in near])
    return shown + [
        _person(
            person,
            told.get(person.pk, ""),
            chosen=True,
            reached=person.pk in near,
            left=person.pk in gone,
        )
        for person in people
    ]


def who_left(viewer: Viewer, people: Sequence[int]) -> set[int]:
    """Those of these people who belonged to a school of the viewer's, themselves or through a pupil, and
    no longer do. Two queries; none for nobody."""
    if not people:
        return set()
    schools = [school.pk for school in viewer.own_schools]
    here, before = set[int](), set[int]()
    own = Attachment.objects.filter(school_id__in=schools, person_id__in=people)
    through = Guardianship.objects.filter(
        relative_id__in=people, pupil__attachment__school_id__in=schools
    ).order_by()
    rows: list[tuple[Any, ...]] = [
        *own.values_list("person_id", "ended_on", "person__pre_deleted_on"),
        *through.values_list(
            "relative_id", "ended_on", "pupil__attachment__ended_on", "pupil__pre_deleted_on"
        ),
    ]
    for person, *ends in rows:
        (before if any(ends) else here).add(person)
    return before - here


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
    return Recipient(
        kind=GROUP,
        uuid=group.uuid,
        name=group.label,
        sub=sub_of(group, viewer),
        chosen=chosen,
        reached=reached,
    )


def _person(person: User, sub: str, **state: Any) -> Recipient:
    return Recipient(kind=PERSON, uuid=person.uuid, name=person.full_name, sub=sub, person=person, **state)
