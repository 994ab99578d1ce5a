"""What a teacher decides of shares that end with the year: kept by name, entrusted, let go; taken back until the
turn, which then does what was said."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from accounts import fates
from accounts.models import User
from core import clock, invariants
from core.models import AuditEntry
from directory.models import TieRestriction
from rollover.enums import Choice
from rollover.errors import NoSuchDecision, YearTurned
from rollover.models import Decision
from rollover.rules import ends_soon
from rollover.services.decide import Wish, decide, take_back
from rollover.services.roll import roll_school
from rollover.year_end import Line, year_end_of
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import role_on, visible_to
from sharing.services import share
from tests.directory.worlds import SchoolWorld, pupil_in, school_world, teacher_at
from tests.schools.factories import DistrictFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = pytest.mark.django_db

# Whatever the number of lines.
READS, WRITES = 22, 47


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2, pupils=2, district=DistrictFactory())


@pytest.fixture
def teacher(world: SchoolWorld) -> User:
    return world.classes[0].teacher


def thing(world: SchoolWorld, title: str, *profiles: str, klass: int = 0, role: Role = Role.READ) -> Resource:
    """A thing of the first teacher's, shared with these groups of a class."""
    owner = world.classes[0].teacher
    made = Resource.objects.filter(title=title).first() or ResourceFactory(owner=owner, title=title)
    for profile in profiles:
        group = world.classes[klass].school_class.group_set.get(profile=profile)
        GrantFactory(to_group=True, resource=made, group=group, given_by=owner.uuid, role=role)
    return made


def line_of(person: User, title: str) -> Line:
    (found,) = [line for line in year_end_of(person).lines if line.resource.title == title]
    return found


def wish(person: User, title: str, choice: Choice, **more: object) -> Wish:
    line = line_of(person, title)
    return Wish(resource=line.resource.uuid, place=line.place, choice=choice, **more)  # type: ignore[arg-type]


def seen(person: User) -> list[str]:
    return sorted(visible_to(person).values_list("title", flat=True))


def test_a_line_is_a_thing_and_a_place_with_who_will_no_longer_see_it(
    world: SchoolWorld, teacher: User
) -> None:
    made = thing(world, "Poésies", "PUPIL", "RELATIVE")
    thing(world, "Poésies", "PUPIL", klass=1)
    team = world.school.group_set.get(kind="SCHOOL", profile="TEACHER")
    GrantFactory(to_group=True, resource=made, group=team, given_by=teacher.uuid)
    ResourceFactory(owner=teacher, title="Carnet")
    told = year_end_of(teacher)
    assert {(str(line.place), len(line.people)) for line in told.lines} == {
        (str(world.classes[0].school_class.uuid), 4),
        (str(world.classes[1].school_class.uuid), 2),
        (str(world.school.uuid), 2),  # the director, the other teacher
    }
    assert (told.unchanged, [each.title for each in told.some]) == (1, ["Carnet"])
    assert year_end_of(world.classes[1].teacher).lines == []


def test_kept_by_name_it_goes_up_with_each_pupil(world: SchoolWorld, teacher: User) -> None:
    thing(world, "Mémo", "PUPIL", role=Role.CONTRIBUTE)
    thing(world, "Dictées", "PUPIL")
    done = decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)])
    assert (done.lines[Choice.KEEP], done.people, done.left_out, done.refused) == (1, 2, [], [])
    line = line_of(teacher, "Mémo")
    assert (line.people, len(line.given)) == ([], 2)
    roll_school(school=world.school, year=2027)
    for pupil in world.classes[0].pupils:
        assert seen(pupil) == ["Mémo"]
        assert role_on(pupil, line.resource) == Role.CONTRIBUTE
    assert seen(world.classes[0].relatives[0]) == []
    assert invariants.run_all() == []


def test_a_decision_stands_until_its_school_turns_however_late_it_is(
    world: SchoolWorld, teacher: User
) -> None:
    thing(world, "Mémo", "PUPIL")
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)])
    with clock.at(datetime(2031, 6, 10, 8, tzinfo=UTC)):
        assert line_of(teacher, "Mémo").decision == Decision.objects.get()
        decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.LET_GO)])
    assert Decision.objects.get().choice == Choice.LET_GO
    assert line_of(teacher, "Mémo").given == []


