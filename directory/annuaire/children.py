"""A relative's children, and where they are in school."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from core import sql
from directory.annuaire.viewer import Viewer
from directory.models import Guardianship, SchoolClass, TieRestriction
from schools.models import School


@dataclass(slots=True)
class Child:
    """A child of a relative, now. Without a class while one is awaited."""

    pupil: User
    level: str = ""
    schools: list[School] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    # The class and the card are closed to this relative, by the direction's decision.
    limited: bool = False
    # The relative answers for the child by law, as far as is known.
    legal: bool = True


def children_of(viewer: Viewer) -> list[Child]:
    """A relative's children, the eldest first, in the schools open to the relative.

    Ties ended are left out, limited ones keep the school alone. Three queries, and that of the viewer's schools;
    one where there is no child.
    """
    me = viewer.standpoint
    rows = sql.called("directory_children", viewer.person.pk, list(me.child_schools), list(me.child_classes))
    if not rows:
        return []
    pupils = User.objects.in_bulk([row["pupil"] for row in rows])
    schools = {school.pk: school for school in viewer.own_schools}
    classes = SchoolClass.objects.in_bulk({key for row in rows for key in row["class_keys"]})
    for school_class in classes.values():
        school_class.school = schools[school_class.school_id]
    return [
        Child(
            pupils[row["pupil"]],
            row["level"],
            [schools[key] for key in row["school_keys"]],
            [classes[key] for key in row["class_keys"]],
            limited=row["limited"],
            legal=row["legal"],
        )
        for row in rows
    ]


def free_ties_of(pupils: Sequence[int]) -> QuerySet[Guardianship]:
    """The ties of these pupils that the direction neither ended nor limited."""
    standing = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"), pupil_id=OuterRef("pupil_id"), lifted_at__isnull=True
    )
    return Guardianship.objects.filter(~Exists(standing), pupil_id__in=pupils, ended_on__isnull=True)
