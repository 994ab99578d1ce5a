"""Classes through the years (design, §5, *The school year*): stale files, labels, keys, pupils awaited."""

from pathlib import Path

import pytest

from directory.models import Attachment, ClassAttachment, SchoolClass
from tests.feeds.seen import ITSELF, changes, classes_of, parked_of, roles_of, years_of
from tests.feeds.sets import a_set, feed, is_known, klass, person, pupil, pupils_of, school_of, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db


def turned(tmp_path: Path) -> None:
    """A school of twelve that passed to 2026."""
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(12, year=2025), staff=[staff("S1")]))
    feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(12), staff=[staff("S1")]))
    assert years_of() == (2026, 2026)


def test_a_file_that_tells_an_older_year_than_the_class_year_changes_nothing_there(tmp_path: Path) -> None:
    turned(tmp_path)
    before = whole(but=ITSELF)
    late = [
        *pupils_of(9, year=2025),  # three are missing, one renamed, one left, one is new
        pupil("P10", year=2025, ENTPersonNom="DURAND"),
        pupil("P11", year=2025, left="2026-07-01"),
        pupil("P99", year=2025, relatives=["R99"]),
    ]
    run = feed(a_set(tmp_path, "2026-09-18", pupils=late))
    assert run.state == "applied"
    assert differences(before, whole(but=ITSELF)) == {}
    assert not is_known("P99")
    assert not is_known("R99")
    assert roles_of(run) == {("A", "F", "stale")}
    assert changes(run) == {}
    assert told(run, "pupils") == {"unchanged": 11}
    assert classes_of("P1") == ["A CP 2026"]


def test_a_file_of_last_year_takes_the_place_of_no_newer_date(tmp_path: Path) -> None:
    turned(tmp_path)
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(12, year=2025)))
    run = feed(a_set(tmp_path, "2026-09-18", pupils=pupils_of(12)), on="2026-09-21")
    assert run.state == "applied"


def test_a_stale_school_is_left_alone_and_the_others_of_the_set_are_fed(tmp_path: Path) -> None:
    turned(tmp_path)
    feed(a_set(tmp_path, "2026-09-16", pupils=pupils_of(3, "B", prefix="P5")))
    mixed = [*pupils_of(12, year=2025), *pupils_of(4, "B", prefix="P5")]
    run = feed(a_set(tmp_path, "2026-09-18", pupils=mixed))
    assert changes(run) == {"pupils": {"created": 1}}
    assert ("A", "F", "stale") in roles_of(run)
    assert ("B", "F", "named") in roles_of(run)


def test_a_pupil_who_leaves_a_stale_school_for_another_joins_that_one(tmp_path: Path) -> None:
    turned(tmp_path)
    feed(a_set(tmp_path, "2026-09-18", pupils=[*pupils_of(11, first=2, year=2025), pupil("P1", "B")]))
    assert classes_of("P1") == ["A CP 2026", "B CP 2026"]  # the stale file ends nothing at A
    feed(a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(11, first=2), pupil("P1", "B")]))
    assert classes_of("P1") == ["B CP 2026"]


def test_a_stale_file_does_not_replace_the_records_that_wait(tmp_path: Path) -> None:
    turned(tmp_path)
    few = [*pupils_of(4), *pupils_of(3, "B", prefix="P5")]
    waiting = parked_of(feed(a_set(tmp_path, "2026-09-17", pupils=few)))
    feed(a_set(tmp_path, "2026-09-18", pupils=pupils_of(12, year=2025)))
    waiting.refresh_from_db()
    assert waiting.state == "parked"


def test_a_class_relabelled_within_the_year_stays_itself(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-15", pupils=[pupil("P1", classes=[klass(key="K1", label="CP A")])]))
    before = SchoolClass.objects.get()
    run = feed(
        a_set(tmp_path, "2026-10-01", pupils=[pupil("P1", classes=[klass(key="K1", label="CP Mme Morel")])])
    )
    after = SchoolClass.objects.get()
    assert (after.pk, after.uuid) == (before.pk, before.uuid)
    assert after.label == "CP Mme Morel"
    assert changes(run) == {"classes": {"changed": 1}}
    assert ClassAttachment.objects.filter(ended_on__isnull=True).count() == 1


def test_the_same_key_in_a_new_year_is_a_new_class(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=[pupil("P1", classes=[klass(key="K1", year=2025)])]))
    feed(a_set(tmp_path, "2026-09-15", pupils=[pupil("P1", classes=[klass(key="K1", year=2026)])]))
    assert list(SchoolClass.objects.order_by("year").values_list("key", "year")) == [
        ("K1", 2025),
        ("K1", 2026),
    ]
    assert classes_of("P1") == ["A CP 2026"]


