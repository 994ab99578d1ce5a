"""Groups that one may find: what each is, whether it shows who is in it, whether one may write to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from directory.annuaire.viewer import Viewer
from directory.enums import GroupKind
from directory.group_search import find_groups
from directory.models import Group
from directory.querysets.addressable import addressable_among, groups_addressable_from
from directory.querysets.groups import groups_within_of, numbers_of_members, schools_disclosing_to

FOUND = 8


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list. `members`: how many, None where the viewer may not see who they are;
    `addressed`: whether they may write to it, and share with it."""

    group: Group
    sub: str
    members: int | None
    addressed: bool


def groups_known_to(viewer: Viewer) -> QuerySet[Group]:
    """The groups that someone may write to, and those that they are in."""
    me = viewer.standpoint
    return Group.objects.filter(
        Q(pk__in=groups_addressable_from(me).order_by().values("pk"))
        | Q(pk__in=groups_within_of(me).order_by().values("pk"))
    )


def groups_found(viewer: Viewer, typed: str) -> tuple[list[GroupLine], bool]:
    """The first groups whose name fits, and whether there are more. Seven queries at most."""
    found = list(find_groups(groups_known_to(viewer), typed)[: FOUND + 1])
    return group_lines(found[:FOUND], viewer), len(found) > FOUND


def group_lines(groups: Iterable[Group], viewer: Viewer) -> list[GroupLine]:
    """Each group with what to say of it; their school and class were read with them. Four queries at most."""
    groups = list(groups)
    if not groups:
        return []
    me = viewer.standpoint
    shown = schools_disclosing_to(me, {group.school_id for group in groups})
    numbers = numbers_of_members(group for group in groups if group.school_id in shown)
    reached = addressable_among(me, groups)
    return [
        GroupLine(group, sub_of(group, viewer), numbers.get(group.pk), group.pk in reached)
        for group in groups
    ]


def sub_of(group: Group, viewer: Viewer) -> str:
    """« Groupe manuel », « Groupe de scolarité »; with the school of a group whose name does not say it."""
    sub = "Groupe manuel" if group.kind == GroupKind.MANUAL else "Groupe de scolarité"
    at_home = [school.pk for school in viewer.own_schools] == [group.school_id]
    if not at_home and group.kind in {GroupKind.MANUAL, GroupKind.CLASS}:
        sub = f"{sub} · {group.school.name}"
    return sub
