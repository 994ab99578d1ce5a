"""Teachers are attached to their classes by hand, once the class has a pupil; no feed undoes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Q
from django.db.models.functions import Greatest

from accounts.enums import Profile, Source
from accounts.models import User
from core import audit, clock
from core.locks import Lock, take
from directory.authority import require_school
from directory.enums import ClassRole
from directory.errors import AlreadyDone, ClassNotOpen, NotATeacher, NotAttached, OutOfReach
from directory.models import Attachment, ClassAttachment, SchoolClass
from schools.models import School


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


type Pair = tuple[User, SchoolClass]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a grid changed: what was so already is not counted."""

    attached: int
    detached: int


def save_grid(*, by: User, school: School, attach: Iterable[Pair], detach: Iterable[Pair] = ()) -> Saved:
    """Attaches and detaches the teachers of a whole school at once, or nobody; saved twice, it changes
    nothing more. What the grid does not name stays as it is.

    Raises NotYours, ClassNotOpen, NotATeacher, OutOfReach (a class of another school).
    """
    require_school(by, school)
    wanted, over = list(attach), list(detach)
    if any(school_class.school_id != school.pk for _, school_class in (*wanted, *over)):
        raise OutOfReach("Une des classes choisies n’existe pas.")
    with audit.acting(by=by):
        take((Lock.FEED, school.academy_id))
        standing = set(
            ClassAttachment.objects.filter(
                school_class__school=school, role=ClassRole.TEACHER, ended_on__isnull=True
            ).values_list("person_id", "school_class_id")
        )
        new = {(t.pk, c.pk): (t, c) for t, c in wanted if (t.pk, c.pk) not in standing}
        gone = {(t.pk, c.pk): (t, c) for t, c in over if (t.pk, c.pk) in standing}
        _require_open(school, {c for _, c in new.values()})
        _require_teachers(school, {t for t, _ in new.values()})
        _begin(new.values())
        _end(gone.values(), by)
        audit.record_all(
            [
                *(_entry("class.teacher_attached", pair, school) for pair in new.values()),
                *(_entry("class.teacher_detached", pair, school) for pair in gone.values()),
            ]
        )
    return Saved(len(new), len(gone))


def _require_open(school: School, classes: set[SchoolClass]) -> None:
    school.refresh_from_db(fields=["class_year"])
    keys = [school_class.pk for school_class in classes]
    filled = ClassAttachment.objects.filter(
        school_class__in=keys, role=ClassRole.PUPIL, ended_on__isnull=True
    ).values_list("school_class_id", flat=True)
    if set(keys) - set(filled) or any(each.year != school.class_year for each in classes):
        raise ClassNotOpen()


def _require_teachers(school: School, people: set[User]) -> None:
    keys = {person.pk for person in people}
    here = Attachment.objects.filter(
        person__in=keys,
        person__pre_deleted_on__isnull=True,
        school=school,
        profile=Profile.TEACHER,
        ended_on__isnull=True,
    )
    if keys - set(here.values_list("person_id", flat=True)):
        raise NotATeacher()


def _begin(pairs: Iterable[Pair]) -> None:
    today = clock.today()
    ClassAttachment.objects.bulk_create(
        ClassAttachment(
            person=teacher,
            school_class=school_class,
            role=ClassRole.TEACHER,
            source=Source.MANUAL,
            since=today,
        )
        for teacher, school_class in pairs
    )


def _end(pairs: Iterable[Pair], by: User) -> None:
    over = [Q(person_id=teacher.pk, school_class_id=school_class.pk) for teacher, school_class in pairs]
    if not over:
        return
    ClassAttachment.objects.filter(reduce(or_, over), role=ClassRole.TEACHER, ended_on__isnull=True).update(
        ended_on=Greatest(F("since"), clock.today()), ended_by=by.uuid
    )


def _entry(verb: str, pair: Pair, school: School) -> audit.Entry:
    teacher, school_class = pair
    told = {"class": str(school_class.uuid)}
    begins = verb == "class.teacher_attached"
    return audit.Entry(
        verb=verb,
        subject=teacher.uuid,
        school=school.uuid,
        before=None if begins else told,
        after=told if begins else None,
    )