def test_pupils_still_in_last_years_class_after_the_turn_have_none_and_are_awaited(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(5, year=2025)))
    run = feed(a_set(tmp_path, "2026-09-15", pupils=[*pupils_of(3), *pupils_of(2, first=4, year=2025)]))
    assert classes_of("P4") == []
    assert Attachment.objects.filter(person=person("P4"), ended_on__isnull=True).exists()
    assert person("P4").absent_since is None
    assert any("2 élève(s) sans classe" in note for note in run.notes)
    feed(a_set(tmp_path, "2026-09-16", pupils=pupils_of(5)))
    assert classes_of("P4") == ["A CP 2026"]


def test_in_summer_when_every_value_has_ended_the_last_one_counts(tmp_path: Path) -> None:
    moved = [
        klass(key="K1", label="CE1", year=2025, ends="2026-02-01"),
        klass(key="K2", label="CE2", year=2025, starts="2026-02-02", ends="2026-07-04"),
    ]
    feed(a_set(tmp_path, "2026-07-10", pupils=[pupil("P1", classes=moved)]))
    assert classes_of("P1") == ["A CE2 2025"]
    assert years_of() == (2025, 2025)


def test_values_that_have_ended_do_not_count_while_another_runs(tmp_path: Path) -> None:
    moved = [
        klass(key="K1", label="CE1", ends="2026-10-01"),
        klass(key="K2", label="CE2", starts="2026-10-02"),
    ]
    feed(a_set(tmp_path, "2026-09-15", pupils=[pupil("P1", classes=moved[:1])]))
    assert classes_of("P1") == ["A CE1 2026"]
    feed(a_set(tmp_path, "2026-10-05", pupils=[pupil("P1", classes=moved)]))
    assert classes_of("P1") == ["A CE2 2026"]


def test_a_pupil_may_be_in_two_classes_that_both_run(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", classes=[klass(label="CP"), klass(label="ULIS")])]))
    assert classes_of("P1") == ["A CP 2026", "A ULIS 2026"]
    feed(a_set(tmp_path, "2026-09-20", pupils=[pupil("P1", classes=[klass(label="CP")])]))
    assert classes_of("P1") == ["A CP 2026"]


def test_a_record_without_a_class_leaves_the_class_as_it_is_and_is_named(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2)))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(1), pupil("P2", classes=[])]))
    assert classes_of("P2") == ["A CP 2026"]
    assert [row.key for row in run.anomalies.all()] == ["P2"]


def test_a_class_appears_with_its_first_pupil_and_is_awaited_by_its_school(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", classes=[])], staff=[staff("S1")]))
    assert not SchoolClass.objects.exists()
    feed(a_set(tmp_path, "2026-09-20", pupils=[pupil("P1")], staff=[staff("S1")]))
    assert SchoolClass.objects.get().school == school_of("A")


def test_a_class_value_of_a_school_that_the_record_does_not_place_the_pupil_in_opens_nothing(
    tmp_path: Path,
) -> None:
    run = feed(
        a_set(
            tmp_path, pupils=[pupil("P1", "A", classes=[klass("A"), klass("B")]), *pupils_of(2, "B", first=5)]
        )
    )
    assert run.state == "applied"
    assert classes_of("P1") == ["A CP 2026"]


def test_two_classes_of_one_label_are_told_apart_by_their_keys(tmp_path: Path) -> None:
    both = [pupil("P1", classes=[klass(key="K1")]), pupil("P2", classes=[klass(key="K2")])]
    feed(a_set(tmp_path, pupils=both))
    assert SchoolClass.objects.filter(label="CP").count() == 2
