"""To whom a person may write, and why: their reach told part by part, from the standpoint that rules read."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.enums import Profile
from accounts.models import User
from directory import labels
from directory.communication_words import KEPT, sentence
from directory.enums import Extent, Party
from directory.group_search import in_order
from directory.models import ClassAttachment, Group, Membership, SchoolClass
from directory.querysets.addressable import groups_addressable_from, place_of_group
from directory.querysets.standpoint import standpoint_of, whereabouts_of
from directory.rules import NOBODY, Standpoint, Way, Why, ways_to, ways_to_group
from schools.models import Academy, District, School
from ui.french import listed, unbroken

GROUPS = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """Whom, in words, and why."""

    who: str
    why: str


@dataclass(frozen=True, slots=True)
class GroupReason:
    group: Group
    why: list[str]


@dataclass(frozen=True, slots=True)
class ReachTold:
    """`groups` are the first ones, `more` whether there are others; `closed` names the schools that a
    block closes to the person for now."""

    people: list[Reason]
    groups: list[GroupReason]
    more: bool
    closed: list[str]


@dataclass(slots=True)
class Places:
    """The names that reasons need: a query a sort, whatever their number."""

    me: Standpoint
    classes: dict[int, SchoolClass]
    schools: dict[int, School]
    children: dict[int, list[str]]

    def why(self, way: Way) -> str:
        """A way in words: the rule, and the class, school or child by which it holds."""
        if way.party is not None:
            return self.of_rule(way.why, way.party, way.place)
        return _PLAIN[way.why]

    def of_rule(self, why: Why, party: Party, place: int) -> str:
        key = (Party(self.me.profile), party)
        if why == Why.CLASS:
            said = sentence(key, Extent.CLASS)
            school_class = self.classes.get(place)
            names = self.children.get(place, [])
            label = school_class.label if school_class else ""
            through = f"{listed(names)}, {label}" if names else label
            return f"{said} ({through})" if through else said
        school = self.schools.get(place)
        said = sentence(key, Extent.SCHOOL)
        return f"{said} ({school.name})" if school else said


_PLAIN = {
    Why.ONESELF: "C’est la même personne.",
    Why.FAMILY: "Ce sont un parent et son enfant : aucune école ne l’empêche.",
    Why.SCHOOL: "L’équipe d’une école écrit à tous ses groupes manuels.",
    Why.DISTRICT: "Les équipes d’une circonscription se joignent.",
    Why.CIRCLE: "Les directions et les eRUN d’une académie se joignent.",
    Why.SCOPE: "Un administrateur joint les équipes des écoles qu’il administre.",
    Why.MEMBER: "Cette personne est dans le groupe, que l’école ouvre à ses membres.",
}


def reach_told(person: User) -> ReachTold:
    """Everything that someone may write to, in a few lines; a fixed number of queries."""
    me = standpoint_of(person)
    places = _places(me)
    groups = list(in_order(groups_addressable_from(me))[: GROUPS + 1])
    mine = set(Membership.objects.filter(person=person, group__in=groups).values_list("group_id", flat=True))
    return ReachTold(
        people=[*_family(me), *_by_rules(me, places), *_beyond(me)],
        groups=[
            GroupReason(
                group,
                _whys(places, ways_to_group(me, place_of_group(group), in_it=group.pk in mine)),
            )
            for group in groups[:GROUPS]
        ],
        more=len(groups) > GROUPS,
        closed=[places.schools[key].name for key in sorted(me.closed_schools) if key in places.schools],
    )


def why_reaches(person: User, other: User) -> list[str]:
    """The reasons for which someone may write to someone else; none where they may not."""
    me = standpoint_of(person)
    return _whys(_places(me), ways_to(me, whereabouts_of(other)))


def _whys(places: Places, ways: Iterable[Way]) -> list[str]:
    return list(dict.fromkeys(unbroken(places.why(way)) for way in ways))


def _places(me: Standpoint) -> Places:
    near, wide = NOBODY.union(*me.near.values()), NOBODY.union(*me.wide.values())
    classes = SchoolClass.objects.filter(pk__in=near | me.classes | me.child_classes).order_by("label", "pk")
    schools = School.objects.filter(pk__in=wide | me.closed_schools).order_by("name", "pk")
    children: dict[int, list[str]] = defaultdict(list)
    if me.children:
        rows = ClassAttachment.objects.filter(
            person_id__in=me.children, ended_on__isnull=True, school_class_id__in=me.child_classes
        )
        for row in rows.select_related("person").order_by("person__sort_name", "pk"):
            children[row.school_class_id].append(row.person.first_name)
    return Places(
        me,
        {each.pk: each for each in classes},
        {each.pk: each for each in schools},
        children,
    )


def _family(me: Standpoint) -> list[Reason]:
    own = User.objects.present().filter(pk__in=me.children | me.guardians)
    names = [person.full_name for person in own.order_by("sort_name", "pk")]
    if not names:
        return []
    return [Reason(listed(names), unbroken(KEPT[Party(me.profile)]))]


def _by_rules(me: Standpoint, places: Places) -> list[Reason]:
    found = []
    for party in Party:
        for key, school in places.schools.items():
            if key in me.wide.get(party, ()):
                who = (
                    labels.direction(school.name)
                    if party == Party.DIRECTION
                    else labels.school_group(Profile(party), school.name)
                )
                found.append(Reason(who, unbroken(places.of_rule(Why.SCHOOL, party, key))))
        for key, school_class in places.classes.items():
            if key in me.near.get(party, ()):
                who = labels.class_group(Profile(party), school_class.label)
                found.append(Reason(who, unbroken(places.of_rule(Why.CLASS, party, key))))
    return found


def _beyond(me: Standpoint) -> list[Reason]:
    """What no rule of a school says: the district, the academy's directions, what one administers."""
    found = []
    if me.in_team and me.districts:
        districts = District.objects.filter(pk__in=me.districts).values_list("name", flat=True)
        names = [re.sub(r"^circonscription +", "", name, flags=re.IGNORECASE) for name in districts]
        found.append(Reason(f"Équipes de la circonscription {listed(names)}", _PLAIN[Why.DISTRICT]))
    if me.circle:
        academies = Academy.objects.filter(pk__in=me.circle).values_list("name", flat=True)
        found.append(
            Reason(f"Directions et eRUN de l’académie {listed(list(academies))}", _PLAIN[Why.CIRCLE])
        )
    if me.administers_something:
        found.append(Reason("Équipes des écoles que cette personne administre", _PLAIN[Why.SCOPE]))
    return [Reason(each.who, unbroken(each.why)) for each in found]
