"""What a school's groups are worth: who is in them, what is shared with them, which are to be cleaned.

Administrators alone read it: the caller gives groups of their scope.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.enums import Profile
from directory.enums import GroupKind
from directory.group_search import find_groups
from directory.models import Group, Membership
from directory.querysets.groups import groups_of_past_years, memberships_left, numbers_of_members
from directory.search import typed_words
from sharing.models import Grant


class Mark(StrEnum):
    """What calls for a look at a group."""

    PAST = "past"
    UNUSED = "unused"
    LEFT = "left"


class Act(StrEnum):
    """What cleans a group: it is deleted, or those who left are taken out."""

    DELETE = "delete"
    TAKE_OUT = "take_out"


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends with a group: so many shares, of so many things, for so many people."""

    shares: int
    things: int
    people: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group as its administrators see it; `left` is how many of its members left the school."""

    group: Group
    members: int
    shares: int
    left: int
    marks: frozenset[Mark]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """One act that would clean a group, with why; `people` are taken out, or lose `shares`. `offered` is
    whether it is proposed at once: a group of a past year that still serves is for a human to say."""

    line: GroupLine
    act: Act
    mark: Mark
    people: int
    shares: int
    offered: bool

    @property
    def key(self) -> str:
        return f"{self.act.value}:{self.line.group.uuid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFilters:
    """What a list of groups is narrowed to; '' for all. `kind` is `manual` or `scolarity`; `school_class` a
    class's UUID. Classes of past years are shown by their mark alone."""

    kind: str = ""
    school_class: str = ""
    profile: str = ""
    mark: str = ""
    typed: str = ""

    @property
    def on(self) -> bool:
        return bool(self.kind or self.school_class or self.profile or self.mark or self.typed)


KINDS = ("manual", "scolarity")


def narrowed(groups: QuerySet[Group], filters: GroupFilters) -> QuerySet[Group]:
    """Groups of a scope, filtered, each with its school and class, in the order of `ordered`."""
    found = groups
    if typed_words(filters.typed):
        found = find_groups(groups, filters.typed)
    if filters.kind:
        manual = Q(kind=GroupKind.MANUAL)
        found = found.filter(manual if filters.kind == "manual" else ~manual)
    if filters.school_class:
        found = found.filter(school_class__uuid=filters.school_class)
    if filters.profile:
        found = found.filter(profile=filters.profile)
    if filters.mark == Mark.PAST:
        found = found.filter(groups_of_past_years())
    elif filters.mark == Mark.UNUSED:
        found = found.filter(unused())
    elif filters.mark == Mark.LEFT:
        found = found.filter(pk__in=memberships_left().values("group_id"))
    if filters.mark != Mark.PAST:
        found = found.exclude(groups_of_past_years() & Q(kind=GroupKind.CLASS))
    return ordered(found)


def ordered(groups: QuerySet[Group]) -> QuerySet[Group]:
    """Manual groups first, by name; then the school's, then its classes'. Annotated `rank` and `sort`,
    which with the key make a place in the list."""
    ranks = {GroupKind.MANUAL: 0, GroupKind.DIRECTION: 1, GroupKind.SCHOOL: 2, GroupKind.CLASS: 3}
    profiles = {profile: str(number) for number, profile in enumerate(Profile.values)}
    by_profile = Case(
        *(When(profile=profile, then=Value(rank)) for profile, rank in profiles.items()),
        default=Value(""),
        output_field=CharField(),
    )
    name = Coalesce(
        F("school_class__folded_label"), Func("name", function="core_fold"), output_field=CharField()
    )
    return (
        groups.select_related("school", "school_class")
        .annotate(
            rank=Case(
                *(When(kind=kind, then=Value(rank)) for kind, rank in ranks.items()),
                output_field=IntegerField(),
            ),
            sort=Func(name, Value(" "), by_profile, function="concat", output_field=CharField()),
        )
        .order_by("rank", "sort", "pk")
    )


def unused() -> Q:
    """Manual groups without a share and without anybody; never a protected one."""
    granted = Grant.objects.filter(group_id=OuterRef("pk"))
    members = Membership.objects.filter(group_id=OuterRef("pk"), person__pre_deleted_on__isnull=True)
    return Q(~Exists(granted), ~Exists(members), kind=GroupKind.MANUAL, protected=False)


def lines_of(groups: Sequence[Group]) -> list[GroupLine]:
    """Groups, with their school and class, each with its figures and marks. Four queries."""
    ids = [group.pk for group in groups]
    members = numbers_of_members(groups)
    granted = Grant.objects.filter(group_id__in=ids).order_by().values("group_id")
    shares = dict(granted.annotate(n=Count("pk")).values_list("group_id", "n"))
    gone = memberships_left().filter(group_id__in=ids).order_by().values("group_id")
    left = dict(gone.annotate(n=Count("pk")).values_list("group_id", "n"))
    return [
        _line(group, members[group.pk], shares.get(group.pk, 0), left.get(group.pk, 0)) for group in groups
    ]


def ending_of(group: Group) -> Ending:
    """What would end with a group. Three queries."""
    told = Grant.objects.filter(group=group).aggregate(
        shares=Count("pk"), things=Count("resource_id", distinct=True)
    )
    return Ending(told["shares"], told["things"], numbers_of_members([group])[group.pk])


def cleanings_of(groups: QuerySet[Group]) -> list[Cleaning]:
    """What would clean the manual groups among these, in the order of the list. Five queries."""
    marked = groups.filter(kind=GroupKind.MANUAL).filter(
        groups_of_past_years() | unused() | Q(pk__in=memberships_left().values("group_id"))
    )
    return [each for line in lines_of(list(ordered(marked))) for each in _cleanings(line)]


def _line(group: Group, members: int, shares: int, left: int) -> GroupLine:
    marks = set()
    manual = group.kind == GroupKind.MANUAL
    if manual and not group.protected and not members and not shares:
        marks.add(Mark.UNUSED)
    if left:
        marks.add(Mark.LEFT)
    if _is_past(group):
        marks.add(Mark.PAST)
    return GroupLine(group, members, shares, left, frozenset(marks))


def _is_past(group: Group) -> bool:
    """The twin of `groups_of_past_years`."""
    school = group.school
    if group.kind == GroupKind.MANUAL:
        past = bool(group.year and school.running_year and group.year < school.running_year)
        return past and not group.protected
    if group.school_class is None:
        return False
    return bool(school.class_year and group.school_class.year < school.class_year)


def _cleanings(line: GroupLine) -> Iterable[Cleaning]:
    whole = not line.group.protected
    if Mark.UNUSED in line.marks:
        yield Cleaning(line, Act.DELETE, Mark.UNUSED, 0, 0, offered=True)
        return
    if Mark.LEFT in line.marks:
        yield Cleaning(line, Act.TAKE_OUT, Mark.LEFT, line.left, 0, offered=True)
    if Mark.PAST in line.marks and whole:
        yield Cleaning(line, Act.DELETE, Mark.PAST, line.members, line.shares, offered=False)
