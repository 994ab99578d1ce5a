"""The year turns over (design, §5, *Rollover*): what ends with it, what lasts, for people and classes."""

from pathlib import Path

import pytest

from core import invariants
from directory.models import Block, ClassAttachment, Detachment, Group, Membership, SchoolClass
from rollover.models import Turnover
from schools.models import School
from tests.directory.factories import BlockFactory, GroupFactory, MembershipFactory
from tests.feeds.seen import ITSELF, classes_of, schools_of, years_of
from tests.feeds.sets import a_set, feed, klass, person, pupil, pupils_of, school_of, staff
from tests.feeds.whole import differences, whole
from tests.rollover.scene import detach, last_year, teach, turn

pytestmark = pytest.mark.django_db


def test_last_years_class_attachments_of_pupils_and_teachers_end(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    turn(tmp_path)
    assert classes_of("PA1") == ["A CP 2026"]
    assert classes_of("SA1") == []
    assert schools_of("SA1") == ["A"]
    assert invariants.run_all() == []


def test_a_school_that_does_not_turn_keeps_its_own(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    teach("SB1")
    turn(tmp_path, schools="A")
    assert classes_of("SB1") == ["B CP 2025"]
    assert classes_of("PB1") == ["B CP 2025"]


def test_a_teacher_of_two_schools_leaves_only_the_classes_of_the_one_that_turns(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    feed(
        a_set(
            tmp_path,
            "2026-06-20",
            staff=[staff("SA1", "A", "B"), staff("SA2", "A"), staff("SB1", "B"), staff("SB2", "B")],
        )
    )
    teach("SA1")
    ClassAttachment.objects.create(
        person=person("SA1"),
        school_class=SchoolClass.objects.get(school__joining_key="B"),
        role="TEACHER",
        source="MANUAL",
        since="2026-06-21",
    )
    turn(tmp_path, schools="A")
    assert classes_of("SA1") == ["B CP 2025"]


def test_pupils_who_left_are_in_no_class_of_the_school_any_more(tmp_path: Path) -> None:
    last_year(tmp_path)
    feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3, prefix="PA")))
    assert person("PA4").absent_since is not None
    assert classes_of("PA4") == []
    assert schools_of("PA4") == ["A"]  # through the grace
    assert invariants.run_all() == []


def test_the_turnover_is_written_down_with_what_it_ended(tmp_path: Path) -> None:
    last_year(tmp_path)
    teacher = teach("SA1")
    run = turn(tmp_path)
    turnover = Turnover.objects.get()
    assert (turnover.school.joining_key, turnover.from_year, turnover.to_year) == ("A", 2025, 2026)
    assert turnover.feed_run == run.uuid
    assert teacher.pk in turnover.ended_class_attachments
    assert len(turnover.ended_class_attachments) == 5
    teacher.refresh_from_db()
    assert teacher.ended_by == run.uuid


def test_a_detachment_of_last_year_is_lifted_and_the_feed_speaks_again(tmp_path: Path) -> None:
    last_year(tmp_path)
    before = detach("PA1", on="2026-06-15")
    feed(a_set(tmp_path, "2026-06-20", pupils=pupils_of(4, prefix="PA", year=2025)))
    assert schools_of("PA1") == []  # it wins over the feed
    run = turn(tmp_path)
    before.refresh_from_db()
    assert before.lifted_by == run.uuid
    assert classes_of("PA1") == ["A CP 2026"]
    assert invariants.run_all() == []


def test_a_detachment_made_in_late_august_outlives_septembers_switch(tmp_path: Path) -> None:
    last_year(tmp_path)
    feed(a_set(tmp_path, "2026-08-25", staff=[staff("SA1"), staff("SA2")]))
    assert years_of() == (2026, 2025)
    detach("PA1", on="2026-08-28")
    turn(tmp_path)
    assert schools_of("PA1") == []
    assert classes_of("PA1") == []
    assert Detachment.objects.get().lifted_at is None
    turn_again = feed(a_set(tmp_path, "2027-09-15", pupils=pupils_of(4, prefix="PA", year=2027)))
    assert turn_again.state == "applied"
    assert classes_of("PA1") == ["A CP 2027"]


