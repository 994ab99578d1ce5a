"""The rule of reach and its queryset say the same, whatever the world."""

import random

import pytest

from accounts.enums import Profile
from accounts.models import User
from directory.communication import TALKING, WHO
from directory.enums import ClassRole, Extent, Party, TieLimit
from directory.models import Attachment, ClassAttachment, ScolarityMembership
from directory.querysets import people_visible_to, schools_administered_by, standpoint_of, whereabouts_of
from directory.rules import administers_place, reaches, scolarity_groups
from directory.services.opening import open_groups
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    BlockFactory,
    ClassAttachmentFactory,
    CommunicationRuleFactory,
    GuardianshipFactory,
    SchoolClassFactory,
    TieRestrictionFactory,
)
from tests.schools.factories import AcademyFactory, DistrictFactory, SchoolFactory

pytestmark = pytest.mark.django_db

TRAITS = {
    Profile.TEACHER: "teacher",
    Profile.STAFF: "staff",
    Profile.PUPIL: "pupil",
    Profile.RELATIVE: "relative",
    Profile.GUEST: "guest",
}


def random_world(dice: random.Random) -> list[User]:
    """A small, tangled academy: every kind of row that the rule reads, some of them ended."""
    academies = [AcademyFactory() for _ in range(2)]
    districts = [DistrictFactory(academy=dice.choice(academies)) for _ in range(3)]
    schools = []
    for _ in range(3):
        district = dice.choice([None, *districts])
        academy = district.academy if district else dice.choice(academies)
        talking = dice.random() < 0.5
        schools.append(SchoolFactory(academy=academy, district=district, relatives_reach_relatives=talking))
    classes = [SchoolClassFactory(school=dice.choice(schools)) for _ in range(3)]
    people = [
        PersonFactory(**{TRAITS[profile]: True}, pre_deleted=dice.random() < 0.15)
        for profile in dice.choices(list(TRAITS), weights=[6, 2, 6, 6, 2], k=22)
    ]
    for person in people:
        for school in dice.sample(schools, dice.choice([0, 1, 1, 1, 2])):
            if person.profile != Profile.RELATIVE:
                AttachmentFactory(
                    person=person,
                    school=school,
                    is_head=person.profile in {Profile.TEACHER, Profile.STAFF} and dice.random() < 0.3,
                    ended=dice.random() < 0.2,
                )
        for school_class in dice.sample(classes, dice.choice([0, 1, 2])):
            if person.profile in {Profile.TEACHER, Profile.PUPIL}:
                ClassAttachmentFactory(person=person, school_class=school_class, ended=dice.random() < 0.2)
    tie_families(dice, people)
    give_rights_and_block(dice, people, schools, districts)
    for school in schools:
        change_rules(dice, school)
    return people


def change_rules(dice: random.Random, school: School) -> None:
    """Cells of every sort, past the bounds too: those are not read."""
    keys = [(who, whom) for who in WHO for whom in Party if (who, whom) != TALKING]
    for who, whom in dice.sample(keys, dice.choice([0, 4, 12])):
        CommunicationRuleFactory(school=school, who=who, whom=whom, extent=dice.choice(list(Extent)))


def tie_families(dice: random.Random, people: list[User]) -> None:
    pupils = [p for p in people if p.profile == Profile.PUPIL]
    for relative in [p for p in people if p.profile == Profile.RELATIVE]:
        for pupil in dice.sample(pupils, min(len(pupils), dice.choice([0, 1, 2]))):
            GuardianshipFactory(relative=relative, pupil=pupil, ended=dice.random() < 0.15)
            if dice.random() < 0.3:
                TieRestrictionFactory(
                    relative=relative,
                    pupil=pupil,
                    limit=dice.choice(list(TieLimit)),
                    lifted=dice.random() < 0.3,
                )


def give_rights_and_block(dice: random.Random, people: list[User], schools: list, districts: list) -> None:
    for person in dice.sample(people, 4):
        ended = dice.random() < 0.2
        match dice.randrange(4):
            case 0:
                AdministratorFactory(person=person, school=dice.choice(schools), ended=ended)
            case 1:
                AdministratorFactory(
                    person=person, of_district=True, district=dice.choice(districts), ended=ended
                )
            case 2:
                academy = dice.choice(schools).academy
                AdministratorFactory(person=person, of_academy=True, academy=academy, ended=ended)
            case _:
                AdministratorFactory(person=person, of_platform=True, ended=ended)
    for profile in dice.sample(list(TRAITS), 2):
        BlockFactory(
            of_profile=True, school=dice.choice(schools), profile=profile, lifted=dice.random() < 0.2
        )


@pytest.mark.parametrize("seed", range(16))
def test_the_rule_and_its_queryset_agree_on_everybody(seed: int) -> None:
    people = random_world(random.Random(seed))
    places = {person: whereabouts_of(person) for person in people}
    pairs = 0
    for viewer in people:
        me = standpoint_of(viewer)
        by_rule = {person for person in people if reaches(me, places[person])}
        by_queryset = set(people_visible_to(viewer).filter(pk__in=[p.pk for p in people]))
        assert by_rule == by_queryset, (seed, viewer, viewer.profile, by_rule ^ by_queryset)
        pairs += len(by_rule - {viewer})
    assert pairs > 10, "a world in which nobody reaches anybody proves nothing"


@pytest.mark.parametrize("seed", range(4))
def test_the_rule_and_the_view_agree_on_every_group(seed: int) -> None:
    people = random_world(random.Random(seed))
    open_groups()
    rows = ScolarityMembership.objects.filter(through__pre_deleted_on__isnull=True).values_list(
        "person_id", "group__kind", "group__school_class_id", "group__school_id", "group__profile"
    )
    by_view: dict[int, set] = {person.pk: set() for person in people}
    for person, kind, school_class, school, profile in rows:
        by_view[person].add((kind, school_class or school, profile))
    present = [person for person in people if person.pre_deleted_on is None]
    for person in present:
        assert by_view[person.pk] == scolarity_groups(whereabouts_of(person)), (seed, person)
    assert any(by_view[person.pk] for person in present)


@pytest.mark.parametrize("seed", range(4))
def test_the_rule_and_the_queryset_agree_on_every_school_administered(seed: int) -> None:
    people = random_world(random.Random(seed))
    administered = 0
    for person in people:
        me = standpoint_of(person)
        by_rule = {
            school
            for school in School.objects.all()
            if administers_place(me, school=school.pk, district=school.district_id, academy=school.academy_id)
        }
        assert by_rule == set(schools_administered_by(person)), (seed, person)
        administered += len(by_rule)
    assert administered


def test_a_world_holds_open_rows_of_every_kind() -> None:
    random_world(random.Random(3))
    assert Attachment.objects.filter(ended_on__isnull=True, is_head=True).exists()
    assert set(ClassAttachment.objects.values_list("role", flat=True)) == set(ClassRole.values)
