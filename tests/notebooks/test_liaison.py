"""Carnets de liaison: to whom a word goes, who signs what, corrections, reminders, paper; what relatives keep."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.assurance import Assurance, acting_with
from accounts.errors import LowAssurance
from accounts.models import User
from core import clock
from directory.enums import TieLimit
from directory.models import ClassAttachment, Guardianship, TieRestriction
from notebooks.enums import Asks, WordState
from notebooks.errors import (
    AnswerNeeded,
    ForNobodyYet,
    NoFamilyToRemind,
    NotAsked,
    NotAWriter,
    NothingToPrint,
    NothingToSay,
    NotYourPupils,
    WordMoved,
    WordRemindedToday,
    WrongDeadline,
)
from notebooks.liaison_kind import erase as erase_books
from notebooks.liaison_lines import follow_of, received_lines
from notebooks.liaison_querysets import copies_of, waiting, word_visible_to
from notebooks.liaison_rules import Said, together
from notebooks.liaison_slips import slips_of
from notebooks.models import LiaisonBook, LiaisonCopy, LiaisonVersion, LiaisonWord
from notebooks.services import liaison_signatures, liaison_words
from notebooks.services.liaison_words import WordWords
from rollover.services.roll import roll_school
from sharing.enums import Role
from sharing.querysets import reach_of
from sharing.services import resources
from sharing.services.share import share
from tests.directory.factories import GuardianshipFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, teacher_at
from tests.notebooks.factories import DAY, copy_of, liaison_book, word
from timeline.lines import lines_of
from timeline.querysets import news_of

pytestmark = pytest.mark.django_db
type At = Callable[[Any], None]


def held_by(person: User) -> list[str]:
    return list(copies_of(person).values_list("word__title", flat=True))


def to_sign(person: User) -> list[str]:
    return list(waiting(copies_of(person)).values_list("word__title", flat=True))


def told(person: User) -> list[str]:
    news = news_of(person, reach_of(person), count=20, apps=["notebooks"])
    return [line.told.title for line in lines_of(news, pupil=False)]


def corrected(title: str = "Sortie", body: str = "<p>Vendredi au musée</p>") -> WordWords:
    return WordWords(title=title, body=body)


def test_a_word_goes_to_each_legal_relative_of_each_child(world: SchoolWorld) -> None:
    room = world.classes[0]
    both = relative_of(*room.pupils)
    GuardianshipFactory(relative=(aunt := relative_of()), pupil=room.pupils[0], legal=False)
    limited = relative_of(room.pupils[0])
    TieRestrictionFactory(relative=limited, pupil=room.pupils[0])
    alone = pupil_in(room.school_class)
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    got = set(LiaisonCopy.objects.filter(word=made).values_list("pupil_id", "relative_id"))
    first, second = (each.pk for each in room.pupils)
    assert got == {
        (first, room.relatives[0].pk),
        (first, both.pk),
        (second, room.relatives[1].pk),
        (second, both.pk),
        (alone.pk, None),
    }
    assert len(to_sign(both)) == 2
    for other in (aunt, limited, room.pupils[0], world.classes[1].relatives[0], room.teacher):
        assert held_by(other) == []
    assert told(both) == ["Mot à signer\u00a0: Sortie"]
    assert told(room.pupils[0]) == told(limited) == []


def test_a_teacher_writes_for_their_own_classes_and_the_direction_for_the_school(world: SchoolWorld) -> None:
    room, other = world.classes
    book = liaison_book(room.teacher, room.school_class)
    with pytest.raises(NotYourPupils):
        word(room.teacher, book, other.school_class)
    with pytest.raises(NotYourPupils):
        word(room.teacher, book, pupils=(other.pupils[0],))
    word(room.teacher, book, pupils=(room.pupils[1],))
    assert (held_by(room.relatives[0]), held_by(room.relatives[1])) == ([], ["Sortie"])
    mine = liaison_book(world.director)
    word(world.director, mine, room.school_class, other.school_class, title="Grève")
    for relative in (*room.relatives, *other.relatives):
        assert "Grève" in held_by(relative)
    # Who taught the class, and does no more, sends nothing that waited.
    draft = word(room.teacher, book, room.school_class, sent=False)
    ClassAttachment.objects.filter(person=room.teacher).update(ended_on=clock.today())
    with pytest.raises(NotYourPupils):
        liaison_words.send_word(by=room.teacher, word=draft)


def test_a_word_without_title_recipient_or_time_does_not_go(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = liaison_book(room.teacher)
    for given, error in (
        ({"title": ""}, NothingToSay),
        ({"body": "<p> </p>"}, NothingToSay),
        ({"due_on": clock.today() - DAY}, WrongDeadline),
    ):
        with pytest.raises(error):
            word(room.teacher, book, room.school_class, **given)
    with pytest.raises(ForNobodyYet):
        word(room.teacher, book)
    draft = word(room.teacher, book, room.school_class, sent=False)
    with acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        liaison_words.send_word(by=room.teacher, word=draft)
    assert not LiaisonCopy.objects.exists()


def test_each_relative_signs_child_by_child_for_themself(world: SchoolWorld) -> None:
    room = world.classes[0]
    parent = relative_of(*room.pupils)
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    liaison_signatures.sign(by=parent, copy=copy_of(made, parent, room.pupils[0]))
    assert len(to_sign(parent)) == 1
    assert to_sign(room.relatives[0]) == ["Sortie"]
    with pytest.raises(NotAsked):
        liaison_signatures.sign(by=parent, copy=copy_of(made, room.relatives[0]))
    other = copy_of(made, parent, room.pupils[1])
    with acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        liaison_signatures.sign(by=parent, copy=other)
    Guardianship.objects.filter(relative=parent, pupil=room.pupils[1]).update(ended_on=clock.today())
    with pytest.raises(NotAsked):
        liaison_signatures.sign(by=parent, copy=other)


def test_an_authorisation_is_yes_or_no_and_may_change_while_it_is_open(world: SchoolWorld) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    book = liaison_book(room.teacher, room.school_class)
    made = word(room.teacher, book, room.school_class, asks=Asks.ANSWER)
    copy = copy_of(made, relative)
    with pytest.raises(AnswerNeeded):
        liaison_signatures.sign(by=relative, copy=copy)
    liaison_signatures.sign(by=relative, copy=copy, answer=True)
    liaison_signatures.sign(by=relative, copy=copy, answer=False)
    assert copy_of(made, relative).answer is False
    liaison_words.close_word(by=room.teacher, word=made)
    for person in (relative, room.relatives[1]):
        with pytest.raises(NotAsked):
            liaison_signatures.sign(by=person, copy=copy_of(made, person), answer=True)
    assert to_sign(room.relatives[1]) == []
    liaison_words.reopen_word(by=room.teacher, word=made)
    assert to_sign(room.relatives[1]) == ["Sortie"]


@pytest.mark.parametrize(
    ("answers", "silent", "asked", "said"),
    [
        ([True, True], 0, True, Said.YES),
        ([True], 1, True, Said.PARTLY),
        ([True, False], 0, True, Said.NO),
        ([False], 1, True, Said.NO),
        ([], 2, True, Said.WAITING),
        ([None, None], 0, False, Said.SIGNED),
        ([None], 1, False, Said.PARTLY),
        ([], 1, False, Said.WAITING),
    ],
)
def test_what_the_relatives_of_a_child_say_together(
    answers: list[bool | None], silent: int, asked: bool, said: Said
) -> None:
    assert together(answers, waiting=silent, answers_asked=asked) == said


def test_a_correction_asks_for_signatures_again_or_keeps_what_was_signed(world: SchoolWorld) -> None:
    room = world.classes[0]
    signed, silent = room.relatives
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    liaison_signatures.sign(by=signed, copy=copy_of(made, signed))
    made = liaison_words.correct_word(by=room.teacher, word=made, words=corrected(), ask_again=False)
    assert (to_sign(signed), to_sign(silent)) == ([], ["Sortie"])
    (line,) = received_lines(copies_of(signed))
    assert (line.signed, line.corrected) == (True, True)
    assert LiaisonVersion.objects.get(word=made).body == "<p>Jeudi au musée</p>"
    liaison_words.correct_word(
        by=room.teacher, word=made, words=corrected(title="Sortie annulée"), ask_again=True
    )
    assert (to_sign(signed), to_sign(silent)) == (["Sortie annulée"], ["Sortie annulée"])
    (line,) = received_lines(copies_of(signed))
    # What they signed is known still; it is to be read again.
    assert line.copy.read_at is None
    assert (line.signed, line.copy.signed_version) == (False, 1)
    liaison_signatures.sign(by=signed, copy=copy_of(made, signed))
    assert copy_of(made, signed).signed_version == 3
    with pytest.raises(NothingToSay):
        liaison_words.correct_word(by=room.teacher, word=made, words=corrected(body=""), ask_again=True)
    with pytest.raises(NotAWriter):
        liaison_words.correct_word(by=world.director, word=made, words=corrected(), ask_again=True)


def test_those_who_have_not_signed_are_reminded_once_a_day(world: SchoolWorld, at: At) -> None:
    room = world.classes[0]
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    liaison_signatures.sign(by=room.relatives[0], copy=copy_of(made, room.relatives[0]))
    gone = relative_of(room.pupils[1])
    liaison_words.send_to_newcomers(by=room.teacher, word=made)
    TieRestrictionFactory(relative=gone, pupil=room.pupils[1])
    assert liaison_signatures.remind(by=room.teacher, word=made) == 1
    with pytest.raises(WordRemindedToday):
        liaison_signatures.remind(by=room.teacher, word=made)
    waits = "«\u00a0Sortie\u00a0» attend votre signature"
    assert waits in told(room.relatives[1])
    assert waits not in told(room.relatives[0])
    liaison_signatures.sign(by=room.relatives[1], copy=copy_of(made, room.relatives[1]))
    assert waits not in told(room.relatives[1])
    at(clock.now() + DAY)
    with pytest.raises(NoFamilyToRemind):
        liaison_signatures.remind(by=room.teacher, word=made)


def test_relatives_keep_what_they_received_whatever_becomes_of_the_class_and_of_the_carnet(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    book = liaison_book(room.teacher, room.school_class)
    made = word(room.teacher, book, room.school_class)
    draft = word(room.teacher, book, room.school_class, sent=False, title="Brouillon")
    roll_school(school=world.school, year=2027)
    assert held_by(relative) == ["Sortie"]
    assert word_visible_to(room.teacher, reach_of(room.teacher), made.uuid) is not None
    resources.trash(by=room.teacher, resource=book.resource)
    assert held_by(relative) == ["Sortie"]
    erase_books([book.pk])
    resources.forget([book.pk])
    connection.check_constraints()
    assert held_by(relative) == ["Sortie"]
    assert to_sign(relative) == []
    assert not LiaisonBook.objects.exists()
    assert not LiaisonWord.objects.filter(pk=draft.pk).exists()


def test_what_a_relative_holds_of_a_child_is_hidden_while_the_direction_limits_their_tie(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    for limit in (TieLimit.LIMITED, TieLimit.ENDED):
        restriction = TieRestrictionFactory(relative=relative, pupil=room.pupils[0], limit=limit)
        assert held_by(relative) == told(relative) == []
        TieRestriction.objects.filter(pk=restriction.pk).update(
            lifted_at=clock.now(), lifted_by=world.director.uuid
        )
        assert held_by(relative) == ["Sortie"]


def test_a_carnet_is_followed_by_its_team_alone(world: SchoolWorld) -> None:
    room, other = world.classes
    book = liaison_book(room.teacher, room.school_class, with_direction=True)
    made = word(room.teacher, book, room.school_class)
    draft = word(room.teacher, book, room.school_class, sent=False)

    def follows(person: User, of: LiaisonWord) -> bool:
        return word_visible_to(person, reach_of(person), of.uuid) is not None

    assert follows(world.director, made)
    assert not follows(world.director, draft)
    assert not follows(other.teacher, made)
    share(by=room.teacher, resource=book.resource, persons=[room.relatives[0]], role=Role.READ)
    assert not follows(room.relatives[0], made)
    share(by=room.teacher, resource=book.resource, persons=[other.teacher], role=Role.CONTRIBUTE)
    assert follows(other.teacher, draft)
    with pytest.raises(NotAWriter):
        liaison_signatures.remind(by=other.teacher, word=made)
    # A replacement, to whom it is entrusted.
    stand_in = teacher_at(world.school, room.school_class)
    share(by=room.teacher, resource=book.resource, persons=[stand_in], role=Role.MANAGE)
    assert liaison_signatures.remind(by=stand_in, word=made) == 2


def test_a_slip_that_came_back_is_noted_and_no_signature_on_screen_is_overwritten(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    book = liaison_book(room.teacher, room.school_class)
    made = word(room.teacher, book, room.school_class, asks=Asks.ANSWER)
    first, second = (copy_of(made, each) for each in room.relatives)
    liaison_signatures.sign(by=room.relatives[0], copy=first, answer=False)
    with pytest.raises(NotAsked):
        liaison_signatures.note_paper(by=room.teacher, copy=first, signed=True, answer=True)
    with pytest.raises(AnswerNeeded):
        liaison_signatures.note_paper(by=room.teacher, copy=second, signed=True)
    liaison_signatures.note_paper(by=room.teacher, copy=second, signed=True, answer=True)
    assert [family.said for family in follow_of(made).families] in (
        [Said.NO, Said.YES],
        [Said.YES, Said.NO],
    )
    liaison_signatures.note_paper(by=room.teacher, copy=second, signed=False)
    assert copy_of(made, room.relatives[1]).signed_at is None
    with pytest.raises(NotAWriter):
        liaison_signatures.note_paper(by=world.director, copy=second, signed=True, answer=True)


def test_slips_are_printed_for_those_without_a_screen_or_for_all_who_have_not_signed(
    world: SchoolWorld,
) -> None:
    room = world.classes[0]
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    with pytest.raises(NothingToPrint):
        slips_of(made)
    assert slips_of(made, everybody=True).startswith(b"%PDF")
    never = relative_of(room.pupils[0], activated=False)
    alone = pupil_in(room.school_class)
    liaison_words.send_to_newcomers(by=room.teacher, word=made)
    follow = follow_of(made)
    assert {(each.copy.pupil, each.copy.relative) for each in follow.screenless} == {
        (room.pupils[0], never),
        (alone, None),
    }
    assert slips_of(made).startswith(b"%PDF")


def test_families_that_come_later_receive_it_when_it_is_said(world: SchoolWorld) -> None:
    room = world.classes[0]
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    assert liaison_words.newcomers_of(made) == []
    late = relative_of(pupil_in(room.school_class))
    assert held_by(late) == []
    assert liaison_words.send_to_newcomers(by=room.teacher, word=made) == 1
    assert liaison_words.send_to_newcomers(by=room.teacher, word=made) == 0
    assert to_sign(late) == ["Sortie"]


def test_a_draft_is_deleted_and_what_went_is_not(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = liaison_book(room.teacher, room.school_class)
    draft = word(room.teacher, book, room.school_class, sent=False)
    made = word(room.teacher, book, room.school_class)
    liaison_words.erase_word(by=room.teacher, word=draft)
    with pytest.raises(WordMoved):
        liaison_words.erase_word(by=room.teacher, word=made)
    with pytest.raises(WordMoved):
        liaison_words.write_word(by=room.teacher, word=made, words=corrected())
    assert LiaisonWord.objects.get().state == WordState.SENT


def test_an_empty_draft_is_used_again_and_is_for_the_carnet_s_class(world: SchoolWorld) -> None:
    room = world.classes[0]
    book = liaison_book(room.teacher, room.school_class)
    first = liaison_words.begin_word(by=room.teacher, book=book)
    assert liaison_words.begin_word(by=room.teacher, book=book).pk == first.pk
    assert [each.school_class for each in first.targets.all()] == [room.school_class]
    with pytest.raises(NotAWriter):
        liaison_words.begin_word(by=world.director, book=book)
