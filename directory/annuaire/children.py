"""A relative's children, and where they are in school."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.viewer import Viewer
from directory.enums import TieLimit
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass, TieRestriction
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

    Ties ended are left out, limited ones keep the school alone. Three queries.
    """
    relative = viewer.person
    standing = TieRestriction.objects.filter(
        relative_id=relative.pk, pupil_id=OuterRef("pupil_id"), lifted_at__isnull=True
    )
    ties = (
        Guardianship.objects.filter(
            ~Exists(standing.filter(limit=TieLimit.ENDED)),
            relative_id=relative.pk,
            ended_on__isnull=True,
            pupil__pre_deleted_on__isnull=True,
        )
        .annotate(limited=Exists(standing))
        .select_related("pupil")
        .order_by("pupil__birth_date", "pupil__sort_name", "pupil_id")
    )
    children = {
        tie.pupil_id: Child(tie.pupil, limited=tie.limited, legal=tie.legal is not False) for tie in ties
    }
    attachments = Attachment.objects.filter(
        person_id__in=list(children),
        ended_on__isnull=True,
        profile=Profile.PUPIL,
        school_id__in=viewer.standpoint.child_schools,
    ).select_related("school")
    for attachment in attachments.order_by("school__name", "school_id"):
        child = children[attachment.person_id]
        child.schools.append(attachment.school)
        child.level = child.level or attachment.level
    belongings = ClassAttachment.objects.filter(
        person_id__in=[pk for pk, child in children.items() if not child.limited],
        ended_on__isnull=True,
        school_class_id__in=viewer.standpoint.child_classes,
    ).select_related("school_class__school")
    for belonging in belongings.order_by("school_class__label", "school_class_id"):
        children[belonging.person_id].classes.append(belonging.school_class)
    return list(children.values())


def free_ties_of(pupils: Sequence[int]) -> QuerySet[Guardianship]:
    """The ties of these pupils that the direction neither ended nor limited."""
    standing = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"), pupil_id=OuterRef("pupil_id"), lifted_at__isnull=True
    )
    return Guardianship.objects.filter(~Exists(standing), pupil_id__in=pupils, ended_on__isnull=True)
