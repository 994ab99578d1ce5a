"""The demo's people take their places: classes have teachers, two administrators are named, accounts open."""

from accounts.enums import Profile
from accounts.services.activate import activate
from accounts.services.create_account import create_account
from core.progress import SILENT, Progress
from core.text import fold
from demo.accounts import chosen, password_of
from directory.enums import ClassRole
from directory.models import Administrator, Attachment, ClassAttachment, SchoolClass
from directory.services.administrators import give_rights
from directory.services.class_teachers import attach_teacher
from schools.models import Academy, District, School

ADMINISTRATORS = (("Camille", "Fontanel", District), ("Dominique", "Vasseur", Academy))


def give_classes() -> int:
    """Each class gets a teacher, as a director would give them in September; answers how many.

    Whoever the class is called after comes first, then the school's own teachers, then the shared one.
    """
    given = 0
    for school in School.objects.order_by("uai"):
        teachers = _teachers(school)
        waiting = _classes_without_teacher(school)
        head = next((each.person for each in teachers if each.is_head), None)
        if head is None or not waiting:
            continue
        free = [each.person for each in teachers]
        for school_class in waiting:
            named = [
                person for person in free if fold(person.last_name) in fold(school_class.label).split(" ")
            ]
            teacher = (named or free or [teachers[-1].person])[0]
            attach_teacher(by=head, teacher=teacher, school_class=school_class)
            free = [person for person in free if person != teacher]
        for spare in free:
            attach_teacher(by=head, teacher=spare, school_class=waiting[-1])
        given += len(waiting)
    return given


def name_administrators() -> None:
    """An eRUN for a district and one for the academy, once."""
    for first_name, last_name, kind in ADMINISTRATORS:
        place = kind.objects.order_by("pk").first()
        field = kind.__name__.lower()
        if place is None or Administrator.objects.filter(**{field: place}, ended_on__isnull=True).exists():
            continue
        academy = place if isinstance(place, Academy) else place.academy
        person = create_account(
            by=None, profile=Profile.STAFF, first_name=first_name, last_name=last_name, academy=academy
        )
        give_rights(by=None, person=person, place=place)


def open_accounts(*, progress: Progress = SILENT) -> int:
    """Opens the accounts that the demo shows and that nobody opened yet; answers how many."""
    waiting = {each.person.pk: each.person for each in chosen() if each.person.code_open}
    if waiting:
        progress.step("Comptes de démonstration", len(waiting))
    for person in waiting.values():
        activate(person=person, code_counter=person.code_counter, password=password_of(person))
        progress.advance()
    return len(waiting)


def _classes_without_teacher(school: School) -> list[SchoolClass]:
    if school.class_year is None:
        return []
    taught = ClassAttachment.objects.filter(role=ClassRole.TEACHER, ended_on__isnull=True)
    present = SchoolClass.objects.filter(school=school, year=school.class_year)
    return list(present.exclude(pk__in=taught.values("school_class_id")).order_by("label", "pk"))


def _teachers(school: School) -> list[Attachment]:
    """The school's teachers: its own, its head, then those of other schools too."""
    rows = Attachment.objects.filter(school=school, profile=Profile.TEACHER, ended_on__isnull=True)
    others = Attachment.objects.filter(ended_on__isnull=True).exclude(school=school)
    elsewhere = set(others.values_list("person_id", flat=True))
    ordered = rows.select_related("person").order_by("is_head", "person_id")
    return sorted(ordered, key=lambda row: row.person_id in elsewhere)
