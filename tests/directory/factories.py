"""Who belongs where, for tests; `tests/directory/worlds.py` builds whole schools."""

from datetime import UTC, date, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from accounts.enums import Profile, Source
from directory.enums import ClassRole, ConsentBy, Extent, GroupKind, Party, Scope, TieLimit
from directory.models import (
    Administrator,
    Attachment,
    Block,
    ClassAttachment,
    CommunicationRule,
    Detachment,
    Group,
    Guardianship,
    Membership,
    PhotoConsent,
    SchoolClass,
    TieRestriction,
)
from tests.accounts.factories import PersonFactory
from tests.schools.factories import YEAR, AcademyFactory, DistrictFactory, SchoolFactory

SINCE = date(2026, 9, 1)
ENDED = date(2026, 10, 15)
NOW = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


class SchoolClassFactory(DjangoModelFactory):
    """A class of 2026. Traits: `last_year`, `keyless` (from the CSV)."""

    class Meta:
        model = SchoolClass

    class Params:
        last_year = factory.Trait(year=YEAR - 1)
        keyless = factory.Trait(key=None, source=Source.ONDE_CSV)

    school = factory.SubFactory(SchoolFactory)
    year = YEAR
    key = factory.Sequence(lambda n: f"C{n}")
    label = factory.Sequence(lambda n: f"CP {chr(ord('A') + n % 26)}")
    source = Source.AAF1D


class AttachmentFactory(DjangoModelFactory):
    """A person at a school, with the person's own profile. Traits: `head`, `by_hand`, `ended`."""

    class Meta:
        model = Attachment

    class Params:
        head = factory.Trait(is_head=True, function_label="Directeur d’école")
        by_hand = factory.Trait(source=Source.MANUAL)
        ended = factory.Trait(ended_on=ENDED)

    person = factory.SubFactory(PersonFactory, teacher=True)
    school = factory.SubFactory(SchoolFactory)
    profile = factory.LazyAttribute(lambda o: o.person.profile)
    source = Source.AAF1D
    since = SINCE
    running_year = YEAR


class ClassAttachmentFactory(DjangoModelFactory):
    """A person in a class; pupils as pupils, others as teachers. Traits: `by_hand`, `ended`."""

    class Meta:
        model = ClassAttachment

    class Params:
        by_hand = factory.Trait(source=Source.MANUAL)
        ended = factory.Trait(ended_on=ENDED)

    person = factory.SubFactory(PersonFactory, pupil=True)
    school_class = factory.SubFactory(SchoolClassFactory)
    role = factory.LazyAttribute(
        lambda o: ClassRole.PUPIL if o.person.profile == Profile.PUPIL else ClassRole.TEACHER
    )
    source = Source.AAF1D
    since = SINCE


class GuardianshipFactory(DjangoModelFactory):
    """A tie. Traits: `by_hand`, `ended`."""

    class Meta:
        model = Guardianship

    class Params:
        by_hand = factory.Trait(source=Source.MANUAL)
        ended = factory.Trait(ended_on=ENDED)

    relative = factory.SubFactory(PersonFactory, relative=True)
    pupil = factory.SubFactory(PersonFactory, pupil=True)
    legal = True
    source = Source.AAF1D
    since = SINCE


class TieRestrictionFactory(DjangoModelFactory):
    """A director's decision on a tie: limited, or `over` (trait)."""

    class Meta:
        model = TieRestriction

    class Params:
        over = factory.Trait(limit=TieLimit.ENDED)
        lifted = factory.Trait(lifted_at=NOW, lifted_by=factory.LazyFunction(uuid4))

    relative = factory.SubFactory(PersonFactory, relative=True)
    pupil = factory.SubFactory(PersonFactory, pupil=True)
    limit = TieLimit.LIMITED
    by = factory.LazyFunction(uuid4)
    since = NOW


class PhotoConsentFactory(DjangoModelFactory):
    class Meta:
        model = PhotoConsent

    pupil = factory.SubFactory(PersonFactory, pupil=True)
    said_by = ConsentBy.ONDE
    allowed = True
    said_on = SINCE


class GroupFactory(DjangoModelFactory):
    """A manual group. Traits: `of_class`, `of_school` (give `profile`), `direction`, `protected`."""

    class Meta:
        model = Group

    class Params:
        of_class = factory.Trait(
            kind=GroupKind.CLASS,
            name="",
            profile=Profile.PUPIL,
            school_class=factory.SubFactory(SchoolClassFactory),
            school=factory.SelfAttribute("school_class.school"),
        )
        of_school = factory.Trait(kind=GroupKind.SCHOOL, name="", profile=Profile.TEACHER)
        direction = factory.Trait(kind=GroupKind.DIRECTION, name="")

    kind = GroupKind.MANUAL
    school = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Chorale {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    group = factory.SubFactory(GroupFactory)
    person = factory.SubFactory(PersonFactory, teacher=True)
    added_at = NOW


class AdministratorFactory(DjangoModelFactory):
    """The administrator of a school, by hand. Traits: `of_district`, `of_academy`, `of_platform`,
    `named_by_feed`, `ended`."""

    class Meta:
        model = Administrator

    class Params:
        of_district = factory.Trait(
            scope=Scope.DISTRICT, school=None, district=factory.SubFactory(DistrictFactory)
        )
        of_academy = factory.Trait(
            scope=Scope.ACADEMY, school=None, academy=factory.SubFactory(AcademyFactory)
        )
        of_platform = factory.Trait(scope=Scope.PLATFORM, school=None)
        named_by_feed = factory.Trait(source=Source.AAF1D)
        ended = factory.Trait(ended_on=ENDED)

    person = factory.SubFactory(PersonFactory, teacher=True)
    scope = Scope.SCHOOL
    school = factory.SubFactory(SchoolFactory)
    source = Source.MANUAL
    since = SINCE


class DetachmentFactory(DjangoModelFactory):
    class Meta:
        model = Detachment

    class Params:
        lifted = factory.Trait(lifted_at=NOW, lifted_by=factory.LazyFunction(uuid4))

    person = factory.SubFactory(PersonFactory, teacher=True)
    school = factory.SubFactory(SchoolFactory)
    running_year = YEAR
    by = factory.LazyFunction(uuid4)
    at = NOW


class BlockFactory(DjangoModelFactory):
    """A person blocked, or `of_profile` (trait; give `school` and `profile`). Open since September."""

    class Meta:
        model = Block

    class Params:
        of_profile = factory.Trait(
            person=None, school=factory.SubFactory(SchoolFactory), profile=Profile.RELATIVE
        )
        until_new_year = factory.Trait(until_turnover=True)
        lifted = factory.Trait(lifted_at=NOW, lifted_by=factory.LazyFunction(uuid4))
        over = factory.Trait(ends_at=datetime(2026, 9, 20, tzinfo=UTC))

    person = factory.SubFactory(PersonFactory, teacher=True)
    starts_at = NOW
    by = factory.LazyFunction(uuid4)


class CommunicationRuleFactory(DjangoModelFactory):
    """A cell that a school changed: by default, relatives may write to its staff."""

    class Meta:
        model = CommunicationRule

    school = factory.SubFactory(SchoolFactory)
    who = Party.RELATIVE
    whom = Party.STAFF
    extent = Extent.SCHOOL
