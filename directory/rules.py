"""Who may find whom, who administers what: pure rules over what is known of two people. How far each
profile reaches in a school is the school's to say, within bounds: `directory.communication`.

Their twins, for thousands, are in `directory.querysets`; a property test proves that both agree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from accounts.enums import Profile
from directory.enums import GroupKind, Party, Scope

TEAM = frozenset({Profile.TEACHER, Profile.STAFF})
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What one person's reach is made of; every set holds primary keys.

    `schools` are those they belong to, `classes` theirs as pupil or teacher, `child_…` those of their
    children; `near` and `wide` are what the rules of their schools give them, party by party: the classes
    of theirs in which they reach it, the schools in which they reach all of it
    (`directory.communication`); `guardians` their own relatives, `co_guardians` whoever else is
    responsible for one of their children; `circle` the academies where they are a director or an eRUN.
    Schools closed to them are in `closed_schools` and in none of these; children whose tie the direction
    limited are in `child_schools` alone, for its direction.
    """

    person: int
    profile: Profile
    schools: frozenset[int] = NOBODY
    districts: frozenset[int] = NOBODY
    circle: frozenset[int] = NOBODY
    classes: frozenset[int] = NOBODY
    children: frozenset[int] = NOBODY
    child_schools: frozenset[int] = NOBODY
    child_classes: frozenset[int] = NOBODY
    near: Mapping[Party, frozenset[int]] = field(default_factory=dict)
    wide: Mapping[Party, frozenset[int]] = field(default_factory=dict)
    guardians: frozenset[int] = NOBODY
    co_guardians: frozenset[int] = NOBODY
    closed_schools: frozenset[int] = NOBODY
    administered_schools: frozenset[int] = NOBODY
    administered_districts: frozenset[int] = NOBODY
    administered_academies: frozenset[int] = NOBODY
    platform: bool = False

    @property
    def in_team(self) -> bool:
        return self.profile in TEAM

    @property
    def administers_something(self) -> bool:
        return bool(
            self.platform
            or self.administered_schools
            or self.administered_districts
            or self.administered_academies
        )