def test_relatives_keep_it_too_where_that_is_chosen_and_not_where_their_tie_is_limited(
    world: SchoolWorld, teacher: User
) -> None:
    thing(world, "Mémo", "PUPIL", role=Role.CONTRIBUTE)
    kin, other = world.classes[0].relatives
    TieRestriction.objects.create(
        relative=other,
        pupil=world.classes[0].pupils[1],
        limit="LIMITED",
        by=world.director.uuid,
        since=clock.now(),
    )
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP, relatives=True)])
    memo = Resource.objects.get(title="Mémo")
    assert role_on(kin, memo) == Role.READ
    assert role_on(other, memo) is None
    # Thought better of: relatives out, pupils still in.
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)])
    assert role_on(kin, memo) is None
    roll_school(school=world.school, year=2027)
    assert seen(world.classes[0].pupils[0]) == ["Mémo"]


def test_what_relatives_have_by_their_group_ends_unless_they_are_kept(
    world: SchoolWorld, teacher: User
) -> None:
    thing(world, "Lutin", "PUPIL", "RELATIVE")
    thing(world, "Réunion", "RELATIVE")
    decide(
        by=teacher,
        wishes=[wish(teacher, "Lutin", Choice.KEEP), wish(teacher, "Réunion", Choice.KEEP)],
    )
    assert [person.profile for person in line_of(teacher, "Lutin").people] == ["RELATIVE"] * 2
    roll_school(school=world.school, year=2027)
    assert seen(world.classes[0].relatives[0]) == ["Réunion"]
    assert seen(world.classes[0].pupils[0]) == ["Lutin"]


def test_entrusted_a_colleague_manages_it_at_once_and_after_the_turn(
    world: SchoolWorld, teacher: User
) -> None:
    thing(world, "Progression", "PUPIL")
    elsewhere = school_world(classes=1, academy=world.school.academy, district=world.school.district)
    next_year = elsewhere.classes[0].teacher  # of another school of the district
    done = decide(by=teacher, wishes=[wish(teacher, "Progression", Choice.ENTRUST, to=next_year.uuid)])
    assert done.lines[Choice.ENTRUST] == 1
    progress = Resource.objects.get()
    assert role_on(next_year, progress) == Role.MANAGE
    roll_school(school=world.school, year=2027)
    assert role_on(next_year, progress) == Role.MANAGE
    assert seen(world.classes[0].pupils[0]) == []


def test_a_colleague_out_of_reach_a_pupil_or_the_owner_is_refused_and_the_rest_is_done(
    world: SchoolWorld, teacher: User
) -> None:
    stranger = school_world().classes[0].teacher
    for title in ("Un", "Deux", "Trois", "Quatre"):
        thing(world, title, "PUPIL")
    done = decide(
        by=teacher,
        wishes=[
            wish(teacher, "Un", Choice.ENTRUST, to=stranger.uuid),
            wish(teacher, "Deux", Choice.ENTRUST, to=world.classes[0].pupils[0].uuid),
            wish(teacher, "Trois", Choice.ENTRUST),
            wish(teacher, "Quatre", Choice.LET_GO),
            Wish(resource=stranger.uuid, place=stranger.uuid, choice=Choice.KEEP),
        ],
    )
    assert sorted((each.title, each.error.code) for each in done.refused) == [
        ("", "nothing-ends"),
        ("Deux", "colleague-missing"),
        ("Trois", "colleague-missing"),
        ("Un", "colleague-missing"),
    ]
    assert done.count == Decision.objects.count() == 1


def test_who_may_not_be_shared_with_is_named_and_left_out(world: SchoolWorld, teacher: User) -> None:
    memo = thing(world, "Mémo")
    far = school_world(classes=1, pupils=1, academy=world.school.academy)
    other = far.classes[0].school_class.group_set.get(profile="PUPIL")
    GrantFactory(to_group=True, resource=memo, group=other, given_by=teacher.uuid)
    gone = far.classes[0].pupils[0]
    done = decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)])
    assert (done.left_out, [each.error.code for each in done.refused]) == (
        [gone.full_name],
        ["nobody-to-keep-for"],
    )
    assert not Grant.objects.filter(person=gone).exists()


