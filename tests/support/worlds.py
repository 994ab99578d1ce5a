"""A school in a district, whoever helps at each level, at noon on a Tuesday."""

from dataclasses import dataclass
from datetime import UTC, datetime

from accounts.models import User
from directory.enums import Scope
from schools.models import School
from tests.directory.worlds import SchoolWorld, school_world
from tests.schools.factories import AcademyFactory, DistrictFactory
from tests.support.factories import administrator

NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)


@dataclass
class DeskWorld:
    """`here` in a district with its eRUN; `there`, of another district; the academy's and the platform's."""

    here: SchoolWorld
    there: SchoolWorld
    erun: User
    academy: User
    platform: User

    @property
    def school(self) -> School:
        return self.here.school

    @property
    def director(self) -> User:
        return self.here.director

    @property
    def teacher(self) -> User:
        return self.here.classes[0].teacher

    @property
    def pupil(self) -> User:
        return self.here.classes[0].pupils[0]

    @property
    def relative(self) -> User:
        return self.here.classes[0].relatives[0]


def desk_world() -> DeskWorld:
    academy = AcademyFactory()
    district = DistrictFactory(academy=academy)
    here = school_world(classes=1, pupils=2, academy=academy, district=district)
    there = school_world(classes=1, pupils=1, academy=academy, district=DistrictFactory(academy=academy))
    return DeskWorld(
        here,
        there,
        administrator(Scope.DISTRICT, district=district),
        administrator(Scope.ACADEMY, academy=academy),
        administrator(Scope.PLATFORM),
    )
