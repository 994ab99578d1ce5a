"""The accounts of a scope: who is listed, by which filters, and that nobody of elsewhere ever is."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from accounts.enums import Profile, Source
from accounts.models import User
from core import clock
from core.models import AuditEntry
from directory.account_filters import AccountFilters, AccountState
from directory.account_search import find_accounts, slips_of
from directory.models import Attachment, Detachment
from directory.querysets import people_administered_by
from directory.querysets.accounts import accounts_of_district, counted, functions_in
from directory.querysets.audit import audit_visible_to
from directory.querysets.standpoint import standpoint_of
from directory.services.attach_person import attach_person
from directory.services.detach import detach
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    BlockFactory,
    ClassAttachmentFactory,
    GuardianshipFactory,
)
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at

pytestmark = pytest.mark.django_db

SCOPES = ("school", "academy", "platform")


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=1, pupils=2, in_district=True)


def administrator(world: SchoolWorld, scope: str) -> User:
    """Whoever administers the school of a world: itself, its academy, everything."""
    if scope == "school":
        return world.director
    person = PersonFactory(staff=True, activated=True)
    places = {"district": world.school.district, "academy": world.school.academy}
    place = {scope: places[scope]} if scope in places else {}
    AdministratorFactory(person=person, **{f"of_{scope}": True}, **place)
    return person


def listed(by: User, school: School | None = None, /, **filters: object) -> set[User]:
    return set(find_accounts(standpoint_of(by), school, AccountFilters(**filters)).people)  # type: ignore[arg-type]


def administered(by: User) -> set[User]:
    return set(people_administered_by(by))


def everybody(world: SchoolWorld) -> set[User]:
    in_class = world.classes[0]
    return {world.director, in_class.teacher, *in_class.pupils, *in_class.relatives}


@pytest.mark.parametrize("scope", ["school", "academy"])
def test_a_scope_is_its_people_its_families_and_those_who_left_it_last(
    world: SchoolWorld, scope: str
) -> None:
    gone, moved = PersonFactory(teacher=True), PersonFactory(teacher=True)
    for person in (gone, moved):
        AttachmentFactory(person=person, school=world.school, ended=True)
    AttachmentFactory(person=moved)
    elsewhere = school_world()
    by = administrator(world, scope)
    assert listed(by) - {by} == (everybody(world) | {gone}) - {by}
    assert not listed(by) & everybody(elsewhere)
    assert listed(by, world.school) == everybody(world) | {gone}


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_was_detached_and_has_no_school_is_found_from_above_alone(
    world: SchoolWorld, turned: bool
) -> None:
    """Listed there no more, even once the year turned; else nobody would find them."""
    teacher, director = world.classes[0].teacher, world.director
    detach(by=director, person=teacher, school=world.school)
    if turned:
        Detachment.objects.update(lifted_at=datetime(2027, 9, 1, tzinfo=UTC), lifted_by=uuid4())
    above = [administrator(world, scope) for scope in ("district", "academy", "platform")]
    for listing in (listed, administered):
        assert teacher not in listing(director)
        assert all(teacher in listing(by) for by in above)
    assert not any(teacher in listed(by, world.school) for by in [director, *above])
    near = [
        by for by in (director, *above) if teacher in accounts_of_district(standpoint_of(by), world.school)
    ]
    assert near == above
    assert teacher not in listed(director, typed=teacher.last_name)
    renewed = AuditEntry.objects.create(at=clock.now(), verb="account.code_renewed", subject=teacher.uuid)
    assert renewed not in audit_visible_to(director)
    assert all(renewed in audit_visible_to(by) for by in above)
    if not turned:
        attach_person(by=director, person=teacher, school=world.school)
        assert teacher in listed(director) & administered(director)


def test_whoever_came_back_after_a_detachment_and_left_again_is_the_school_s(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    detach(by=world.director, person=teacher, school=world.school)
    Detachment.objects.update(lifted_at=datetime(2027, 9, 1, tzinfo=UTC), lifted_by=uuid4())
    AttachmentFactory(person=teacher, school=world.school, ended=True)
    assert teacher in listed(world.director) & administered(world.director)


def test_the_platform_lists_whoever_belongs_nowhere_too(world: SchoolWorld) -> None:
    nowhere = PersonFactory(guest=True)
    by = administrator(world, "platform")
    assert nowhere in listed(by)
    assert nowhere not in listed(by, world.school)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(
    "typed", ["le goff", "LEGOFF", "goff annelise", "Anne-Lise", "annelise.legoff", "lise le gof"]
)
def test_a_name_is_found_as_one_types(world: SchoolWorld, scope: str, typed: str) -> None:
    found = pupil_in(world.classes[0].school_class, first_name="Anne-Lise", last_name="Le Goff",
                     username="annelise.legoff")  # fmt: skip
    other = school_world()
    pupil_in(other.classes[0].school_class, first_name="Anne-Lise", last_name="Le Goff",
             username="annelise.legoff2")  # fmt: skip
    assert found in listed(administrator(world, scope), typed=typed)
    if scope != "platform":
        assert listed(administrator(world, scope), typed=typed) - everybody(world) == {found}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("typed", ["grolire", "groleir bernard", "brenard", "grollier"])
def test_small_typos_are_forgiven_when_nothing_fits(world: SchoolWorld, scope: str, typed: str) -> None:
    found = teacher_at(world.school, first_name="Bernard", last_name="Grolier", username="bernard.grolier")
    by = administrator(world, scope)
    answer = find_accounts(standpoint_of(by), None, AccountFilters(typed=typed))
    assert set(answer.people) == {found}
    assert answer.approximate
    assert listed(by, typed="groseille") == set()


@pytest.mark.parametrize("scope", ["school", "academy"])
@pytest.mark.parametrize("typed", ["grolier", "grolire", "bernard.grolier"])
def test_a_search_never_finds_anybody_out_of_the_scope(world: SchoolWorld, scope: str, typed: str) -> None:
    elsewhere = school_world()
    teacher_at(elsewhere.school, first_name="Bernard", last_name="Grolier", username="bernard.grolier")
    assert listed(administrator(world, scope), typed=typed) == set()


def test_a_slip_is_a_letter_dropped_added_changed_or_swapped() -> None:
    slips = slips_of("morel")
    assert {"morel", "orel", "moral", "morrel", "omrel", "morle"} <= slips
    assert slips_of("le") == {"le"}


@pytest.mark.parametrize("scope", SCOPES)
def test_filters_combine(world: SchoolWorld, scope: str) -> None:
    by = administrator(world, scope)
    in_class = world.classes[0]
    idle = teacher_at(world.school, source=Source.MANUAL)
    assert listed(by, profile=Profile.PUPIL) == set(in_class.pupils)
    assert listed(by, profile=Profile.RELATIVE) == set(in_class.relatives)
    PersonFactory._meta.model.objects.filter(pk=in_class.teacher.pk).update(source=Source.AAF1D)
    assert idle in listed(by, source=Source.MANUAL, profile=Profile.TEACHER)
    assert in_class.teacher not in listed(by, source=Source.MANUAL, profile=Profile.TEACHER)
    assert listed(by, school_class=in_class.school_class.uuid) == {
        in_class.teacher,
        *in_class.pupils,
        *in_class.relatives,
    }
    assert listed(by, school_class=in_class.school_class.uuid, profile=Profile.PUPIL) == set(in_class.pupils)
    # The director has no class either.
    assert listed(by, without_class=True) == {idle, world.director}


def test_a_class_of_another_school_lists_nobody(world: SchoolWorld) -> None:
    """Not even the teacher of both, for whoever administers one of them."""
    elsewhere = school_world()
    ClassAttachmentFactory(person=world.classes[0].teacher, school_class=elsewhere.classes[0].school_class)
    assert listed(world.director, school_class=elsewhere.classes[0].school_class.uuid) == set()


def test_a_function_is_the_one_held_in_the_schools_asked(world: SchoolWorld) -> None:
    assert functions_in(standpoint_of(world.director), None) == ["Directeur d’école"]
    assert listed(world.director, function="Directeur d’école") == {world.director}
    AttachmentFactory(person=world.classes[0].teacher, function_label="Psychologue")
    assert listed(world.director, function="Psychologue") == set()


@pytest.mark.parametrize("scope", SCOPES)
def test_a_state_is_the_gravest_of_what_is_true(world: SchoolWorld, scope: str) -> None:
    school_class = world.classes[0].school_class
    by = administrator(world, scope)
    never = pupil_in(school_class, activated=False)
    absent = pupil_in(school_class, absent=True)
    leaving = pupil_in(school_class, pre_deleted=True)
    blocked = pupil_in(school_class)
    BlockFactory(person=blocked)
    over = pupil_in(school_class)
    BlockFactory(person=over, lifted=True)
    assert listed(by, state=AccountState.NEVER_ACTIVATED) == {never}
    assert listed(by, state=AccountState.ABSENT) == {absent}
    assert listed(by, state=AccountState.PRE_DELETED) == {leaving}
    assert listed(by, state=AccountState.BLOCKED) == {blocked}
    active = listed(by, state=AccountState.ACTIVE)
    assert over in active
    assert not active & {never, absent, leaving, blocked}
    assert leaving not in listed(by)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_profile_blocked_by_every_school_of_theirs_is_blocked(world: SchoolWorld, scope: str) -> None:
    by = administrator(world, scope)
    pupil, relative = world.classes[0].pupils[0], world.classes[0].relatives[0]
    BlockFactory(of_profile=True, school=world.school, profile=Profile.RELATIVE)
    BlockFactory(of_profile=True, school=world.school, profile=Profile.TEACHER)
    sibling_elsewhere = school_world().classes[0].pupils[0]
    GuardianshipFactory(relative=relative, pupil=sibling_elsewhere)
    # The director administers: no block of a profile covers them.
    others = {world.classes[0].teacher, world.classes[0].relatives[1]}
    assert listed(by, state=AccountState.BLOCKED) == others
    assert {pupil, relative} <= listed(by, state=AccountState.ACTIVE)


def test_duplicates_bear_one_ine_or_the_same_names_and_birth_date(world: SchoolWorld) -> None:
    school_class = world.classes[0].school_class
    born = {"birth_date": date(2018, 5, 6)}
    twice = [pupil_in(school_class, first_name="Lina", last_name="Morel", **born) for _ in range(2)]
    same_ine = [
        pupil_in(school_class, ine="123456789AB", first_name=name) for name in ("Aldéric", "Aldo-Paul")
    ]
    pupil_in(school_class, first_name="Lina", last_name="Morel", birth_date=date(2018, 7, 8))
    elsewhere = school_world().classes[0].school_class
    pupil_in(elsewhere, first_name="Solal", last_name="Diallo", **born)
    pupil_in(school_class, first_name="Solal", last_name="Diallo", **born)
    assert listed(world.director, state=AccountState.DUPLICATE) == {*twice, *same_ine}


def test_new_accounts_are_those_made_since_a_day(world: SchoolWorld) -> None:
    old, new = world.classes[0].pupils
    objects = User.objects
    objects.filter(pk__in=[person.pk for person in everybody(world)]).update(
        created_at=datetime(2026, 8, 1, tzinfo=UTC)
    )
    objects.filter(pk=new.pk).update(created_at=datetime(2026, 9, 10, 6, tzinfo=UTC))
    assert listed(world.director, since=date(2026, 9, 10)) == {new}
    assert old in listed(world.director, since=date(2026, 8, 1))


def test_a_count_stops_where_nobody_reads_it(world: SchoolWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    people = find_accounts(standpoint_of(world.director), None, AccountFilters()).people
    assert counted(people) == (len(everybody(world)), True)
    monkeypatch.setattr("directory.querysets.accounts.COUNTED", 3)
    assert counted(people) == (3, False)


@pytest.mark.parametrize("scope", ["academy", "platform"])
@pytest.mark.parametrize(
    "filters",
    [{"function": "Remplaçant"}, {"without_class": True}, {"typed": "grolier"}, {"typed": "bernard"}],
)
def test_what_is_common_is_walked_and_what_is_rare_gathered_all_the_same(
    world: SchoolWorld, scope: str, filters: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {
        teacher_at(
            world.school, first_name="Bernard", last_name="Grolier", username=f"bernard.grolier{number}"
        )
        for number in range(3)
    }
    Attachment.objects.filter(person__in=found).update(function_label="Remplaçant")
    by = administrator(world, scope)
    listed_few = listed(by, **filters)
    assert found <= listed_few
    assert world.classes[0].teacher not in listed_few
    monkeypatch.setattr("directory.querysets.accounts.COMMON", 1)
    assert listed(by, **filters) == listed_few


def test_relatives_are_of_the_schools_of_their_children_alone(world: SchoolWorld) -> None:
    elsewhere = school_world()
    both = relative_of(world.classes[0].pupils[0], elsewhere.classes[0].pupils[0])
    former = relative_of()
    GuardianshipFactory(relative=former, pupil=world.classes[0].pupils[0], ended=True)
    assert both in listed(world.director)
    assert both in listed(elsewhere.director)
    assert former not in listed(world.director)
