"""Which pupils may not be pictured, told to the team while it posts: of the classes that read the blog, else of
their own."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from blog.models import Blog
from directory.annuaire.viewer import Viewer
from directory.consents import pupils_in_pictures
from directory.enums import ClassRole
from directory.models import ClassAttachment, Group, SchoolClass
from sharing.models import Grant


@dataclass(frozen=True, slots=True)
class Hidden:
    """A class, and those of its pupils who may not be pictured."""

    school_class: SchoolClass
    pupils: list[User]
    number: int


def not_pictured(viewer: Viewer, blog: Blog) -> list[Hidden]:
    """Class by class, those without such a pupil too; none for whoever is not of the team. Five queries."""
    if not viewer.in_team:
        return []
    classes = list(_classes(viewer, blog))
    belongings = ClassAttachment.objects.filter(
        school_class__in=classes,
        role=ClassRole.PUPIL,
        ended_on__isnull=True,
        person__pre_deleted_on__isnull=True,
    ).select_related("person")
    members: dict[int, list[User]] = defaultdict(list)
    for row in belongings.order_by("person__sort_name", "person_id"):
        members[row.school_class_id].append(row.person)
    allowed = pupils_in_pictures(pupil for pupils in members.values() for pupil in pupils)
    return [
        Hidden(
            each,
            [pupil for pupil in members[each.pk] if pupil.pk not in allowed],
            len(members[each.pk]),
        )
        for each in classes
        if members[each.pk]
    ]


def _classes(viewer: Viewer, blog: Blog) -> list[SchoolClass]:
    """Those whose groups the blog is shared with, all of a school whose groups it is shared with, within one's
    reach; else one's own."""
    granted = Grant.objects.filter(resource__in=blog.resource.chain, group__isnull=False)
    groups = Group.objects.filter(pk__in=granted.values("group"))
    rows = groups.values_list("kind", "school_class_id", "school_id")
    found = list(rows)
    classes = {school_class for _, school_class, _ in found if school_class is not None}
    schools = {school for kind, _, school in found if kind == "SCHOOL"}
    if not classes and not schools:
        return viewer.own_classes
    here = viewer.classes.filter(Q(pk__in=classes) | Q(school_id__in=schools)).order_by("label", "pk")
    return list(here)
