"""Who reads a notice now, who says that they have, what its administrators do with it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.enums import Profile
from core import clock
from core.models import AuditEntry
from directory.errors import NotYours
from directory.models import ClassAttachment
from home.enums import Stage, Weight
from home.errors import (
    ForNobody,
    NobodyToRemind,
    NothingAsked,
    NothingToTell,
    NotInThisStage,
    RemindedToday,
    WrongDates,
)
from home.fates import erase
from home.models import Acknowledgement, Notice
from home.querysets import asked_by, concerns_of, of_stage
from home.services import acknowledge, notices
from home.services.notices import stage_of
from home.services.tell import tell_due
from sharing.querysets import reach_of
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, BlockFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world
from tests.home.conftest import NOON
from tests.home.notices import days, drafted, in_classes, posted, read_by, words
from timeline.lines import lines_of as lines_of_news
from timeline.models import Event
from timeline.querysets import news_of

pytestmark = pytest.mark.django_db
EVERYBODY = tuple(Profile)


def told_to(person: Any) -> list[str]:
    return [each.event.kind for each in news_of(person, reach_of(person), count=30)]


def test_a_notice_is_for_the_profiles_and_the_classes_that_it_names_and_nobody_else(
    board: SchoolWorld,
) -> None:
    first, second = board.classes
    posted(board, "Aux familles du premier", **in_classes(first.school_class))
    posted(board, "À tous", profiles=EVERYBODY)
    posted(board, "Aux enseignants", profiles=[Profile.TEACHER])
    assert read_by(first.relatives[0]) == ["Aux familles du premier", "À tous"]
    assert read_by(second.relatives[0]) == ["À tous"]
    assert read_by(first.pupils[0]) == ["À tous"]
    assert read_by(first.teacher) == ["Aux enseignants", "À tous"]
    assert read_by(school_world().classes[0].relatives[0]) == []


def test_staff_who_are_in_no_class_read_what_is_for_staff_whatever_the_classes(board: SchoolWorld) -> None:
    helper = PersonFactory(staff=True, activated=True)
    AttachmentFactory(person=helper, school=board.school)
    given = in_classes(board.classes[0].school_class)
    posted(board, profiles=[Profile.STAFF, Profile.TEACHER], **given)
    assert read_by(helper) == ["Photo de classe"]
    assert read_by(board.classes[1].teacher) == []


def test_who_joins_a_class_is_told_and_who_leaves_it_is_told_no_more(board: SchoolWorld) -> None:
    room = board.classes[0]
    posted(board, **in_classes(room.school_class))
    late = relative_of(pupil_in(room.school_class))
    assert read_by(late) == ["Photo de classe"]
    ClassAttachment.objects.filter(school_class=room.school_class).update(ended_on=clock.today())
    assert read_by(late) == read_by(room.relatives[0]) == []


def test_ties_that_the_direction_ended_or_limited_bring_no_notice_of_the_class(board: SchoolWorld) -> None:
    room = board.classes[0]
    posted(board, "De la classe", **in_classes(room.school_class))
    posted(board, "De l’école")
    limited, ended = room.relatives
    TieRestrictionFactory(relative=limited, pupil=room.pupils[0])
    TieRestrictionFactory(relative=ended, pupil=room.pupils[1], over=True)
    assert read_by(limited) == ["De l’école"]
    assert read_by(ended) == []


def test_a_school_closed_to_a_profile_tells_it_nothing(board: SchoolWorld) -> None:
    posted(board)
    relative = board.classes[0].relatives[0]
    assert read_by(relative) == ["Photo de classe"]
    BlockFactory(school=board.school, profile=Profile.RELATIVE, person=None)
    assert read_by(relative) == []


def test_it_stands_from_its_first_day_to_the_end_of_its_last(
    board: SchoolWorld, at: Callable[[Any], None]
) -> None:
    notice = posted(board, **days(1, 2))
    relative = board.classes[0].relatives[0]
    seen = []
    for shift in range(5):
        at(NOON + timedelta(days=shift))
        seen.append((stage_of(notice), read_by(relative)))
        assert list(of_stage(Notice.objects.all(), stage_of(notice))) == [notice]
    assert [stage for stage, _ in seen] == [
        Stage.COMING, Stage.SHOWN, Stage.SHOWN, Stage.OVER, Stage.OVER
    ]  # fmt: skip
    assert [bool(read) for _, read in seen] == [False, True, True, False, False]


def test_a_notice_to_come_is_told_once_on_its_day(board: SchoolWorld, at: Callable[[Any], None]) -> None:
    posted(board, **days(1, 2))
    relative = board.classes[0].relatives[0]
    assert tell_due() == 0
    assert told_to(relative) == []
    at(NOON + timedelta(days=1))
    assert [tell_due(), tell_due()] == [1, 0]
    assert told_to(relative) == ["home.notice"]
    assert Event.objects.count() == 1


def test_a_notice_withdrawn_leaves_what_is_new_and_comes_back_as_it_was_told_once(board: SchoolWorld) -> None:
    notice = posted(board, asks=True)
    relative = board.classes[0].relatives[0]
    acknowledge.acknowledge(by=relative, notice=notice)
    notices.withdraw(by=board.director, notice=notice)
    assert (read_by(relative), told_to(relative)) == ([], [])
    with pytest.raises(NotInThisStage):
        notices.withdraw(by=board.director, notice=notice)
    notices.put_back(by=board.director, notice=notice)
    assert (read_by(relative), told_to(relative)) == (["Photo de classe"], ["home.notice"])
    assert Acknowledgement.objects.filter(notice=notice).count() == 1
    assert Event.objects.count() == 1


def test_only_a_draft_or_what_was_withdrawn_is_erased(board: SchoolWorld) -> None:
    draft, notice = drafted(board), posted(board)
    notices.erase(by=board.director, notice=draft)
    with pytest.raises(NotInThisStage):
        notices.erase(by=board.director, notice=notice)
    notices.withdraw(by=board.director, notice=notice)
    notices.erase(by=board.director, notice=notice)
    assert not Notice.objects.exists()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "notice.written",
        "notice.written",
        "notice.posted",
        "notice.erased",
        "notice.withdrawn",
        "notice.erased",
    ]


def test_nobody_but_who_administers_the_school_writes_there(board: SchoolWorld) -> None:
    notice = posted(board, asks=True)
    elsewhere = school_world().director
    for other in (board.classes[0].teacher, elsewhere):
        for act in (
            lambda who: notices.write(by=who, school=board.school, words=words()),
            lambda who: notices.edit(by=who, notice=notice, words=words()),
            lambda who: notices.withdraw(by=who, notice=notice),
            lambda who: acknowledge.remind(by=who, notice=notice),
        ):
            with pytest.raises(NotYours):
                act(other)


def test_what_is_not_fit_to_be_posted_is_refused_and_stays_a_draft(board: SchoolWorld) -> None:
    for given, refusal in (
        ({"title": " "}, NothingToTell),
        ({"profiles": []}, ForNobody),
        (days(-3, -1), WrongDates),
    ):
        draft = drafted(board, **given)
        with pytest.raises(refusal):
            notices.post(by=board.director, notice=draft)
        draft.refresh_from_db()
        assert stage_of(draft) == Stage.DRAFT
    with pytest.raises(WrongDates):
        drafted(board, **days(3, 1))
    with pytest.raises(WrongDates):
        drafted(board, **days(0, 400))
    with pytest.raises(ForNobody):
        drafted(board, **in_classes(school_world().classes[0].school_class))


def test_a_posted_notice_is_edited_with_its_groups_and_its_text_is_cleaned(board: SchoolWorld) -> None:
    first, second = board.classes
    notice = posted(board, **in_classes(first.school_class))
    given = words(
        " Photo\u00a0:  lundi\n", body="<p onclick=x>Mardi<script>x</script></p>", profiles=[Profile.PUPIL]
    )
    done = notices.edit(by=board.director, notice=notice, words=given)
    assert (done.title, done.body) == ("Photo\u00a0: lundi", "<p>Mardi</p>")
    assert read_by(first.relatives[0]) == []
    assert read_by(second.pupils[0]) == ["Photo\u00a0: lundi"]
    with pytest.raises(NothingToTell):
        notices.edit(by=board.director, notice=notice, words=words(""))
    assert read_by(second.pupils[0]) == ["Photo\u00a0: lundi"]


def test_a_relative_is_told_by_which_children_and_asked_by_legal_ties_alone(board: SchoolWorld) -> None:
    first, second = board.classes
    parent = relative_of(first.pupils[0], second.pupils[0])
    notice = posted(board, asks=True, **in_classes(first.school_class))
    concern = concerns_of(parent, [notice], reach_of(parent))[notice.pk]
    assert (concern.children, concern.asked) == ([first.pupils[0]], True)
    parent.guardianships.filter(pupil=first.pupils[0]).update(legal=False)
    assert not concerns_of(parent, [notice], reach_of(parent))[notice.pk].asked
    with pytest.raises(NothingAsked):
        acknowledge.acknowledge(by=parent, notice=notice)


def test_each_relative_says_once_that_they_have_read_and_for_themselves(board: SchoolWorld) -> None:
    first = board.classes[0]
    mother = first.relatives[0]
    father = relative_of(first.pupils[0], first.pupils[1])
    notice = posted(board, asks=True, profiles=EVERYBODY, **in_classes(first.school_class))
    before = acknowledge.acknowledge(by=father, notice=notice)
    assert acknowledge.acknowledge(by=father, notice=notice) == before
    done = {each.relative: each.read_at for each in asked_by(notice)}
    assert done == {father.pk: before.at, mother.pk: None, first.relatives[1].pk: None}
    for other in (first.teacher, first.pupils[0], board.classes[1].relatives[0]):
        with pytest.raises(NothingAsked):
            acknowledge.acknowledge(by=other, notice=notice)
    quiet = posted(board, "Sans demande")
    with pytest.raises(NothingAsked):
        acknowledge.acknowledge(by=mother, notice=quiet)


def test_those_who_have_not_read_are_reminded_once_a_day_and_no_more_once_they_have(
    board: SchoolWorld, at: Callable[[Any], None]
) -> None:
    first, second = board.classes
    notice = posted(board, asks=True, **in_classes(first.school_class))
    one, other = first.relatives
    acknowledge.acknowledge(by=one, notice=notice)
    assert acknowledge.remind(by=board.director, notice=notice) == 1
    assert [told_to(each) for each in (one, other, second.relatives[0])] == [
        ["home.notice"],
        ["home.reminder", "home.notice"],
        [],
    ]
    with pytest.raises(RemindedToday):
        acknowledge.remind(by=board.director, notice=notice)
    at(NOON + timedelta(days=1))
    acknowledge.acknowledge(by=other, notice=notice)
    assert told_to(other) == ["home.notice"]
    with pytest.raises(NobodyToRemind):
        acknowledge.remind(by=board.director, notice=notice)
    late = relative_of(pupil_in(first.school_class))
    assert acknowledge.remind(by=board.director, notice=notice) == 1
    assert told_to(late) == ["home.reminder", "home.notice"]
    ClassAttachment.objects.filter(school_class=first.school_class).update(ended_on=clock.today())
    assert told_to(late) == []


def test_what_asks_nothing_of_relatives_or_does_not_stand_reminds_nobody(board: SchoolWorld) -> None:
    assert not posted(board, asks=True, profiles=[Profile.TEACHER]).asks
    for notice in (posted(board), posted(board, asks=True, **days(1, 2)), drafted(board, asks=True)):
        with pytest.raises(NotInThisStage):
            acknowledge.remind(by=board.director, notice=notice)


def test_the_important_stand_first(board: SchoolWorld, as_person: Any) -> None:
    posted(board, "Importante", weight=Weight.IMPORTANT, **days(-2, 3))
    posted(board, "Ordinaire")
    page = as_person(board.classes[0].relatives[0]).get("/").text
    child = board.classes[0].pupils[0].first_name
    assert page.index("Importante") < page.index(f">{child}<") < page.index("Ordinaire")


def test_a_relatives_word_goes_with_their_account(board: SchoolWorld) -> None:
    notice = posted(board, asks=True)
    relative = board.classes[0].relatives[0]
    acknowledge.acknowledge(by=relative, notice=notice)
    erase([relative.pk])
    assert not Acknowledgement.objects.exists()
    assert Notice.objects.filter(pk=notice.pk).exists()


def test_what_is_new_says_what_the_notice_says_now(board: SchoolWorld) -> None:
    relative = board.classes[0].relatives[0]
    notice = posted(board, "Absence de Mme Roy", asks=True)
    acknowledge.remind(by=board.director, notice=notice)

    def said() -> list[str]:
        news = news_of(relative, reach_of(relative), count=30)
        return [each.told.title for each in lines_of_news(news, pupil=False)]

    notices.edit(by=board.director, notice=notice, words=words("Remplacement", asks=True))
    assert said() == ["«\u00a0Remplacement\u00a0» attend votre «\u00a0J’ai lu\u00a0»", "Remplacement"]
    # Asked no more, it waits for nobody.
    notices.edit(by=board.director, notice=notice, words=words("Remplacement"))
    assert said() == ["Remplacement"]


def test_days_at_the_end_of_calendars_are_days(board: SchoolWorld) -> None:
    last = date.max
    made = drafted(board, starts_on=last, ends_on=last)
    assert made.ends_on == last
    with pytest.raises(WrongDates):
        drafted(board, starts_on=date.min, ends_on=last)
