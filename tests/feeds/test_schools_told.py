"""Which school a record means: by key, else by UAI; one that contradicts another is named and left out."""

from pathlib import Path

import pytest

from accounts.models import User
from schools.models import Academy, School
from tests.feeds.csvs import Child, a_csv, feed_csv
from tests.feeds.sets import a_set, feed, person, pupils_of, school, school_of, told, uai_of
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db


def test_the_nameless_academy_of_a_first_csv_takes_the_name_of_the_first_set(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[Child("Léa")]))
    assert Academy.objects.get().code == "LOCALE"
    run = feed(a_set(tmp_path, "2026-10-06", pupils=pupils_of(2)))
    academy = Academy.objects.get()
    assert (academy.code, academy.national_code) == ("EXEMPLE", "24")
    assert run.academy == academy
    assert school_of("A").uai == uai_of("A")


def test_a_dry_run_gives_the_nameless_academy_no_name(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[Child("Léa")]))
    before = whole()
    run = feed(a_set(tmp_path, "2026-10-06", pupils=pupils_of(2)), dry_run=True)
    assert run.state == "dry"
    assert differences(before, whole()) == {}
    assert staged() == []


def test_a_first_set_run_dry_leaves_no_academy(tmp_path: Path) -> None:
    before = whole()
    run = feed(a_set(tmp_path, pupils=pupils_of(2, relatives=["R1"])), dry_run=True)
    assert told(run, "pupils") == {"created": 2}
    assert differences(before, whole()) == {}
    assert staged() == []


def test_a_school_is_found_by_its_uai_under_another_key(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2)))
    known = school_of("A")
    renamed = school("A2", ENTStructureUAI=uai_of("A"))
    run = feed(a_set(tmp_path, "2026-10-06", schools=[renamed], pupils=pupils_of(2, "A2")))
    assert School.objects.get().pk == known.pk
    assert told(run, "schools") == {"changed": 1}
    assert "created" not in told(run, "pupils")


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (school("A", ENTStructureNomCourant="ECOLE DES TILLEULS"), "school-key-twice"),
        (school("A3", ENTStructureUAI=uai_of("A")), "uai-twice"),
    ],
)
def test_two_schools_that_contradict_each_other_are_both_left_out(
    tmp_path: Path, second: object, code: str
) -> None:
    run = feed(
        a_set(tmp_path, schools=[school("A"), second], pupils=[*pupils_of(2), *pupils_of(2, "B", first=5)])
    )
    assert run.anomalies.filter(code=code).count() == 2
    assert School.objects.get().joining_key == "B"
    assert told(run, "pupils") == {"created": 2}
    assert run.anomalies.filter(code="no-known-school").count() == 2


def test_a_known_school_told_twice_keeps_its_pupils(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2)))
    twice = [school("A"), school("A", ENTStructureNomCourant="ECOLE DES TILLEULS")]
    before = whole()
    run = feed(a_set(tmp_path, "2026-10-06", schools=twice, pupils=pupils_of(2)))
    assert told(run, "pupils") == {"unchanged": 2}
    assert differences(before, whole()) == {}


def test_a_school_of_another_academy_is_not_taken_from_it(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2)))
    theirs = school("N", academy="NORD", code="09", ENTStructureUAI=uai_of("A"))
    ours = school("M", academy="NORD", code="09")
    run = feed(
        a_set(
            tmp_path,
            "2026-10-06",
            academy="NORD",
            schools=[theirs, ours],
            pupils=[*pupils_of(2, "M", first=20), *pupils_of(2, "N", first=30)],
        )
    )
    assert run.anomalies.get(code="uai-of-another").key == "N"
    assert school_of("A").academy.code == "EXEMPLE"
    assert told(run, "pupils") == {"created": 2}
    assert person("P20", academy="NORD").academy.code == "NORD"
    assert User.objects.filter(profile="PUPIL").count() == 4


def test_two_schools_whose_uai_were_exchanged_are_named_and_stay_as_they_are(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[*pupils_of(2), *pupils_of(2, "B", first=5)]))
    swapped = [school("A", ENTStructureUAI=uai_of("B")), school("B", ENTStructureUAI=uai_of("A"))]
    before = whole()
    run = feed(
        a_set(tmp_path, "2026-10-06", schools=swapped, pupils=[*pupils_of(2), *pupils_of(2, "B", first=5)])
    )
    assert run.anomalies.filter(code="uai-of-another").count() == 2
    assert differences(before, whole()) == {}
