"""Who sees a thing, line by line, as the share panel tells it to whoever manages it.

A fixed number of queries, whatever the number of grants.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from accounts.enums import Profile
from accounts.models import User
from core.text import fold
from directory.annuaire.lines import lines as told_of
from directory.annuaire.viewer import Viewer
from directory.enums import GroupKind
from directory.models import Group, Membership, ScolarityMembership
from directory.querysets import members_of
from sharing.enums import Role
from sharing.lifetime import Mark, mark_of
from sharing.models import Grant, Resource
from sharing.panel import words
from ui.french import counted

# A favourite's people beyond these are counted, not written.
SHOWN = 200


@dataclass(slots=True)
class Line:
    """One recipient: a group (and its year), a favourite, or a person by name.

    `key` is what the forms send back: `group:…`, `favourite:…` or `person:…`.
    """

    key: str
    name: str
    role: int
    sub: str
    life: Mark
    profile: str = "group"
    person: User | None = None
    given_by: str = ""
    given_at: datetime | None = None
    origins: list[str] = field(default_factory=list)
    year: str = ""
    people: list["Line"] = field(default_factory=list)
    hidden: int = 0
    by_name: bool = False
    can_be_named: bool = False

    @property
    def slug(self) -> str:
        """The key as an id of the page."""
        return f"{self.key.replace(':', '-')}{'-' + self.year[-9:] if self.year else ''}"

    @property
    def role_label(self) -> str:
        return Role(self.role).label

    @property
    def kept(self) -> bool:
        return self.life is Mark.KEPT


@dataclass(slots=True)
class Sheet:
    """All lines of a thing: scolarity groups first, then what is kept."""

    groups: list[Line]
    favourites: list[Line]
    persons: list[Line]
    inherited: list[tuple[Resource, list[Line]]]
    reached: int

    @property
    def lines(self) -> list[Line]:
        return [*self.groups, *self.favourites, *self.persons]

    @property
    def ending(self) -> list[Line]:
        return [line for line in self.groups if not line.kept]

    @property
    def nobody(self) -> bool:
        return not self.lines and not self.inherited


def sheet_of(resource: Resource, viewer: Viewer) -> Sheet:
    """The lines of `resource`, and those of the folders above it."""
    grants = list(
        Grant.objects.filter(resource_id__in=resource.chain)
        .select_related("person", "group__school", "group__school_class")
        .order_by("pk")
    )
    shown = _Words(grants, viewer)
    own = [grant for grant in grants if grant.resource_id == resource.pk]
    above = defaultdict(list)
    for grant in grants:
        if grant.resource_id != resource.pk:
            above[grant.resource_id].append(grant)
    folders = Resource.objects.filter(pk__in=list(above)) if above else Resource.objects.none()
    order = {key: place for place, key in enumerate(resource.ancestors)}
    inherited = [
        (folder, [*shown.groups(above[folder.pk]), *shown.persons_plain(above[folder.pk])])
        for folder in sorted(folders, key=lambda folder: -order[folder.pk])
    ]
    return Sheet(
        groups=shown.groups(own),
        favourites=shown.favourites(own),
        persons=shown.persons(own),
        inherited=inherited,
        reached=people_reached(grants, owner=resource.owner_id),
    )


def people_reached(grants: Iterable[Grant], *, owner: int | None) -> int:
    """How many distinct people these grants reach now, the owner left out. One query."""
    grants = list(grants)
    if not grants:
        return 0
    groups = {grant.group_id: grant.group for grant in grants if grant.group is not None}
    persons = [grant.person_id for grant in grants if grant.person_id is not None]
    reached = Q(pk__in=persons)
    if groups:
        reached |= Q(pk__in=members_of(groups.values()).order_by().values("pk"))
    return User.objects.present().filter(reached).exclude(pk=owner or 0).count()


def counts_of(groups: Sequence[Group]) -> dict[int, int]:
    """Members of each group, the pre-deleted left out. Two queries at most."""
    counts: dict[int, int] = {}
    scolarity = [group.pk for group in groups if group.kind != GroupKind.MANUAL]
    manual = [group.pk for group in groups if group.kind == GroupKind.MANUAL]
    if scolarity:
        rows = ScolarityMembership.objects.filter(
            group_id__in=scolarity, through__pre_deleted_on__isnull=True, person__pre_deleted_on__isnull=True
        )
        counts |= dict(
            rows.order_by().values_list("group_id").annotate(people=Count("person_id", distinct=True))
        )
    if manual:
        members = Membership.objects.filter(group_id__in=manual, person__pre_deleted_on__isnull=True)
        counts |= dict(members.order_by().values_list("group_id").annotate(people=Count("pk")))
    return counts


class _Words:
    """What is read once for all lines: names of givers, figures of groups, what tells people apart."""

    def __init__(self, grants: list[Grant], viewer: Viewer) -> None:
        groups = {grant.group_id: grant.group for grant in grants if grant.group is not None}
        self.counts = counts_of(list(groups.values()))
        people = {grant.person_id: grant.person for grant in grants if grant.person is not None}
        self.subs = {line.person.pk: line.sub for line in told_of(people.values(), viewer)} if people else {}
        self.me = viewer.person.uuid
        self.you = "toi" if viewer.person.profile == Profile.PUPIL else "vous"
        self.standpoint = viewer.standpoint
        givers = {grant.given_by for grant in grants} - {self.me}
        self.givers: dict[UUID, str] = User.everyone.filter(uuid__in=givers).names() if givers else {}
        self.groups_shared = defaultdict(set)
        for grant in grants:
            self.groups_shared[grant.resource_id, grant.group_id].add(grant.year)

    def giver(self, grant: Grant) -> str:
        if grant.given_by == self.me:
            return self.you
        return self.givers.get(grant.given_by, "une personne qui n’a plus de compte")

    def groups(self, grants: list[Grant]) -> list[Line]:
        """A line for each group and year: the years are said where one group has two."""
        found = []
        for grant in grants:
            if grant.group is None:
                continue
            several = len(self.groups_shared[grant.resource_id, grant.group_id]) > 1
            found.append(
                Line(
                    key=f"group:{grant.group.uuid}",
                    name=grant.group.label,
                    role=grant.role,
                    sub=words.group_words(grant.group, self.counts.get(grant.group_id or 0, 0)),
                    life=mark_of(grant),
                    given_by=self.giver(grant),
                    given_at=grant.given_at,
                    can_be_named=self._may_name(grant.group),
                    year=words.year_words(grant.year) if several and grant.year else "",
                )
            )
        return sorted(found, key=lambda line: (line.kept, fold(line.name), line.year))

    def _may_name(self, group: Group) -> bool:
        """Whether the viewer may know a group's members, and so name them."""
        return self.standpoint.in_team and group.school_id in self.standpoint.schools

    def favourites(self, grants: list[Grant]) -> list[Line]:
        """A line for each favourite that a grant comes of, with its people."""
        found: dict[str, Line] = {}
        for grant in grants:
            for origin in grant.origins:
                if origin["by"] != "favourite" or grant.person is None:
                    continue
                line = found.setdefault(
                    origin["uuid"],
                    Line(
                        key=f"favourite:{origin['uuid']}",
                        name=origin["name"],
                        role=origin["role"],
                        sub="",
                        life=Mark.KEPT,
                        given_by=self.giver(grant),
                        given_at=grant.given_at,
                    ),
                )
                line.role = max(line.role, origin["role"])
                line.people.append(self._person(grant))
        for line in found.values():
            count = len(line.people)
            line.sub = f"Favori · {counted(count, 'personne')}, {'à son nom' if count < 2 else 'à leur nom'}"
            line.people.sort(key=_by_name)
            line.people, line.hidden = line.people[:SHOWN], max(0, count - SHOWN)
        return sorted(found.values(), key=lambda line: fold(line.name))

    def persons(self, grants: list[Grant]) -> list[Line]:
        """A line for each person named; those who come by favourites alone stand under these."""
        named = [grant for grant in grants if grant.person is not None and _named(grant)]
        return sorted(map(self._person, named), key=_by_name)

    def persons_plain(self, grants: list[Grant]) -> list[Line]:
        return sorted((self._person(grant) for grant in grants if grant.person is not None), key=_by_name)

    def _person(self, grant: Grant) -> Line:
        person = grant.person
        assert person is not None
        return Line(
            key=f"person:{person.uuid}",
            name=person.full_name,
            role=_own_role(grant),
            sub=self.subs.get(person.pk, ""),
            life=Mark.KEPT,
            person=person,
            profile=str(person.profile),
            given_by=self.giver(grant),
            given_at=grant.given_at,
            origins=[o["name"] for o in grant.origins if o["by"] == "favourite"],
            by_name=_named(grant),
        )


def _named(grant: Grant) -> bool:
    return not grant.origins or any(origin["by"] == "name" for origin in grant.origins)


def _own_role(grant: Grant) -> int:
    """The role given by name, else the one that holds."""
    given: list[Any] = [origin["role"] for origin in grant.origins if origin["by"] == "name"]
    return max(given) if given else grant.role


def _by_name(line: Line) -> tuple[str, int]:
    return (line.person.sort_name, line.person.pk) if line.person is not None else (fold(line.name), 0)
