"""Academies, districts and schools for tests. `open_year` sets both years of a school."""

import factory
from factory.django import DjangoModelFactory

from schools.enums import SchoolKind
from schools.models import Academy, District, School, SchoolYear
from schools.rules import UAI_LETTERS, default_bounds

YEAR = 2026


def uai(number: int) -> str:
    """A valid UAI: seven digits and their letter."""
    digits = 9_990_000 + number
    return f"{digits:07d}{UAI_LETTERS[digits % 23]}"


class AcademyFactory(DjangoModelFactory):
    class Meta:
        model = Academy

    code = factory.Sequence(lambda n: f"AC{n}")
    name = factory.Sequence(lambda n: f"Académie des Rives {n}")


class SchoolYearFactory(DjangoModelFactory):
    class Meta:
        model = SchoolYear

    academy = factory.SubFactory(AcademyFactory)
    year = YEAR
    starts_on = factory.LazyAttribute(lambda o: default_bounds(o.year)[0])
    ends_on = factory.LazyAttribute(lambda o: default_bounds(o.year)[1])


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    academy = factory.SubFactory(AcademyFactory)
    joining_key = factory.Sequence(lambda n: f"D{n}")
    name = factory.Sequence(lambda n: f"Circonscription de Valmont {n}")


class SchoolFactory(DjangoModelFactory):
    """A school whose running and class year are 2026. Traits: `unopened` (no year yet), `nursery`,
    `primary`, `college`, `turning` (the running year ahead of the classes'), `in_district`."""

    class Meta:
        model = School

    class Params:
        unopened = factory.Trait(running_year=None, class_year=None)
        turning = factory.Trait(running_year=YEAR, class_year=YEAR - 1)
        nursery = factory.Trait(kind=SchoolKind.NURSERY)
        primary = factory.Trait(kind=SchoolKind.PRIMARY)
        college = factory.Trait(kind=SchoolKind.COLLEGE)
        in_district = factory.Trait(
            district=factory.SubFactory(DistrictFactory, academy=factory.SelfAttribute("..academy"))
        )

    academy = factory.SubFactory(AcademyFactory)
    uai = factory.Sequence(uai)
    kind = SchoolKind.ELEMENTARY
    name = factory.Sequence(lambda n: f"École des Tilleuls {n}")
    city = "Valmont"
    running_year = YEAR
    class_year = YEAR