def test_a_decision_taken_back_ends_what_it_gave_and_nothing_else(world: SchoolWorld, teacher: User) -> None:
    memo = thing(world, "Mémo", "PUPIL")
    first, second = world.classes[0].pupils
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)])
    share.add_by_name(by=teacher, resources=[memo], persons=[first], role=Role.COMMENT)
    decision = Decision.objects.get()
    with pytest.raises(NoSuchDecision):
        take_back(by=world.director, decision=decision.uuid)
    take_back(by=teacher, decision=decision.uuid)
    assert [
        (grant.person, grant.role, len(grant.origins)) for grant in Grant.objects.exclude(person=None)
    ] == [(first, Role.COMMENT, 1)]
    assert [person.pk for person in line_of(teacher, "Mémo").people] == [second.pk]
    verbs = (
        AuditEntry.objects.filter(verb__startswith="year_end").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["year_end.decided", "year_end.taken_back"]


def test_another_choice_takes_the_place_of_the_former(world: SchoolWorld, teacher: User) -> None:
    memo = thing(world, "Mémo", "PUPIL")
    colleague = world.classes[1].teacher
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.ENTRUST, to=colleague.uuid)])
    done = decide(
        by=teacher, wishes=[wish(teacher, "Mémo", Choice.ENTRUST, to=world.classes[0].pupils[0].uuid)]
    )
    assert ([each.error.code for each in done.refused], role_on(colleague, memo)) == (
        ["colleague-missing"],
        Role.MANAGE,  # what cannot be done leaves what was
    )
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)])
    assert (role_on(colleague, memo), Decision.objects.get().choice) == (None, Choice.KEEP)
    assert decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)]).count == 0
    # One who came since is kept too, and those who are there stay.
    before = set(Grant.objects.values_list("pk", flat=True))
    late = pupil_in(world.classes[0].school_class)
    assert decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.KEEP)]).people == 1
    assert before < set(Grant.objects.values_list("pk", flat=True))
    assert Grant.objects.filter(person=late).exists()


def test_after_the_turn_a_decision_stays_and_next_year_s_is_another(
    world: SchoolWorld, teacher: User
) -> None:
    thing(world, "Mémo", "PUPIL")
    decide(by=teacher, wishes=[wish(teacher, "Mémo", Choice.LET_GO)])
    roll_school(school=world.school, year=2027)
    with pytest.raises(YearTurned):
        take_back(by=teacher, decision=Decision.objects.get().uuid)
    assert year_end_of(teacher).lines == []


def test_what_ends_costs_the_same_with_one_line_and_with_two_hundred(
    world: SchoolWorld, teacher: User, django_assert_num_queries: Callable[..., object]
) -> None:
    thing(world, "Leçon", "PUPIL")
    thing(world, "Dictées", "PUPIL")
    decide(by=teacher, wishes=[wish(teacher, "Leçon", Choice.KEEP)])
    with django_assert_num_queries(READS):  # type: ignore[attr-defined]
        assert len(year_end_of(teacher).lines) == 2
    _many(world, teacher)
    with django_assert_num_queries(READS):  # type: ignore[attr-defined]
        told = year_end_of(teacher)
    assert len(told.lines) == 201


def test_deciding_costs_the_same_for_one_line_and_for_two_hundred(
    world: SchoolWorld, teacher: User, django_assert_num_queries: Callable[..., object]
) -> None:
    _many(world, teacher)
    lines = year_end_of(teacher).lines
    wishes = [Wish(resource=line.resource.uuid, place=line.place, choice=Choice.KEEP) for line in lines]
    with django_assert_num_queries(WRITES):  # type: ignore[attr-defined]
        decide(by=teacher, wishes=wishes[:1])
    take_back(by=teacher, decision=Decision.objects.get().uuid)
    with django_assert_num_queries(WRITES):  # type: ignore[attr-defined]
        assert decide(by=teacher, wishes=wishes).lines[Choice.KEEP] == 199


def _many(world: SchoolWorld, teacher: User) -> None:
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    made = Resource.objects.bulk_create(
        ResourceFactory.build(owner=teacher, title=f"Fiche {number}") for number in range(199)
    )
    Grant.objects.bulk_create(
        Grant(
            resource=each,
            group=group,
            year=world.classes[0].school_class.year,
            role=Role.READ,
            given_by=teacher.uuid,
            given_at=clock.now(),
        )
        for each in made
    )


def test_erased_or_deleted_for_good_a_decision_goes_with_it(world: SchoolWorld, teacher: User) -> None:
    thing(world, "Un", "PUPIL")
    thing(world, "Deux", "PUPIL")
    colleague = teacher_at(world.school)
    decide(
        by=teacher,
        wishes=[wish(teacher, "Un", Choice.ENTRUST, to=colleague.uuid), wish(teacher, "Deux", Choice.LET_GO)],
    )
    (fate,) = [each for each in fates.in_order() if each.app == "rollover"]
    fate.erase([colleague.pk])
    assert Decision.objects.get().resource.title == "Deux"
    fate.erase([teacher.pk])
    assert not Decision.objects.exists()


def test_a_year_is_about_to_end_from_may_to_the_turn() -> None:
    def on(year: int, month: int, day: int) -> bool:
        return ends_soon(2026, datetime(year, month, day, tzinfo=UTC).date())

    assert [on(2026, 12, 1), on(2027, 4, 30), on(2027, 5, 1), on(2027, 9, 10)] == [False, False, True, True]
    assert not ends_soon(2027, datetime(2027, 9, 10, tzinfo=UTC).date())
    assert not ends_soon(None, datetime(2027, 6, 1, tzinfo=UTC).date())
