"""Who is missing, and from what: a file speaks only for its kind and for the schools that it names."""

from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from directory.models import Attachment, ClassAttachment, Group, Guardianship, ScolarityMembership
from feeds.enums import SchoolRole
from tests.directory.factories import AttachmentFactory, ClassAttachmentFactory, GuardianshipFactory
from tests.feeds.sets import a_set, feed, klass, person, pupil, pupils_of, school, school_of, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LATER = "2026-10-06"
OTHERS = pupils_of(12, first=20)
"""Enough pupils that one or two leaving pass no mark."""


def absent() -> set[str]:
    """The keys of those who are absent."""
    found = User.objects.filter(absent_since__isnull=False)
    return set(found.values_list("joining_key", flat=True))


def schools_of(key: str) -> set[str]:
    return set(
        Attachment.objects.filter(person=person(key), ended_on=None).values_list(
            "school__joining_key", flat=True
        )
    )


def classes_of(key: str) -> list[str]:
    return sorted(
        ClassAttachment.objects.filter(person=person(key), ended_on=None).values_list(
            "school_class__label", flat=True
        )
    )


# For its kind, for the schools it names.


def test_a_staff_only_set_touches_no_pupil_relative_or_class(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"])], staff=[staff("S1")]))
    before = whole()
    run = feed(a_set(tmp_path, LATER, staff=[staff("S1"), staff("S2")]))
    assert told(run, "staff") == {"created": 1, "unchanged": 1}
    after = differences(before, whole())
    assert set(after) == {"accounts_user", "directory_attachment"}
    assert [len(rows["gone"]) for rows in after.values()] == [0, 0]


def test_a_families_set_misses_no_staff(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1")], staff=[staff("S1")]))
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1")]))
    assert absent() == set()
    assert schools_of("S1") == {"A"}


def test_a_school_that_the_set_does_not_name_is_left_alone(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), pupil("P2", "B")], staff=[staff("S1", "B")]))
    before = whole()
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1")]))
    assert differences(before, whole()) == {}


def test_a_school_listed_but_silent_is_reported_and_left_alone(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), pupil("P2", "B")]))
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1")], schools=[school("B")]))
    assert run.schools.get(role=SchoolRole.SILENT).school == school_of("B")
    assert absent() == set()


def test_a_school_is_named_by_readable_records_alone(tmp_path: Path) -> None:
    """A school whose only record cannot be read is not spoken for: nobody of it is missing."""
    feed(a_set(tmp_path, pupils=[pupil("P1"), pupil("P2", "B"), pupil("P3", "B", born="2018-06-06")]))
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1"), pupil("P2", "B", born=None)]))
    assert absent() == set()


# A record speaks whole for its person.


def test_a_school_no_longer_stated_ends_at_once_even_a_silent_one(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", "A", "B", classes=[klass("A"), klass("B", label="GS")])]))
    assert (schools_of("P1"), classes_of("P1")) == ({"A", "B"}, ["CP", "GS"])
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1")]))
    assert (schools_of("P1"), classes_of("P1")) == ({"A"}, ["CP"])
    assert told(run, "pupils") == {"changed": 1}
    ended = Attachment.objects.get(person=person("P1"), school=school_of("B"))
    assert (ended.ended_on, ended.ended_by) == (date(2026, 10, 6), run.uuid)


def test_a_class_no_longer_stated_ends_and_the_new_one_begins(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS]))
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1", classes=[klass(label="CE1")]), *OTHERS]))
    assert classes_of("P1") == ["CE1"]
    assert ClassAttachment.objects.filter(person=person("P1")).count() == 2


