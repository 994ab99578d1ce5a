"""Records as they come: twice to the letter, of people already gone, of schools half known, kinds that are lacking."""

from pathlib import Path

import pytest

from accounts.models import User
from core import invariants
from directory.models import Attachment, ClassAttachment, Guardianship
from tests.feeds.sets import (
    a_set,
    feed,
    is_known,
    klass,
    person,
    pupil,
    pupils_of,
    relative,
    school,
    staff,
    told,
)
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LATER = "2026-10-06"
INE = "110000001AB"
OTHERS = pupils_of(12, first=20)


def test_one_record_twice_to_the_letter_is_one_person(tmp_path: Path) -> None:
    one = pupil("P1", "A", "B", classes=[klass("A"), klass("B", label="GS")], relatives=["R1"])
    two = [relative("R1"), relative("R1")]
    run = feed(a_set(tmp_path, pupils=[one, one], relatives=two, staff=[staff("S1"), staff("S1")]))
    assert [told(run, kind) for kind in ("pupils", "relatives", "staff", "ties")] == [{"created": 1}] * 4
    assert Attachment.objects.filter(person=person("P1")).count() == 2
    assert not run.anomalies.exists()


# Already gone.


def test_a_pupil_unknown_here_who_has_already_left_gets_no_account_nor_has_their_family(
    tmp_path: Path,
) -> None:
    gone = pupil("P1", left="2026-09-10", relatives=["R1"])
    run = feed(a_set(tmp_path, pupils=[gone, *OTHERS]))
    assert told(run, "pupils") == {"created": 12}
    assert told(run, "relatives") == {}
    assert not is_known("P1")
    assert not is_known("R1")
    before = whole()
    feed(a_set(tmp_path, LATER, pupils=[gone, *OTHERS]))
    assert differences(before, whole()) == {}


def test_the_record_that_an_academy_keeps_of_a_pupil_who_left_it_takes_nothing_from_their_new_school(
    tmp_path: Path,
) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE), *OTHERS]))
    north = [school("N", academy="NORD", code="09")]
    feed(
        a_set(
            tmp_path,
            LATER,
            academy="NORD",
            schools=north,
            pupils=[pupil("P9", "N", ine=INE, classes=[klass("N")])],
        )
    )
    before = whole()
    feed(a_set(tmp_path, "2026-10-13", pupils=[pupil("P1", ine=INE, left="2026-10-02"), *OTHERS]))
    assert differences(before, whole()) == {}
    assert (
        Attachment.objects.get(person=person("P9", academy="NORD"), ended_on=None).school.joining_key == "N"
    )


# Schools half known.


def test_a_school_that_nobody_knows_is_named_once_and_the_other_is_kept(tmp_path: Path) -> None:
    known = [school("A")]
    people = {"pupils": [pupil("P1", "A", "X"), *OTHERS], "staff": [staff("S1", "A", "X"), staff("S2", "X")]}
    run = feed(a_set(tmp_path, schools=known, made_up=False, **people))  # type: ignore[arg-type]
    assert run.anomalies.get(code="school-unknown").message.count("X")
    assert run.anomalies.get(code="no-known-school").key == "S2"
    assert told(run, "staff") == {"created": 1}
    assert set(Attachment.objects.values_list("school__joining_key", flat=True)) == {"A"}


def test_a_school_known_and_not_listed_today_is_named_by_its_people(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS]))
    run = feed(a_set(tmp_path, LATER, pupils=OTHERS, made_up=False), academy="EXEMPLE")
    assert told(run, "pupils") == {"absent": 1, "unchanged": 12}


# Kinds that are lacking.


def test_without_a_file_of_relatives_the_ties_stay_as_the_pupils_state_them(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1", "R2"]), *OTHERS]))
    run = feed(
        a_set(
            tmp_path,
            LATER,
            schools=[school("A")],
            pupils=[pupil("P1", relatives=["R1"]), *OTHERS],
            made_up=False,
        )
    )
    assert told(run, "ties") == {"absent": 1, "unchanged": 1}
    assert person("R1").absent_since is None
    assert person("R2").absent_since is not None
    assert not run.anomalies.exists()


def test_a_relative_whom_a_pupil_names_and_no_file_tells_is_named_by_key(tmp_path: Path) -> None:
    run = feed(a_set(tmp_path, schools=[school("A")], pupils=[pupil("P1", relatives=["R1"])], made_up=False))
    flaw = run.anomalies.get()
    assert (flaw.code, flaw.key) == ("relative-unknown", "P1")
    assert "R1" in flaw.message
    assert not Guardianship.objects.exists()


def test_a_relative_who_arrives_later_than_the_tie_is_tied_then(tmp_path: Path) -> None:
    feed(a_set(tmp_path, schools=[school("A")], pupils=[pupil("P1", relatives=["R1"])], made_up=False))
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1", relatives=["R1"])]))
    assert told(run, "ties") == {"created": 1}
    assert told(run, "relatives") == {"created": 1}


# People of several kinds of change at once.


def test_keys_exchanged_between_two_pupils_known_by_ine_go_with_their_bearers(tmp_path: Path) -> None:
    """Keys are exact: the record of a key is its bearer's, whatever INE and name it says today."""
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE), pupil("P2", ine="110000002AC")]))
    first, second = person("P1").pk, person("P2").pk
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1", ine="110000002AC"), pupil("P2", ine=INE)]))
    assert (person("P1").pk, person("P2").pk) == (first, second)
    assert User.objects.count() == 2


def test_everything_at_once_leaves_no_rule_broken(tmp_path: Path) -> None:
    both = [klass("A"), klass("B", label="GS")]
    feed(
        a_set(
            tmp_path,
            pupils=[
                pupil("P1", "A", "B", classes=both, relatives=["R1"]),
                pupil("P2", relatives=["R1", "R2"]),
                *OTHERS,
            ],
            staff=[staff("S1", "A", "B", heads=["B"]), staff("S2", heads=["A"])],
        )
    )
    feed(
        a_set(
            tmp_path,
            LATER,
            pupils=[
                pupil("P1", "C", classes=[klass("C", label="CE1")], relatives=["R2"]),
                pupil("P2", left="2026-10-01", relatives=["R2", "R3"]),
                pupil("P3", born=None, relatives=["R1"]),
                *OTHERS,
            ],
            staff=[staff("S1", "C", heads=["C"]), staff("S3", "A", "B", heads=["A", "B"], teacher=False)],
        )
    )
    assert invariants.run_all() == []
    inside = ClassAttachment.objects.get(person=person("P1"), ended_on=None)
    assert inside.school_class.label == "CE1"
    assert {
        tie.relative.joining_key for tie in Guardianship.objects.filter(pupil=person("P1"), ended_on=None)
    } == {"R2"}
