"""Cahiers de textes: who sees and changes what, two steps of deletion, copies, ticks, what is told."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.assurance import Assurance, acting_with
from accounts.errors import LowAssurance
from accounts.models import User
from core import clock
from directory.models import SchoolClass
from documents.models import Use
from documents.pieces import pieces_of
from documents.services import keeping
from notebooks import homework_rules as rules
from notebooks.enums import Stage
from notebooks.errors import (
    NotAWriter,
    NothingToCopy,
    NothingWritten,
    NotTicked,
    NotYourBook,
    NotYourClass,
    OutOfTheBook,
    WrongDays,
)
from notebooks.homework_kind import erase as erase_books
from notebooks.homework_querysets import entries_within, entry_visible_to, roles_on_books
from notebooks.homework_reading import homework_of, homework_of_children
from notebooks.models import HomeworkBook, HomeworkEntry, HomeworkTick
from notebooks.services import homework_books, homework_copies, homework_entries
from notebooks.services.homework_entries import SPACE
from notebooks.services.homework_ticks import tick
from rollover.services.roll import roll_school
from sharing.enums import Role
from sharing.errors import NotAManager
from sharing.querysets import reach_of
from sharing.services import resources
from sharing.services.share import share
from tests.directory.factories import TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, relative_of, teacher_at
from tests.messaging.factories import content
from tests.notebooks.factories import DAY, broken, homework, homework_book, words
from timeline.lines import lines_of
from timeline.querysets import news_of

pytestmark = pytest.mark.django_db
type At = Callable[[Any], None]


def read_by(person: User) -> set[str]:
    """What someone reads in every book, by its text."""
    return set(entries_within(roles_on_books(person, reach_of(person))).values_list("text", flat=True))


def done_by(reader: User, pupil: User) -> dict[str, bool]:
    return {work.entry.text: work.done for work in homework_of(reader, pupil, reach_of(reader))}


def told(person: User) -> list[str]:
    news = news_of(person, reach_of(person), count=20, apps=["notebooks"])
    return [line.told.title for line in lines_of(news, pupil=False)]


def test_one_s_class_s_families_read_a_book_shared_with_them_in_one_click(world: SchoolWorld) -> None:
    room, other = world.classes
    book = homework_book(room.teacher, room.school_class, shared=False)
    homework(room.teacher, book)
    assert read_by(room.pupils[0]) == set()
    assert not homework_books.is_shared_with_families(book)
    homework_books.share_with_families(by=room.teacher, book=book)
    assert homework_books.is_shared_with_families(book)
    for person in (*room.pupils, *room.relatives):
        assert read_by(person) == {"Exercices 3 et 4"}
    for person in (*other.pupils, *other.relatives, other.teacher, world.director):
        assert read_by(person) == set()


def test_a_book_is_begun_by_a_team_for_classes_of_theirs(world: SchoolWorld) -> None:
    room, other = world.classes
    for person in (room.pupils[0], room.relatives[0]):
        with pytest.raises(NotYourBook):
            homework_book(person)
    with pytest.raises(NotYourClass):
        homework_book(room.teacher, other.school_class)
    assert homework_book(world.director, other.school_class).school_class == other.school_class
    assert homework_book(room.teacher).school_class is None


def test_readers_see_what_is_published_from_the_day_that_it_is_given_on(world: SchoolWorld, at: At) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    today = clock.today()
    homework(room.teacher, book, body="<p>Su</p>")
    homework(room.teacher, book, body="<p>Tu</p>", published=False)
    homework(room.teacher, book, today + 2 * DAY, body="<p>Demain</p>", given_on=today + DAY)
    assert read_by(room.teacher) == {"Su", "Tu", "Demain"}
    assert read_by(room.pupils[0]) == {"Su"}
    assert told(room.relatives[0]) == [f"{room.teacher.full_name} a donné 1 devoir"]
    at(clock.now() + DAY)
    assert read_by(room.pupils[0]) == {"Su", "Demain"}
    assert len(told(room.relatives[0])) == 2
    assert told(room.teacher) == []


@pytest.mark.parametrize("role", [None, *Role])
def test_the_rule_and_its_queryset_say_the_same(world: SchoolWorld, role: Role | None) -> None:
    room, reader = world.classes[0], world.classes[1].teacher
    book = homework_book(room.teacher, room.school_class)
    today = clock.today()
    if role is not None:
        share(by=world.classes[0].teacher, resource=book.resource, persons=[reader], role=role)
    for stage in Stage:
        for given in (today, today + DAY):
            made = homework(
                room.teacher, book, given + DAY, given_on=given, published=stage == Stage.PUBLISHED
            )
            seen = entry_visible_to(reader, reach_of(reader), made.uuid) is not None
            listed = entries_within(roles_on_books(reader, reach_of(reader))).filter(pk=made.pk).exists()
            wanted = rules.sees(role, stage=stage, given_on=given, today=today)
            assert (seen, listed) == (wanted, wanted), (stage, given)
            homework_entries.take_out(by=room.teacher, entry=made)
            out = entry_visible_to(reader, reach_of(reader), made.uuid, trashed=True) is not None
            assert out == rules.sees(role, stage=stage, given_on=given, today=today, trashed=True)


def test_several_teachers_write_and_each_changes_their_own(world: SchoolWorld) -> None:
    room, colleague = world.classes[0], world.classes[1].teacher
    book = homework_book(room.teacher, room.school_class)
    with pytest.raises(NotAWriter):
        homework_entries.begin(by=colleague, book=book)
    share(by=room.teacher, resource=book.resource, persons=[colleague], role=Role.CONTRIBUTE)
    theirs = homework(colleague, book, body="<p>Anglais</p>")
    mine = homework(room.teacher, book)
    with pytest.raises(NotAWriter):
        homework_entries.write(by=colleague, entry=mine, words=words(body="<p>Autre</p>"))
    homework_entries.write(by=room.teacher, entry=theirs, words=words(body="<p>Anglais, p. 3</p>"))
    assert read_by(room.pupils[0]) == {"Anglais, p. 3", "Exercices 3 et 4"}
    for reader in (room.pupils[0], room.relatives[0]):
        with pytest.raises(NotAWriter):
            homework_entries.take_out(by=reader, entry=theirs)


def test_what_one_begins_and_leaves_empty_is_used_again(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    first = homework_entries.begin(by=room.teacher, book=book, due_on=date(2026, 10, 8))
    second = homework_entries.begin(by=room.teacher, book=book, due_on=date(2026, 10, 9))
    assert (second.pk, second.due_on) == (first.pk, date(2026, 10, 9))
    keeping.keep(
        by=room.teacher, blob=content(), name="a.txt", space=SPACE, subject=second.uuid, label="Devoir"
    )
    assert homework_entries.begin(by=room.teacher, book=book).pk != first.pk


def test_days_that_do_not_fit_and_empty_words_are_refused(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    entry = homework_entries.begin(by=room.teacher, book=book)
    today = clock.today()
    for given in (today + 2 * DAY, today - timedelta(days=400)):
        with pytest.raises(WrongDays):
            homework_entries.write(by=room.teacher, entry=entry, words=words(today + DAY, given_on=given))
    with pytest.raises(NothingWritten):
        homework_entries.publish(by=room.teacher, entry=entry)
    done = homework_entries.write(by=room.teacher, entry=entry, words=words(today, body="<p>Lire</p>"))
    homework_entries.publish(by=room.teacher, entry=done)
    with pytest.raises(NothingWritten):
        homework_entries.write(by=room.teacher, entry=done, words=words(today, body=""))
    entry.refresh_from_db()
    assert entry.text == "Lire"


def test_a_script_in_the_text_is_not_kept(world: SchoolWorld) -> None:
    room = world.classes[0]
    entry = homework(
        room.teacher, homework_book(room.teacher), body="<p onclick=x()>Lire<script>x()</script></p>"
    )
    assert entry.body == "<p>Lire</p>"


def test_homework_goes_in_two_steps_and_its_files_stay_their_author_s(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    entry = homework(room.teacher, book)
    file = keeping.keep(
        by=room.teacher, blob=content(), name="a.txt", space=SPACE, subject=entry.uuid, label="Maths"
    )
    tick(by=room.pupils[0], entry=entry)
    homework_entries.take_out(by=room.teacher, entry=entry)
    assert read_by(room.pupils[0]) == read_by(room.teacher) == set()
    assert told(room.relatives[0]) == []
    with pytest.raises(OutOfTheBook):
        homework_entries.publish(by=room.teacher, entry=entry)
    homework_entries.put_back(by=room.teacher, entry=entry)
    assert done_by(room.relatives[0], room.pupils[0]) == {"Exercices 3 et 4": True}
    with pytest.raises(OutOfTheBook):
        homework_entries.erase(by=room.teacher, entry=entry)
    homework_entries.take_out(by=room.teacher, entry=entry)
    homework_entries.erase(by=room.teacher, entry=entry)
    assert not HomeworkEntry.objects.exists()
    assert not Use.objects.exists()
    file.refresh_from_db()
    assert file.trashed_at is None


def test_a_book_in_the_trash_is_read_by_nobody_and_erased_leaves_nothing(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    tick(by=room.pupils[0], entry=homework(room.teacher, book))
    resources.trash(by=room.teacher, resource=book.resource)
    assert read_by(room.pupils[0]) == read_by(room.teacher) == set()
    resources.restore(by=room.teacher, resource=book.resource)
    assert read_by(room.pupils[0]) == {"Exercices 3 et 4"}
    erase_books([book.pk])
    resources.forget([book.pk])
    assert not HomeworkBook.objects.exists()
    assert not HomeworkTick.objects.exists()
    assert broken() == []


def test_the_rollover_takes_a_book_from_the_class_and_leaves_it_whole_to_its_author(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    homework(room.teacher, homework_book(room.teacher, room.school_class))
    assert read_by(room.relatives[0])
    roll_school(school=world.school, year=2027)
    assert read_by(room.pupils[0]) == read_by(room.relatives[0]) == set()
    assert read_by(room.teacher) == {"Exercices 3 et 4"}


def test_a_week_is_copied_day_for_day_as_drafts_with_its_files(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    monday = rules.monday_of(clock.today())
    entry = homework(room.teacher, book, monday + 3 * DAY, body="<p>Dictée</p>", minutes=15)
    keeping.keep(
        by=room.teacher, blob=content(), name="liste.txt", space=SPACE, subject=entry.uuid, label="Dictée"
    )
    homework(room.teacher, book, monday + rules.WEEK)
    made = homework_copies.copy_week(
        by=room.teacher, book=book, source=monday, target=monday + 2 * rules.WEEK
    )
    assert made == 1
    copy = HomeworkEntry.objects.get(due_on__gte=monday + 2 * rules.WEEK)
    assert (copy.due_on, copy.stage, copy.minutes) == (monday + 2 * rules.WEEK + 3 * DAY, "DRAFT", 15)
    assert [each.name for each in pieces_of(SPACE, [copy.uuid])[copy.uuid]] == ["liste.txt"]
    with pytest.raises(NothingToCopy):
        homework_copies.copy_week(by=room.teacher, book=book, source=monday - rules.WEEK, target=monday)
    done = homework_entries.publish_week(by=room.teacher, book=book, monday=monday + 2 * rules.WEEK)
    assert done == 1


def test_last_year_s_book_is_copied_by_who_manages_it_from_a_first_week(world: SchoolWorld) -> None:
    room, next_teacher = world.classes[0], world.classes[1].teacher
    book = homework_book(room.teacher, room.school_class)
    first = rules.monday_of(clock.today())
    homework(room.teacher, book, first + DAY, body="<p>Un</p>")
    homework(room.teacher, book, first + rules.WEEK + 3 * DAY, body="<p>Deux</p>")
    share(by=room.teacher, resource=book.resource, persons=[next_teacher], role=Role.CONTRIBUTE)
    again = {"source": book, "title": "Repris", "first": date(2027, 9, 9)}
    with pytest.raises(NotAManager):
        homework_copies.copy_book(by=next_teacher, **again)
    share(by=room.teacher, resource=book.resource, persons=[next_teacher], role=Role.MANAGE)
    made = homework_copies.copy_book(by=next_teacher, **again)
    assert made.resource.owner == next_teacher
    rows = HomeworkEntry.objects.filter(book=made).order_by("due_on")
    monday = date(2027, 9, 6)
    assert [(row.text, row.due_on) for row in rows] == [
        ("Un", monday + DAY),
        ("Deux", monday + rules.WEEK + 3 * DAY),
    ]
    assert {row.author for row in rows} == {next_teacher}
    assert {row.stage for row in rows} == {"DRAFT"}


def test_a_pupil_ticks_and_their_relatives_see_it(world: SchoolWorld) -> None:
    room = world.classes[0]
    entry = homework(room.teacher, homework_book(room.teacher, room.school_class))
    with acting_with(Assurance.LOW):
        tick(by=room.pupils[0], entry=entry)
        tick(by=room.pupils[0], entry=entry)
    assert done_by(room.relatives[0], room.pupils[0]) == {"Exercices 3 et 4": True}
    assert done_by(room.relatives[1], room.pupils[1]) == {"Exercices 3 et 4": False}
    tick(by=room.pupils[0], entry=entry, done=False)
    assert done_by(room.pupils[0], room.pupils[0]) == {"Exercices 3 et 4": False}
    for person in (room.teacher, room.relatives[0]):
        with pytest.raises(NotTicked):
            tick(by=person, entry=entry)


def test_a_relative_of_two_children_reads_each_one_s_own(world: SchoolWorld) -> None:
    first, second = world.classes
    eldest, youngest = first.pupils[0], second.pupils[0]
    parent = relative_of(eldest, youngest)
    homework(first.teacher, homework_book(first.teacher, first.school_class), body="<p>Un</p>")
    # Shared with relatives alone, as with children who do not read yet.
    book = homework_book(second.teacher, second.school_class, shared=False)
    group = second.school_class.group_set.get(profile="RELATIVE")
    share(by=second.teacher, resource=book.resource, groups=[group], role=Role.READ)
    homework(second.teacher, book, body="<p>Deux</p>")
    homework(first.teacher, named := homework_book(first.teacher), body="<p>Trois</p>")
    share(by=first.teacher, resource=named.resource, persons=[eldest], role=Role.READ)
    found = homework_of_children(parent, [eldest.pk, youngest.pk], reach_of(parent))
    texts = {key: {work.entry.text for work in works} for key, works in found.items()}
    # What is the eldest's by name is not their parent's.
    assert texts == {eldest.pk: {"Un"}, youngest.pk: {"Deux"}}
    TieRestrictionFactory(relative=parent, pupil=eldest)
    assert homework_of(parent, eldest, reach_of(parent)) == []


def test_nobody_signed_in_by_pictures_deletes_for_good(world: SchoolWorld) -> None:
    room = world.classes[0]
    entry = homework(room.teacher, homework_book(room.teacher))
    homework_entries.take_out(by=room.teacher, entry=entry)
    with acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        homework_entries.erase(by=room.teacher, entry=entry)


def test_a_day_is_a_date_wherever_the_clock_stands(world: SchoolWorld, at: At) -> None:
    room = world.classes[0]
    book = homework_book(room.teacher, room.school_class)
    homework(room.teacher, book, date(2026, 10, 8), given_on=date(2026, 10, 8))
    at(datetime(2026, 10, 7, 21, 59, tzinfo=UTC))
    assert read_by(room.pupils[0]) == set()
    # Midnight in France.
    at(datetime(2026, 10, 7, 22, 1, tzinfo=UTC))
    assert read_by(room.pupils[0]) == {"Exercices 3 et 4"}


def test_a_class_that_a_feed_takes_back_leaves_its_book(world: SchoolWorld) -> None:
    room = world.classes[0]
    teacher = teacher_at(world.school)
    book = homework_book(room.teacher, room.school_class)
    lost = SchoolClass.objects.create(school=world.school, year=2026, key="x", label="X", source="AAF1D")
    HomeworkBook.objects.filter(pk=book.pk).update(school_class=lost.pk + 1000)
    assert HomeworkBook.objects.select_related("school_class").get(pk=book.pk).school_class is None
    assert roles_on_books(teacher, reach_of(teacher)) == {}
