"""A teacher is in a class by an administrator's hand: no feed undoes it within the year."""

from pathlib import Path

import pytest

from accounts.enums import Source
from core import clock, invariants
from directory.models import ClassAttachment
from directory.services.class_teachers import attach_teacher
from schools.models import School
from tests.directory.factories import AdministratorFactory, ClassAttachmentFactory
from tests.feeds.csvs import Child, Teacher, a_csv, feed_csv
from tests.feeds.sets import a_set, feed, klass, noon, person, pupil, pupils_of, school_of, staff

pytestmark = pytest.mark.django_db
PUPILS = pupils_of(4)
LEA, NOE = Child("Léa"), Child("Noé", born="2018-04-15", label="CE1", level="CE1")


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    """A teacher of two schools, attached by hand to a class of each."""
    feed(a_set(tmp_path, pupils=[*PUPILS, pupil("P9", "B")], staff=[staff("S1", "A", "B"), staff("S2")]))
    admin = AdministratorFactory(of_platform=True).person
    with clock.at(noon("2026-09-16")):
        for key in ("A", "B"):
            attach_teacher(by=admin, teacher=person("S1"), school_class=school_of(key).schoolclass_set.get())
    return tmp_path


def taught(who: object) -> set[str]:
    rows = ClassAttachment.objects.filter(person=who, role="TEACHER", ended_on=None)
    return {f"{row.school_class.school.joining_key}:{row.school_class.label}" for row in rows}


def test_a_class_by_hand_survives_every_feed_of_the_year(fed: Path) -> None:
    for day in ("2026-10-06", "2026-12-01", "2027-05-20"):
        feed(a_set(fed, day, pupils=[*PUPILS, pupil("P9", "B")], staff=[staff("S1", "A", "B"), staff("S2")]))
        assert taught(person("S1")) == {"A:CP", "B:CP"}
    assert invariants.run_all() == []


def test_a_class_by_hand_survives_the_staff_file_of_late_august(fed: Path) -> None:
    feed(a_set(fed, "2027-08-25", staff=[staff("S1", "A", "B"), staff("S2")]))
    assert taught(person("S1")) == {"A:CP", "B:CP"}


def test_when_a_teacher_leaves_a_school_their_classes_there_end(fed: Path) -> None:
    feed(a_set(fed, "2026-11-10", staff=[staff("S1", "B"), staff("S2")]))
    assert taught(person("S1")) == {"B:CP"}


def test_a_pupil_placed_by_hand_in_a_second_class_stays_there(fed: Path) -> None:
    feed(
        a_set(
            fed,
            "2026-10-01",
            pupils=[*PUPILS, pupil("P10", classes=[klass(label="ULIS")], born="2017-01-01")],
        )
    )
    ulis = school_of("A").schoolclass_set.get(label="ULIS")
    ClassAttachmentFactory(person=person("P1"), school_class=ulis, by_hand=True)
    feed(
        a_set(
            fed,
            "2026-10-06",
            pupils=[*PUPILS, pupil("P10", classes=[klass(label="ULIS")], born="2017-01-01")],
        )
    )
    rows = ClassAttachment.objects.filter(person=person("P1"), ended_on=None)
    assert {(row.school_class.label, row.source) for row in rows} == {
        ("CP", Source.AAF1D),
        ("ULIS", Source.MANUAL),
    }


def test_a_class_emptied_of_its_pupils_keeps_its_teacher_within_the_year(fed: Path) -> None:
    moved = pupils_of(4, classes=[klass(label="CE1")])
    feed(a_set(fed, "2026-10-06", pupils=moved))
    assert "A:CP" in taught(person("S1"))


# The CSV gives teachers' classes.


def test_the_csv_attaches_a_teacher_where_a_pupil_is(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP"), Teacher("Ana", "CE1")]))
    rows = ClassAttachment.objects.filter(role="TEACHER")
    assert {(row.person.first_name, row.school_class.label, row.source) for row in rows} == {
        ("Gil", "CP", "ONDE_CSV"), ("Ana", "CE1", "ONDE_CSV"),
    }  # fmt: skip


def test_a_teacher_moved_to_another_class_in_the_csv_leaves_the_first(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP")]))
    feed_csv(
        a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CE1")]), on="2026-10-06", make=False
    )
    row = ClassAttachment.objects.get(role="TEACHER", ended_on=None)
    assert row.school_class.label == "CE1"


def test_a_class_by_hand_is_not_the_csv_s_to_end(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP")]))
    gil = ClassAttachment.objects.get(role="TEACHER").person
    second = School.objects.get().schoolclass_set.get(label="CE1")
    ClassAttachmentFactory(person=gil, school_class=second, by_hand=True)
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP")]), on="2026-10-06", make=False)
    rows = ClassAttachment.objects.filter(role="TEACHER", ended_on=None)
    assert {(row.school_class.label, row.source) for row in rows} == {("CP", "ONDE_CSV"), ("CE1", "MANUAL")}


def test_a_csv_of_pupils_alone_says_nothing_of_teachers(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP")]))
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE]), on="2026-10-06", make=False)
    row = ClassAttachment.objects.get(role="TEACHER", ended_on=None)
    assert row.person.absent_since is None


def test_an_aaf_set_misses_no_class_that_the_csv_gave(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP")]))
    feed(a_set(tmp_path, "2026-10-06", staff=[staff("S1", ENTPersonPrenom="Gil")]))
    row = ClassAttachment.objects.get(role="TEACHER", ended_on=None)
    assert row.person == person("S1")


def test_a_row_without_class_leaves_the_teacher_where_they_are_by_hand_and_ends_what_the_csv_gave(
    tmp_path: Path,
) -> None:
    # The row speaks whole for what its own source gave: an empty cell says that the class is no longer theirs.
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil", "CP")]))
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], teachers=[Teacher("Gil")]), on="2026-10-06", make=False)
    assert not ClassAttachment.objects.filter(role="TEACHER", ended_on=None).exists()