@dataclass(frozen=True, slots=True)
class Post:
    """A person's place in a school."""

    school: int
    district: int | None
    academy: int
    profile: Profile
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where someone may be found. `child_schools` are those of the pupils they are responsible for,
    where the direction did not end the tie, `child_classes` where it neither ended nor limited it;
    `erun_academies` those of the districts that they administer."""

    person: int
    present: bool = True
    posts: tuple[Post, ...] = ()
    taught: frozenset[int] = NOBODY
    attended: frozenset[int] = NOBODY
    child_schools: frozenset[int] = NOBODY
    child_classes: frozenset[int] = NOBODY
    erun_academies: frozenset[int] = NOBODY


class Why(StrEnum):
    """By what one person reaches another, or a group."""

    ONESELF = "oneself"
    FAMILY = "family"  # own children, own relatives
    CLASS = "class"  # a rule of the school, through a class of theirs
    SCHOOL = "school"  # a rule of the school, for all of a party
    DISTRICT = "district"  # colleagues of the district
    CIRCLE = "circle"  # directors and eRUN of one academy
    SCOPE = "scope"  # the teams of what one administers
    MEMBER = "member"  # a manual group that its school opens to whoever is in it


@dataclass(frozen=True, slots=True)
class Way:
    """One reason to reach: `party` and `place` (a class's key, or a school's) of a rule of the school."""

    why: Why
    party: Party | None = None
    place: int = 0


def reaches(me: Standpoint, them: Whereabouts) -> bool:
    """Whether a person may find, and write to, another: oneself, and whomever a way leads to. Nobody who
    is pre-deleted."""
    return next(ways_to(me, them), None) is not None


def ways_to(me: Standpoint, them: Whereabouts) -> Iterator[Way]:
    """Every reason for which someone reaches another.

    Own children and own relatives; by the rules of a school (`me.near`, `me.wide`), but for whoever shares
    a child; teams reach those of their district; directors and eRUN of one academy one another;
    administrators the staff of their scope.
    """
    if not them.present:
        return
    if them.person == me.person:
        yield Way(Why.ONESELF)
    if them.person in me.children | me.guardians:
        yield Way(Why.FAMILY)
    yield from _by_rules(me, them)
    if me.in_team and any(post.profile in TEAM and post.district in me.districts for post in them.posts):
        yield Way(Why.DISTRICT)
    if me.circle & _circle(them):
        yield Way(Why.CIRCLE)
    if any(post.profile in TEAM and administers(me, post) for post in them.posts):
        yield Way(Why.SCOPE)


def administers(me: Standpoint, place: Post) -> bool:
    """Whether a person administers the school of a post: it, its district, its academy, or all."""
    return administers_place(me, school=place.school, district=place.district, academy=place.academy)


def administers_place(
    me: Standpoint, *, school: int | None, district: int | None, academy: int | None
) -> bool:
    """Whether a person administers a place: itself, or a wider one that holds it. `school` is None for a
    district, both are for an academy."""
    return (
        me.platform
        or (school is not None and school in me.administered_schools)
        or (district is not None and district in me.administered_districts)
        or (academy is not None and academy in me.administered_academies)
    )


def scopes_over(me: Standpoint, *, school: int, district: int | None, academy: int) -> tuple[Scope, ...]:
    """The rights by which a person administers a school, the narrowest first."""
    held = (
        (Scope.SCHOOL, school in me.administered_schools),
        (Scope.DISTRICT, district in me.administered_districts),
        (Scope.ACADEMY, academy in me.administered_academies),
        (Scope.PLATFORM, me.platform),
    )
    return tuple(scope for scope, true in held if true)


def reaches_up_to(mine: Iterable[Scope], scope: Scope) -> bool:
    """Whether one of these rights is as wide as that one, or wider."""
    order = list(Scope)
    return any(order.index(each) >= order.index(scope) for each in mine)


def _by_rules(me: Standpoint, them: Whereabouts) -> Iterator[Way]:
    """What the rules of their schools give, through a class or the whole school."""
    for party, classes in (
        (Party.TEACHER, them.taught),
        (Party.PUPIL, them.attended),
        (Party.RELATIVE, them.child_classes),
    ):
        for key in classes & me.near.get(party, NOBODY):
            if party != Party.RELATIVE or them.person not in me.co_guardians:
                yield Way(Why.CLASS, party, key)
    for post in them.posts:
        if post.head and post.school in me.wide.get(Party.DIRECTION, NOBODY):
            yield Way(Why.SCHOOL, Party.DIRECTION, post.school)
        if post.school in me.wide.get(Party(post.profile), NOBODY):
            yield Way(Why.SCHOOL, Party(post.profile), post.school)
    for school in them.child_schools & me.wide.get(Party.RELATIVE, NOBODY):
        yield Way(Why.SCHOOL, Party.RELATIVE, school)


def _circle(them: Whereabouts) -> frozenset[int]:
    """Academies where someone is a director or an eRUN."""
    return frozenset(post.academy for post in them.posts if post.head) | them.erun_academies


type ScolarityGroup = tuple[GroupKind, int, Profile | None]


def scolarity_groups(them: Whereabouts) -> frozenset[ScolarityGroup]:
    """The groups of scolarity that someone is in: kind, key of the class or school, profile. The twin of
    the view `directory_scolarity_membership`, read through pupils who are present."""
    found: set[ScolarityGroup] = {(GroupKind.SCHOOL, post.school, post.profile) for post in them.posts}
    found |= {(GroupKind.DIRECTION, post.school, None) for post in them.posts if post.head}
    found |= {(GroupKind.SCHOOL, school, Profile.RELATIVE) for school in them.child_schools}
    found |= {(GroupKind.CLASS, key, Profile.TEACHER) for key in them.taught}
    found |= {(GroupKind.CLASS, key, Profile.PUPIL) for key in them.attended}
    found |= {(GroupKind.CLASS, key, Profile.RELATIVE) for key in them.child_classes}
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlace:
    """A group as the rule of address sees it. `runs`: of a class of the years that run, or of no class;
    `open_to_members`: a manual group that its school lets its members write to."""

    kind: GroupKind
    school: int
    district: int | None
    academy: int
    school_class: int | None = None
    profile: Profile | None = None
    runs: bool = True
    open_to_members: bool = False


def may_address(me: Standpoint, group: GroupPlace, *, in_it: bool = False) -> bool:
    """Whether a person may write to a group, and share with it. To address is not to see who is in it."""
    return next(ways_to_group(me, group, in_it=in_it), None) is not None


def ways_to_group(me: Standpoint, group: GroupPlace, *, in_it: bool = False) -> Iterator[Way]:
    """Every reason for which someone addresses a group.

    By the rules of its school, as people are reached; teams: the manual groups of their schools, the teams
    of their district. Administrators: the teams of their scope. Directors and eRUN: the directions of
    their academy. Whoever is in a manual group that its school opens.
    """
    if group.kind == GroupKind.MANUAL:
        if in_it and group.open_to_members and group.school not in me.closed_schools:
            yield Way(Why.MEMBER)
        if me.in_team and group.school in me.schools:
            yield Way(Why.SCHOOL)
        return
    party = Party(group.profile) if group.profile else Party.DIRECTION
    if group.school_class in me.near.get(party, NOBODY):
        yield Way(Why.CLASS, party, group.school_class or 0)
    if group.runs and group.school in me.wide.get(party, NOBODY):
        yield Way(Why.SCHOOL, party, group.school)
    if not _is_of_team(group):
        return
    if me.in_team and group.school_class is None and group.district in me.districts:
        yield Way(Why.DISTRICT)
    if group.kind == GroupKind.DIRECTION and group.academy in me.circle:
        yield Way(Why.CIRCLE)
    if _administers_group(me, group):
        yield Way(Why.SCOPE)


def _is_of_team(group: GroupPlace) -> bool:
    return group.runs and (group.kind == GroupKind.DIRECTION or group.profile in TEAM)


def _administers_group(me: Standpoint, group: GroupPlace) -> bool:
    return administers_place(me, school=group.school, district=group.district, academy=group.academy)
