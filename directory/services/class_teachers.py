"""Teachers are attached to their classes by hand, once the class has a pupil; no feed undoes it."""

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.enums import Profile, Source
from accounts.models import User
from core import audit, clock
from core.locks import Lock, take
from directory.authority import require_school
from directory.enums import ClassRole
from directory.errors import AlreadyDone, ClassNotOpen, NotATeacher, NotAttached
from directory.models import Attachment, ClassAttachment, SchoolClass


def attach_teacher(*, by: User, teacher: User, school_class: SchoolClass) -> ClassAttachment:
    """Attaches a teacher of the school to a class that runs.

    Raises NotYours, ClassNotOpen (another year's, or nobody in it), NotATeacher, AlreadyDone.
    """
    school = school_class.school
    require_school(by, school)
    with audit.acting(by=by):
        take((Lock.FEED, school.academy_id))
        school.refresh_from_db(fields=["class_year"])
        pupils = ClassAttachment.objects.filter(
            school_class=school_class, role=ClassRole.PUPIL, ended_on__isnull=True
        )
        if school_class.year != school.class_year or not pupils.exists():
            raise ClassNotOpen()
        here = Attachment.objects.filter(
            person=teacher, school=school, profile=Profile.TEACHER, ended_on__isnull=True
        )
        if teacher.pre_deleted_on is not None or not here.exists():
            raise NotATeacher()
        attachment, made = ClassAttachment.objects.get_or_create(
            person=teacher,
            school_class=school_class,
            ended_on=None,
            defaults={"role": ClassRole.TEACHER, "source": Source.MANUAL, "since": clock.today()},
        )
        if not made:
            raise AlreadyDone("Cette personne est déjà dans cette classe.")
        audit.record(
            "class.teacher_attached",
            subject=teacher.uuid,
            school=school.uuid,
            after={"class": str(school_class.uuid)},
        )
    return attachment


def detach_teacher(*, by: User, teacher: User, school_class: SchoolClass) -> None:
    """Ends a teacher's attachment to a class. Raises NotYours, NotAttached."""
    require_school(by, school_class.school)
    with audit.acting(by=by):
        take((Lock.FEED, school_class.school.academy_id))
        ended = ClassAttachment.objects.filter(
            person=teacher, school_class=school_class, role=ClassRole.TEACHER, ended_on__isnull=True
        ).update(ended_on=Greatest(F("since"), clock.today()), ended_by=by.uuid)
        if not ended:
            raise NotAttached("Cette personne n’enseigne pas dans cette classe.")
        audit.record(
            "class.teacher_detached",
            subject=teacher.uuid,
            school=school_class.school.uuid,
            before={"class": str(school_class.uuid)},
        )