def test_a_block_until_the_new_year_is_lifted_by_the_family_feed_that_turns_the_school(
    tmp_path: Path,
) -> None:
    last_year(tmp_path)
    block = BlockFactory(of_profile=True, school=school_of("A"), until_new_year=True)
    lasting = BlockFactory(of_profile=True, school=school_of("A"), profile="PUPIL")
    feed(a_set(tmp_path, "2026-08-27", staff=[staff("SA1"), staff("SA2")]))
    feed(a_set(tmp_path, "2026-09-02", pupils=pupils_of(4, prefix="PA", year=2025)))
    assert Block.objects.filter(lifted_at__isnull=True).count() == 2  # still tells last year
    run = turn(tmp_path)
    block.refresh_from_db()
    lasting.refresh_from_db()
    assert block.lifted_by == run.uuid
    assert lasting.lifted_at is None


def test_manual_groups_and_their_members_are_untouched(tmp_path: Path) -> None:
    last_year(tmp_path)
    group = GroupFactory(school=school_of("A"))
    for key in ("PA1", "PA4", "SA1"):
        MembershipFactory(group=group, person=person(key))
    kept = whole(but=ITSELF)["directory_membership"]
    feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3, prefix="PA")))
    assert whole(but=ITSELF)["directory_membership"] == kept
    assert Membership.objects.count() == 3


def test_last_years_class_and_its_groups_stay_as_they_are(tmp_path: Path) -> None:
    last_year(tmp_path)
    before = list(Group.objects.filter(school_class__year=2025).order_by("pk").values())
    turn(tmp_path)
    assert list(Group.objects.filter(school_class__year=2025).order_by("pk").values()) == before
    assert SchoolClass.objects.filter(year=2025).count() == 1


def test_logins_passwords_and_settings_of_the_school_do_not_change(tmp_path: Path) -> None:
    last_year(tmp_path)
    School.objects.update(relatives_reach_relatives=True)
    people = whole()["accounts_user"]
    turn(tmp_path)
    assert whole()["accounts_user"] == people
    assert school_of("A").relatives_reach_relatives


def test_the_set_that_turned_the_school_fed_again_turns_nothing_more(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    turn(tmp_path)
    teach("SA1", year=2026, on="2026-09-16")
    before = whole(but=ITSELF)
    turn(tmp_path, "2026-09-17")
    assert differences(before, whole(but=ITSELF)) == {}
    assert classes_of("SA1") == ["A CP 2026"]


def test_a_pupil_who_changes_school_at_the_turn_is_in_the_new_ones_class_only(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    moved = [pupil("PA1", "B"), *pupils_of(3, "A", prefix="PA", first=2), *pupils_of(4, "B", prefix="PB")]
    feed(a_set(tmp_path, "2026-09-15", pupils=moved))
    assert schools_of("PA1") == ["B"]
    assert classes_of("PA1") == ["B CP 2026"]
    assert invariants.run_all() == []


def test_a_pupil_who_moves_to_a_school_that_turned_before_leaves_last_years_class(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    turn(tmp_path, schools="B")
    feed(a_set(tmp_path, "2026-09-16", pupils=[pupil("PA1", "B"), *pupils_of(4, "B", prefix="PB")]))
    assert classes_of("PA1") == ["B CP 2026"]
    assert years_of("A")[1] == 2025
    assert invariants.run_all() == []


def test_classes_that_pupils_were_put_in_by_hand_end_too(tmp_path: Path) -> None:
    last_year(tmp_path)
    feed(
        a_set(
            tmp_path,
            "2026-06-20",
            pupils=[
                *pupils_of(3, prefix="PA", year=2025),
                pupil("PA4", classes=[klass(year=2025), klass(label="ULIS", year=2025)]),
            ],
        )
    )
    by_hand = SchoolClass.objects.get(label="ULIS")
    person("PA1").classattachment_set.create(
        school_class=by_hand, role="PUPIL", source="MANUAL", since="2026-06-21"
    )
    assert classes_of("PA1") == ["A CP 2025", "A ULIS 2025"]
    turn(tmp_path)
    assert classes_of("PA1") == ["A CP 2026"]
