"""Which grants end when a school passes to the next year: decided here and nowhere else.

A grant to a scolarity group bears a year: its class's, or for a group of the school the running year of
the day it was given. It ends with the turn to a later year. Grants to persons and to manual groups bear
none and stay. The panel's mark, the preview, the purge and the undo all ask here.
"""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from core import clock
from directory.enums import GroupKind
from directory.models import Group
from schools.rules import year_of
from sharing.models import Grant


class Mark(StrEnum):
    """How long a share lasts; `label` is the words of the panel. `SOON`: its school is in the next year already, and
    turns over within weeks."""

    SOON = "soon"
    ENDS = "ends"
    KEPT = "kept"

    @property
    def label(self) -> str:
        return {
            Mark.SOON: "jusqu’au changement d’année, à la rentrée",
            Mark.ENDS: "jusqu’à la fin de l’année scolaire",
            Mark.KEPT: "conservé",
        }[self]

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return {
            Mark.SOON: "jusqu’à la rentrée",
            Mark.ENDS: "jusqu’à la fin de l’année",
            Mark.KEPT: "conservé",
        }[self]


# The shortest first.
LASTING = (Mark.SOON, Mark.ENDS, Mark.KEPT)


def lasts(kind: GroupKind | str) -> bool:
    """Whether what is shared with a group of this kind outlives the school year."""
    return GroupKind(kind) not in purged_kinds()


def mark_of(grantee: Grant | Group | None) -> Mark:
    """The mark of a grant, or of a share given today to a group, or (None) to a person. Reads the group's school,
    and its class."""
    group = grantee.group if isinstance(grantee, Grant) else grantee
    if group is None or lasts(group.kind):
        return Mark.KEPT
    return mark_of_year(
        grantee.year if isinstance(grantee, Grant) else year_for(group), group.school.running_year
    )


def mark_of_year(year: int | None, running_year: int | None) -> Mark:
    """The mark of what ends, by the year that it bears and the one that its school is in."""
    return Mark.SOON if year is not None and running_year is not None and year < running_year else Mark.ENDS


def year_for(group: Group) -> int | None:
    """The year that a grant to this group bears when it is given today. Reads its class and school."""
    if group.kind == GroupKind.MANUAL:
        return None
    if group.kind == GroupKind.CLASS and group.school_class is not None:
        return group.school_class.year
    return group.school.running_year or year_of(clock.today())


def ends_q() -> Q:
    """The grants that some rollover ends."""
    return Q(year__isnull=False, group__kind__in=purged_kinds())


def ending(*, school_id: int, to_year: int) -> QuerySet[Grant]:
    """The grants that end when a school passes to a year: of those before, to its scolarity groups."""
    return Grant.objects.filter(ends_q(), group__school_id=school_id, year__lt=to_year)


def ending_of_schools() -> QuerySet[Grant, Any]:
    """The set-based twin of `ending`, of all schools: rows (id, school, year, resource, its kind, group, its
    kind); with a turn to a year end those of its school whose year is before."""
    columns = ("pk", "group__school_id", "year", "resource_id", "resource__kind", "group_id", "group__kind")
    return Grant.objects.filter(ends_q()).order_by().values_list(*columns)


def purged_kinds() -> list[GroupKind]:
    """Kinds of group whose grants end with the year, by the setting `ROLLOVER_PURGED_GROUPS`."""
    if settings.ROLLOVER_PURGED_GROUPS == "class":
        return [GroupKind.CLASS]
    return [GroupKind.CLASS, GroupKind.SCHOOL, GroupKind.DIRECTION]
