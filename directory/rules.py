"""Who may find whom, who administers what: pure rules over what is known of two people.

Their twins, for thousands, are in `directory.querysets`; a property test proves that both agree.
"""

from dataclasses import dataclass

from accounts.enums import Profile
from directory.enums import GroupKind

TEAM = frozenset({Profile.TEACHER, Profile.STAFF})
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """What one person's reach is made of; every set holds primary keys.

    `schools` are those they belong to, `classes` theirs as pupil or teacher, `child_…` those of their
    children; `talking_classes` the children's classes whose relatives may reach one another;
    `guardians` their own relatives, `co_guardians` whoever else is responsible for one of their
    children; `circle` the academies where they are a director or an eRUN. Schools closed to them
    are in `closed_schools` and in none of these; children whose tie the direction limited are in `child_schools` alone.
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
    talking_classes: frozenset[int] = NOBODY
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


def reaches(me: Standpoint, them: Whereabouts) -> bool:
    """Whether a person may find, and write to, another.

    Nobody who is pre-deleted. Oneself. By profile: see each rule below. Directors and eRUN of one
    academy reach one another; administrators reach the staff of their scope.
    """
    if not them.present:
        return False
    if them.person == me.person:
        return True
    return (
        _by_profile(me, them)
        or bool(me.circle & _circle(them))
        or any(post.profile in TEAM and administers(me, post) for post in them.posts)
    )


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


def _by_profile(me: Standpoint, them: Whereabouts) -> bool:
    if me.in_team:
        return _team_reaches(me, them)
    if me.profile == Profile.RELATIVE:
        return _relative_reaches(me, them)
    if me.profile == Profile.PUPIL:
        return _pupil_reaches(me, them)
    return any(post.head and post.school in me.schools for post in them.posts)


def _team_reaches(me: Standpoint, them: Whereabouts) -> bool:
    """Everybody of their schools, families included, and colleagues of the district."""
    if me.schools & ({post.school for post in them.posts} | them.child_schools):
        return True
    return any(post.profile in TEAM and post.district in me.districts for post in them.posts)


def _relative_reaches(me: Standpoint, them: Whereabouts) -> bool:
    """Own children, their teachers, the direction of their schools; if the school says so, relatives of
    their classes, but for whoever shares a child with them."""
    if them.person in me.children or them.taught & me.child_classes:
        return True
    if any(post.head and post.school in me.child_schools for post in them.posts):
        return True
    return bool(them.child_classes & me.talking_classes) and them.person not in me.co_guardians


def _pupil_reaches(me: Standpoint, them: Whereabouts) -> bool:
    """Own relatives, the teachers of their class, their classmates."""
    return them.person in me.guardians or bool((them.taught | them.attended) & me.classes)


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
    """Whether a person may write to a group, and share with it. To address is not to see who is in it.

    Teams: their schools' groups, the teams of their district. Families and pupils: those of their
    classes, the direction. Guests: the direction. Administrators: the teams of their scope. Directors
    and eRUN: the directions of their academy. Whoever is in a manual group that its school opens.
    """
    if group.kind == GroupKind.MANUAL and in_it and group.open_to_members:
        return group.school not in me.closed_schools
    return (
        _addressed_by_profile(me, group)
        or (group.kind == GroupKind.DIRECTION and group.academy in me.circle)
        or (_is_of_team(group) and _administers_group(me, group))
    )


def _addressed_by_profile(me: Standpoint, group: GroupPlace) -> bool:
    if me.in_team:
        if group.school in me.schools:
            return group.runs
        return group.school_class is None and _is_of_team(group) and group.district in me.districts
    if me.profile == Profile.RELATIVE:
        return (
            (group.kind == GroupKind.DIRECTION and group.school in me.child_schools)
            or (group.profile == Profile.TEACHER and group.school_class in me.child_classes)
            or (group.profile == Profile.RELATIVE and group.school_class in me.talking_classes)
        )
    if me.profile == Profile.PUPIL:
        return group.school_class in me.classes and group.profile in {Profile.TEACHER, Profile.PUPIL}
    return group.kind == GroupKind.DIRECTION and group.school in me.schools


def _is_of_team(group: GroupPlace) -> bool:
    return group.runs and (group.kind == GroupKind.DIRECTION or group.profile in TEAM)


def _administers_group(me: Standpoint, group: GroupPlace) -> bool:
    return administers_place(me, school=group.school, district=group.district, academy=group.academy)
