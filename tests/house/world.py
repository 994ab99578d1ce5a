"""One of each kind of person, around one school: who asks, when every route is walked."""

from dataclasses import dataclass

from accounts.enums import Source
from accounts.models import User
from core import clock
from core.models import Job
from directory.enums import Scope
from directory.models import SchoolClass
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.rules import KEPT_REFUSAL
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import school_world
from tests.schools.factories import AcademyFactory, DistrictFactory

ANONYMOUS = "anonymous"
PUPIL, RELATIVE, TEACHER, STAFF = "pupil", "relative", "teacher", "staff"
DIRECTOR, OTHER_DIRECTOR = "director", "other_director"
DISTRICT_ADMIN, ACADEMY_ADMIN, PLATFORM_ADMIN = "district_admin", "academy_admin", "platform_admin"

SCHOOL_ADMINS = (DIRECTOR, DISTRICT_ADMIN, ACADEMY_ADMIN, PLATFORM_ADMIN)
SIGNED_IN = (
    PUPIL,
    RELATIVE,
    TEACHER,
    STAFF,
    DIRECTOR,
    OTHER_DIRECTOR,
    DISTRICT_ADMIN,
    ACADEMY_ADMIN,
    PLATFORM_ADMIN,
)
KINDS = (ANONYMOUS, *SIGNED_IN)


@dataclass
class HouseWorld:
    """`people` by kind; all but `other_director` and the wide administrators are of `school`.

    `other_director` directs a school of another district of the same academy. `run` is a refused CSV of
    `school`, `job` its director's.
    """

    school: School
    other_school: School
    school_class: SchoolClass
    people: dict[str, User]
    classmate: User
    run: FeedRun
    job: Job


def build() -> HouseWorld:
    academy = AcademyFactory()
    district = DistrictFactory(academy=academy)
    here = school_world(classes=1, pupils=2, academy=academy, district=district)
    there = school_world(classes=1, pupils=1, academy=academy, district=DistrictFactory(academy=academy))
    in_class = here.classes[0]
    staff = PersonFactory(staff=True, activated=True)
    AttachmentFactory(person=staff, school=here.school)
    people = {
        PUPIL: in_class.pupils[0],
        RELATIVE: in_class.relatives[0],
        TEACHER: in_class.teacher,
        STAFF: staff,
        DIRECTOR: here.director,
        OTHER_DIRECTOR: there.director,
        DISTRICT_ADMIN: _administrator(Scope.DISTRICT, district=district),
        ACADEMY_ADMIN: _administrator(Scope.ACADEMY, academy=academy),
        PLATFORM_ADMIN: _administrator(Scope.PLATFORM),
    }
    run = FeedRun.objects.create(
        source=Source.ONDE_CSV,
        academy=academy,
        school=here.school,
        state=RunState.REFUSED,
        refusal={"type": KEPT_REFUSAL, "title": "Refusée.", "vanish": 7, "base": 9},
        started_at=clock.now(),
    )
    job = Job.objects.create(
        name="feeds.apply", label="Essai", actor=here.director.uuid, clock_shift=clock.shift()
    )
    return HouseWorld(here.school, there.school, in_class.school_class, people, in_class.pupils[1], run, job)


def _administrator(scope: Scope, **place: object) -> User:
    person = PersonFactory(staff=True, activated=True)
    AdministratorFactory(
        person=person, scope=scope, **{"school": None, "district": None, "academy": None, **place}
    )
    return person
