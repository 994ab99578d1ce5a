"""Who signs in to the demo: chosen by what the academy holds, so that a rehearsed year changes them too."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.contrib.auth.hashers import check_password

from accounts.enums import Profile
from accounts.models import User
from directory.enums import ClassRole, Scope
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, SchoolClass
from schools.models import School

# Said on the terminal and in the README: the demo's people are invented.
ADULTS = "Cartable-de-demo"
PUPILS = "soleil"
CHANGED = "(changé)"
TEACHERS_A_SCHOOL = 1
PUPILS_A_CLASS = 2


class Role(StrEnum):
    DIRECTOR = "director"
    TEACHER = "teacher"
    RELATIVE = "relative"
    PUPIL = "pupil"
    DISTRICT_ADMIN = "district_admin"
    ACADEMY_ADMIN = "academy_admin"


FRENCH = {
    Role.DIRECTOR: "Direction",
    Role.TEACHER: "Enseignant",
    Role.RELATIVE: "Parent",
    Role.PUPIL: "Élève",
    Role.DISTRICT_ADMIN: "Circonscription",
    Role.ACADEMY_ADMIN: "Académie",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person, in the role that they are shown in."""

    role: Role
    person: User
    school: School | None = None
    school_class: SchoolClass | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a person types, and where they belong."""

    role: str
    login: str
    password: str
    name: str
    school: str
    school_name: str
    class_name: str

    def as_dict(self) -> dict[str, str]:
        told = asdict(self)
        return {("class" if key == "class_name" else key): value for key, value in told.items()}


def password_of(person: User) -> str:
    return PUPILS if person.profile == Profile.PUPIL else ADULTS


def chosen() -> list[Chosen]:
    """The demo's people by role, the same for the same academy."""
    teachers = [*_teachers_of_two_schools()[:1], *_teachers()]
    return [*_directors(), *teachers, *_relatives(), *_pupils(teachers), *_administrators()]


def listed() -> list[Listed]:
    """`chosen`, with what each types; `CHANGED` where someone took another password."""
    return [
        Listed(
            role=each.role,
            login=each.person.username,
            password=_password(each.person),
            name=f"{each.person.first_name} {each.person.last_name}",
            school=each.school.uai if each.school else "",
            school_name=each.school.name if each.school else "",
            class_name=each.school_class.label if each.school_class else "",
        )
        for each in chosen()
    ]


def table(rows: Iterable[Listed]) -> str:
    """The list as aligned text."""
    head = ("", "Identifiant", "Mot de passe", "Nom", "École", "Classe")
    lines = [
        (FRENCH[Role(row.role)], row.login, row.password, row.name, row.school_name, row.class_name)
        for row in rows
    ]
    widths = [max(len(line[i]) for line in [head, *lines]) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [head, *lines]
    )


def _password(person: User) -> str:
    known = password_of(person)
    return known if check_password(known, person.password) else CHANGED


def _directors() -> list[Chosen]:
    heads = Attachment.objects.filter(
        is_head=True, ended_on__isnull=True, person__pre_deleted_on__isnull=True
    )
    heads = heads.select_related("person", "school").order_by("school__uai", "person_id")
    by_school = {each.school_id: Chosen(Role.DIRECTOR, each.person, each.school) for each in reversed(heads)}
    return sorted(by_school.values(), key=lambda each: each.school.uai if each.school else "")


def _teaching() -> list[ClassAttachment]:
    """Who teaches a class and directs no school, in the order of schools and classes."""
    heads = Attachment.objects.filter(is_head=True, ended_on__isnull=True).values("person_id")
    teaching = ClassAttachment.objects.filter(
        role=ClassRole.TEACHER, ended_on__isnull=True, person__pre_deleted_on__isnull=True
    ).exclude(person_id__in=heads)
    wanted = teaching.select_related("person", "school_class__school")
    return list(wanted.order_by("school_class__school__uai", "school_class__label", "person_id"))


def _teacher(row: ClassAttachment) -> Chosen:
    return Chosen(Role.TEACHER, row.person, row.school_class.school, row.school_class)


def _schools_by_person(people: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Attachment.objects.filter(person_id__in=people, ended_on__isnull=True)
    for person, school in rows.values_list("person_id", "school_id"):
        found.setdefault(person, set()).add(school)
    return found


def _teachers_of_two_schools() -> list[Chosen]:
    rows = _teaching()
    schools = _schools_by_person({row.person_id for row in rows})
    return [_teacher(row) for row in rows if len(schools.get(row.person_id, ())) > 1]


def _teachers() -> list[Chosen]:
    """Of each school, the first that belong to it alone."""
    rows = _teaching()
    schools = _schools_by_person({row.person_id for row in rows})
    found: dict[int, list[Chosen]] = {}
    for row in rows:
        of_school = found.setdefault(row.school_class.school_id, [])
        alone = len(schools.get(row.person_id, ())) == 1
        if (
            alone
            and len(of_school) < TEACHERS_A_SCHOOL
            and row.person_id not in {c.person.pk for c in of_school}
        ):
            of_school.append(_teacher(row))
    return [each for several in found.values() for each in several]


def _relatives() -> list[Chosen]:
    """One with children in two schools, one whose children are in one."""
    ties = Guardianship.objects.filter(ended_on__isnull=True, relative__pre_deleted_on__isnull=True)
    children: dict[int, list[int]] = {}
    for relative, pupil in ties.order_by("relative__sort_name", "relative_id").values_list(
        "relative_id", "pupil_id"
    ):
        children.setdefault(relative, []).append(pupil)
    schools = _schools_by_person({pupil for pupils in children.values() for pupil in pupils})
    reach = {r: set().union(*(schools.get(p, set()) for p in pupils)) for r, pupils in children.items()}
    wanted = [
        next((r for r, found in reach.items() if test(len(found))), None) for test in (_several, _single)
    ]
    people = User.objects.in_bulk([each for each in wanted if each])
    places = School.objects.in_bulk({min(reach[pk]) for pk in people})
    return [Chosen(Role.RELATIVE, people[pk], places[min(reach[pk])]) for pk in wanted if pk]


def _several(count: int) -> bool:
    return count > 1


def _single(count: int) -> bool:
    return count == 1


def _pupils(teachers: list[Chosen]) -> list[Chosen]:
    """The first of each class of these teachers."""
    found: list[Chosen] = []
    for school_class in {
        each.school_class.pk: each.school_class for each in teachers if each.school_class
    }.values():
        rows = ClassAttachment.objects.filter(
            school_class=school_class,
            role=ClassRole.PUPIL,
            ended_on__isnull=True,
            person__pre_deleted_on__isnull=True,
        ).select_related("person")
        found += [
            Chosen(Role.PUPIL, row.person, school_class.school, school_class)
            for row in rows.order_by("person__sort_name", "person_id")[:PUPILS_A_CLASS]
        ]
    return found


def _administrators() -> list[Chosen]:
    rows = Administrator.objects.filter(
        scope__in=[Scope.DISTRICT, Scope.ACADEMY], ended_on__isnull=True
    ).select_related("person")
    roles = {Scope.DISTRICT: Role.DISTRICT_ADMIN, Scope.ACADEMY: Role.ACADEMY_ADMIN}
    found = [Chosen(roles[Scope(row.scope)], row.person) for row in rows.order_by("id")]
    return sorted(found, key=lambda each: each.role, reverse=True)
