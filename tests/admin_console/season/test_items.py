"""Each item of the checklist: counted where there is something to do, ticked where there is not, and as many as the
list that it leads to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Source
from accounts.models import User
from directory.models import Attachment, Block
from directory.querysets import season as read
from directory.querysets.season import classes_of
from schools.boards import LineState
from schools.enums import SchoolKind
from tests.admin_console.season import worlds
from tests.admin_console.season.worlds import board_of, line_of, settled
from tests.blog.public import opened
from tests.directory.factories import GroupFactory, SchoolClassFactory
from tests.directory.worlds import SchoolWorld, class_world
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def listed(context: Any) -> int:
    """How many a page lists, whatever it lists."""
    if "listing" in context:
        return int(context["listing"].number)
    if "grid" in context:
        return len(context["grid"].without_class)
    if "tallies" in context:
        return sum(len(tally.new) for tally in context["tallies"])
    if "awaiting" in context:
        return int(context["watch"].awaiting_pupils)
    if "pairs" in context:
        return len(context["pairs"])
    return len(context["lines"])


def classes_awaited(context: Any) -> int:
    return len(context["grid"].awaited)


def profiles_blocked(context: Any) -> int:
    return sum(line["state"].blocked for line in context["lines"])


MADE: list[tuple[str, Callable[[SchoolWorld], None], Callable[[Any], int] | None]] = [
    (read.TEACHERS_LEFT, worlds.teacher_left, listed),
    (read.BY_HAND, worlds.account_by_hand, listed),
    (read.IDLE_TEACHERS, worlds.idle_teacher, listed),
    (read.PAST_GROUPS, worlds.past_group, listed),
    (read.BLOCKS, worlds.blocked, profiles_blocked),
    (read.DUPLICATES, worlds.twice, listed),
    (read.LETTERS, worlds.new_person, listed),
    (read.NOT_ACTIVATED, worlds.new_person, listed),
    (read.AWAITED_CLASSES, worlds.awaited_class, classes_awaited),
    (read.FIRST_LEVELS, worlds.awaited_level, None),
    (read.AWAITING_CLASS, worlds.pupil_without_class, listed),
    (read.AWAITING_INE, worlds.pupil_without_ine, listed),
]


@pytest.mark.parametrize(("key", "make", "count"), MADE, ids=[key for key, *_ in MADE])
def test_an_item_counts_what_its_list_shows_and_ticks_itself(
    as_person: Callable[[Any], Client],
    key: str,
    make: Callable[[SchoolWorld], None],
    count: Callable[[Any], int] | None,
) -> None:
    world, other = settled(), settled()
    assert line_of(world.school, key).number == 0
    assert line_of(world.school, key).state == LineState.DONE
    make(world)
    line = line_of(world.school, key)
    assert line.number == 1
    assert line.words
    assert line.item.why.endswith((".", ")"))
    assert line_of(other.school, key).number == 0, "another school's is another's"
    page = as_person(world.director).get(line.url)
    assert page.status_code == 200
    if count is not None:
        assert count(page.context) == 1


def test_a_group_that_nobody_may_delete_is_never_counted() -> None:
    world = settled()
    GroupFactory(school=world.school, name="Resp Affect Gar 2", year=2024, protected=True)
    GroupFactory(school=world.school, name="Chorale", year=2026)
    assert line_of(world.school, read.PAST_GROUPS).number == 0


def test_a_block_presses_once_families_have_come_and_not_before() -> None:
    world, turning = settled(), settled(turning=True)
    for each in (world, turning):
        worlds.blocked(each)
    assert line_of(world.school, read.BLOCKS).state == LineState.ALERT
    assert line_of(turning.school, read.BLOCKS).state == LineState.ASKED
    assert "Parents" in line_of(world.school, read.BLOCKS).told
    Block.objects.update(lifted_at=worlds.MORNING)
    assert line_of(world.school, read.BLOCKS).state == LineState.DONE


def test_who_is_blocked_does_not_count_among_those_who_never_signed_in(as_person: Any) -> None:
    world = settled()
    User.objects.filter(pk=world.classes[0].relatives[0].pk).update(activated_at=None, password="")
    assert line_of(world.school, read.NOT_ACTIVATED).number == 1
    worlds.blocked(world)
    line = line_of(world.school, read.NOT_ACTIVATED)
    assert line.number == 0
    assert as_person(world.director).get(line.url).context["listing"].number == 0


def test_a_detached_teacher_is_counted_no_more() -> None:
    world = settled()
    worlds.teacher_left(world)
    gone = User.objects.get(absent_since__isnull=False)
    Attachment.objects.filter(person=gone).delete()
    assert line_of(world.school, read.TEACHERS_LEFT).number == 0


def test_before_the_turn_what_classes_bring_is_for_later() -> None:
    board = board_of(settled(turning=True).school)
    later = {line.item.key for line in board.later}
    assert {read.IDLE_TEACHERS, read.AWAITED_CLASSES, read.FIRST_LEVELS, read.AWAITING_CLASS} <= later
    assert {read.BY_HAND, read.PAST_GROUPS, read.TEACHERS_LEFT} <= {line.item.key for line in board.mine}


def test_a_public_blog_ticks_its_item_and_leads_to_its_poster(as_person: Any, at: Any) -> None:
    at(worlds.MORNING)
    world = settled()
    line = line_of(world.school, "public-blog")
    assert (line.number, line.url) == (1, "/blog/")
    public = opened(world)
    line = line_of(world.school, "public-blog")
    assert (line.number, line.state) == (0, LineState.DONE)
    assert str(public.blog.resource.uuid) in line.url
    assert as_person(world.director).get(line.url).status_code == 200


def test_out_of_the_season_a_blog_is_asked_of_nobody() -> None:
    world = settled()
    assert line_of(world.school, "public-blog", date(2027, 2, 1)).state == LineState.LATER


@pytest.mark.parametrize(
    ("kind", "formerly", "here", "awaited"),
    [
        (SchoolKind.NURSERY, ["PS", "GS"], ["GS"], ["TPS-PS"]),
        (SchoolKind.NURSERY, ["PS", "GS"], ["TPS-PS A"], []),
        (SchoolKind.ELEMENTARY, ["CP A", "CE1"], ["CE1"], ["CP"]),
        (SchoolKind.ELEMENTARY, ["CP A", "CE1"], ["CP-CE1"], []),
        (SchoolKind.ELEMENTARY, ["CE2", "CM1", "CM2"], ["CM1"], ["CE2"]),
        (SchoolKind.ELEMENTARY, ["CE2", "CM1", "CM2"], ["CE2 B"], []),
        (SchoolKind.PRIMARY, ["Petite section", "CP"], ["CM2"], ["TPS-PS", "CP"]),
        (SchoolKind.PRIMARY, ["GS-CP", "CE1"], ["CE1"], ["CP"]),
        (SchoolKind.COLLEGE, ["6e A"], [], []),
    ],
)
def test_first_levels_are_those_by_which_a_school_is_entered(
    kind: SchoolKind, formerly: list[str], here: list[str], awaited: list[str]
) -> None:
    school = SchoolFactory(kind=kind)
    for label in formerly:
        SchoolClassFactory(school=school, label=label, last_year=True)
    for label in here:
        class_world(school, pupils=1, label=label)
    assert classes_of([school])[school.pk].first_levels(school) == awaited


def test_a_level_that_no_label_names_is_known_by_its_pupils() -> None:
    school = SchoolFactory(nursery=True)
    SchoolClassFactory(school=school, label="Les hirondelles", last_year=True)
    made = class_world(school, pupils=1, label="Les hirondelles")
    assert classes_of([school])[school.pk].first_levels(school) == ["TPS-PS"]
    Attachment.objects.filter(person=made.pupils[0]).update(level="PS")
    assert classes_of([school])[school.pk].first_levels(school) == []


def test_a_manual_account_of_another_school_is_not_counted() -> None:
    here, there = settled(), settled()
    worlds.account_by_hand(there)
    assert User.objects.filter(source=Source.MANUAL).count() == 1
    assert line_of(here.school, read.BY_HAND).number == 0
