"""What is new for someone, through their groups and rights as they are now."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Profile
from directory.models import ClassAttachment
from sharing.querysets import reach_of
from sharing.services.resources import forget, trash
from sharing.services.share import remove
from tests.directory.worlds import pupil_in
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.worlds import SharingWorld
from tests.timeline.happenings import news, shared_with, titles, told
from timeline.models import Audience, Event
from timeline.querysets import news_of, unread_count
from timeline.services import read
from timeline.services.record import Happening, record, record_all
from timeline.shares import SHARED

pytestmark = pytest.mark.django_db


def test_what_is_shared_with_someone_is_new_for_them_alone(world: SharingWorld) -> None:
    shared_with(world.pupil, world.note)
    assert titles(world.pupil) == ["Poésie"]
    assert titles(world.other_pupil) == []
    assert titles(world.teacher) == []


def test_what_is_told_to_a_class_is_one_row_and_reaches_whoever_is_in_it_now(world: SharingWorld) -> None:
    group = world.group()
    GrantFactory(to_group=True, resource=world.note, group=group)
    told(world.note, groups=[group.pk])
    assert Audience.objects.count() == 1
    late = pupil_in(world.here.school_class)
    assert titles(world.pupil) == titles(late) == ["Poésie"]
    ClassAttachment.objects.filter(person=late).update(ended_on="2026-10-01")
    assert titles(late) == []


def test_whoever_loses_the_right_loses_the_line(world: SharingWorld) -> None:
    shared_with(world.pupil, world.note)
    assert titles(world.pupil) == ["Poésie"]
    remove(by=world.teacher, resource=world.note, person=world.pupil)
    assert titles(world.pupil) == []
    assert unread_count(world.pupil, reach_of(world.pupil)) == 0


def test_what_lies_in_the_trash_is_not_told(world: SharingWorld) -> None:
    shared_with(world.pupil, world.note)
    trash(by=world.teacher, resource=world.note)
    assert titles(world.pupil) == []


def test_what_is_deleted_for_good_is_told_no_more(world: SharingWorld) -> None:
    shared_with(world.pupil, world.note)
    trash(by=world.teacher, resource=world.note)
    forget([world.note.pk])
    connection.check_constraints()
    assert titles(world.pupil) == []
    assert not Event.objects.filter(resource=world.note.pk).exists()


def test_one_s_own_acts_are_no_news(world: SharingWorld) -> None:
    group = world.school_group(Profile.TEACHER)
    GrantFactory(to_group=True, resource=world.note, group=group)
    told(world.note, groups=[group.pk])
    assert titles(world.director) == ["Poésie"]
    assert titles(world.teacher) == []


def test_what_is_read_stays_read_and_the_rest_is_counted(world: SharingWorld) -> None:
    first = shared_with(world.pupil, ResourceFactory(owner=world.teacher, title="Un"))
    second = shared_with(world.pupil, ResourceFactory(owner=world.teacher, title="Deux"))

    def unread() -> list[int]:
        return [each.event.pk for each in news(world.pupil) if each.unread]

    assert unread() == [second.pk, first.pk]
    read.read(by=world.pupil, event=first)
    read.read(by=world.pupil, event=first)
    assert unread() == [second.pk]
    read.read_all(by=world.pupil, until=second)
    assert unread() == []
    third = shared_with(world.pupil, ResourceFactory(owner=world.teacher, title="Trois"))
    assert unread() == [third.pk]
    read.read_all(by=world.pupil, until=first)
    assert unread() == [third.pk]


def test_a_page_goes_on_where_the_last_one_stopped_past_what_was_lost(world: SharingWorld) -> None:
    kept = [shared_with(world.pupil, ResourceFactory(owner=world.teacher)) for _ in range(3)]
    for _ in range(20):
        told(ResourceFactory(owner=world.teacher), persons=[world.pupil.pk])
    found = news(world.pupil, count=2)
    assert [each.event.pk for each in found] == [kept[2].pk, kept[1].pk]
    rest = news_of(world.pupil, reach_of(world.pupil), count=2, before=kept[1].pk)
    assert [each.event.pk for each in rest] == [kept[0].pk]


def test_what_lies_behind_hundreds_of_lost_lines_is_found_in_a_few_queries(world: SharingWorld) -> None:
    kept = shared_with(world.pupil, ResourceFactory(owner=world.teacher))
    lost = ResourceFactory(owner=world.teacher)
    record_all(
        Happening(kind=SHARED, by=world.teacher.uuid, resource=lost.pk, persons=[world.pupil.pk])
        for _ in range(1_500)
    )
    reach = reach_of(world.pupil)
    with CaptureQueriesContext(connection) as asked:
        found = news_of(world.pupil, reach, count=30)
    assert [each.event.pk for each in found] == [kept.pk]
    assert len(asked) <= 20


def test_an_event_for_nobody_is_not_written_and_an_unknown_kind_is_a_mistake(world: SharingWorld) -> None:
    assert record(Happening(kind="sharing.shared", by=world.teacher.uuid, resource=world.note.pk)) is None
    assert not Event.objects.exists()
    with pytest.raises(LookupError):
        record(Happening(kind="unknown", persons=[world.pupil.pk]))


@pytest.mark.parametrize("number", [1, 200])
def test_news_ask_as_much_for_one_event_as_for_two_hundred(world: SharingWorld, number: int) -> None:
    for _ in range(number):
        shared_with(world.pupil, ResourceFactory(owner=world.teacher))
    reach = reach_of(world.pupil)
    with CaptureQueriesContext(connection) as asked:
        found = news_of(world.pupil, reach, count=30)
    assert len(found) == min(number, 30)
    assert len(asked) == 6


def test_who_is_on_their_way_out_is_told_nothing(world: SharingWorld, settings: Any) -> None:
    shared_with(world.pupil, world.note)
    world.pupil.absent_since = world.pupil.pre_deleted_on = "2026-09-01"
    world.pupil.save(update_fields=["absent_since", "pre_deleted_on"])
    world.pupil.refresh_from_db()
    assert titles(world.pupil) == []
