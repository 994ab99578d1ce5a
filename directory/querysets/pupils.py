"""The pupils of a school, class by class."""

from accounts.enums import Profile
from accounts.models import User
from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment
from schools.models import School


def pupils_by_class(school: School) -> list[tuple[User, str]]:
    """Each pupil with their class's label ('' while one is awaited, last), by class and name. Two queries."""
    rows = ClassAttachment.objects.filter(
        school_class__school=school, role=ClassRole.PUPIL, ended_on__isnull=True
    )
    labels = dict(rows.values_list("person_id", "school_class__label"))
    here = Attachment.objects.filter(
        school=school, profile=Profile.PUPIL, ended_on__isnull=True, person__pre_deleted_on__isnull=True
    )
    pupils = [row.person for row in here.select_related("person").order_by("person__sort_name", "person_id")]
    told = [(pupil, labels.get(pupil.pk, "")) for pupil in pupils]
    return sorted(told, key=lambda each: (not each[1], each[1]))