def test_a_move_across_town_carries_family_and_login_and_ends_the_old_school_at_once(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"]), *OTHERS]))
    login = person("P1").username
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1", "B", relatives=["R1"]), *OTHERS]))
    assert told(run, "pupils") == {"moved": 1, "unchanged": 12}
    assert (schools_of("P1"), person("P1").username) == ({"B"}, login)
    groups = ScolarityMembership.objects.filter(person=person("R1")).values_list(
        "group__school__joining_key", flat=True
    )
    assert set(groups) == {"B"}
    assert Guardianship.objects.get().ended_on is None


# Missing.


def test_missing_from_the_only_school_is_absent_and_nothing_ends(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"]), *OTHERS]))
    groups = set(ScolarityMembership.objects.values_list("group", "person", "through"))
    run = feed(a_set(tmp_path, LATER, pupils=OTHERS))
    assert told(run, "pupils") == {"absent": 1, "unchanged": 12}
    assert person("P1").absent_since == date(2026, 10, 6)
    assert (schools_of("P1"), classes_of("P1")) == ({"A"}, ["CP"])
    assert set(ScolarityMembership.objects.values_list("group", "person", "through")) == groups


def test_absence_begins_once_whatever_the_feeds_that_follow(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS]))
    feed(a_set(tmp_path, LATER, pupils=OTHERS))
    before = whole()
    run = feed(a_set(tmp_path, "2026-10-20", pupils=OTHERS))
    assert told(run, "pupils") == {"unchanged": 12}
    assert differences(before, whole()) == {}


def test_missing_from_a_school_and_stated_in_no_other_record_leaves_it_for_one_by_hand(
    tmp_path: Path,
) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), pupil("P2", "B"), *OTHERS]))
    AttachmentFactory(person=person("P1"), school=school_of("B"), by_hand=True)
    run = feed(a_set(tmp_path, LATER, pupils=OTHERS))
    assert schools_of("P1") == {"B"}
    assert classes_of("P1") == []
    assert absent() == set()
    assert told(run, "pupils") == {"moved": 1, "unchanged": 12}


def test_missing_from_both_schools_is_absent_and_leaves_neither(tmp_path: Path) -> None:
    both = pupil("P1", "A", "B", classes=[klass("A")])
    feed(a_set(tmp_path, pupils=[both, pupil("P2", "B"), *OTHERS]))
    feed(a_set(tmp_path, LATER, pupils=[pupil("P2", "B"), *OTHERS]))
    assert schools_of("P1") == {"A", "B"}
    assert absent() == {"P1"}


def test_a_teacher_missing_from_one_school_of_two_leaves_it_and_its_classes(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), pupil("P2", "B")], staff=[staff("S1", "A", "B"), staff("S2")]))
    for key in ("A", "B"):
        school_class = school_of(key).schoolclass_set.get()
        ClassAttachmentFactory(person=person("S1"), school_class=school_class, by_hand=True)
    feed(a_set(tmp_path, LATER, staff=[staff("S1", "B"), staff("S2")]))
    assert schools_of("S1") == {"B"}
    kept = ClassAttachment.objects.get(person=person("S1"), ended_on=None)
    assert kept.school_class.school == school_of("B")


def test_an_absent_teacher_keeps_school_and_classes_through_the_grace(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1")], staff=[staff("S1"), staff("S2")]))
    ClassAttachmentFactory(
        person=person("S1"), school_class=school_of("A").schoolclass_set.get(), by_hand=True
    )
    feed(a_set(tmp_path, LATER, staff=[staff("S2")]))
    assert absent() == {"S1"}
    assert (schools_of("S1"), classes_of("S1")) == ({"A"}, ["CP"])


# What was made by hand.


def test_people_attached_by_hand_are_never_missed(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS], staff=[staff("S1")]))
    by_hand = AttachmentFactory(school=school_of("A"), by_hand=True)
    guest = AttachmentFactory(school=school_of("A"), by_hand=True, person__guest=True)
    pupil_by_hand = AttachmentFactory(school=school_of("A"), by_hand=True, person__pupil=True)
    before = whole()
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1"), *OTHERS], staff=[staff("S1")]))
    assert differences(before, whole()) == {}
    for row in (by_hand, guest, pupil_by_hand):
        row.refresh_from_db()
        assert row.ended_on is None


def test_ties_made_by_hand_are_never_missed(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"]), *OTHERS]))
    by_hand = GuardianshipFactory(pupil=person("P1"), by_hand=True)
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1", relatives=["R1"]), *OTHERS]))
    by_hand.refresh_from_db()
    assert by_hand.ended_on is None
    assert by_hand.relative.absent_since is None


def test_groups_stay_as_they_are_when_people_are_absent(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS]))
    groups = set(Group.objects.values_list("pk", flat=True))
    feed(a_set(tmp_path, LATER, pupils=OTHERS))
    assert set(Group.objects.values_list("pk", flat=True)) == groups
