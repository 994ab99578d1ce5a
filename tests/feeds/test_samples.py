"""The sample sets of an academy and a school's real export, imported where they are at hand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core import clock, invariants
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, SchoolClass
from feeds.models import FeedRun
from feeds.services.import_aaf import import_aaf1d
from schools.models import School
from tests.feeds.cases import bring_csv, counted, day_of_files, logins
from tests.feeds.sets import noon, told
from tests.feeds.whole import differences, whole

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
AAF = SAMPLES / "aaf1d"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample sets are not on this machine"),
]
UAI = "0620000N"
FIRST, AUGUST, SECOND = "2026-09-complete", "2027-08-staff-only", "2027-09-complete"


def manifest(name: str) -> dict[str, Any]:
    return json.loads((AAF / name / "manifest.json").read_text(encoding="utf-8"))


def bring(name: str) -> FeedRun:
    with clock.at(noon(day_of_files(AAF / name))):
        return import_aaf1d(path=AAF / name, academy="EXEMPLE")


def open_rows(model: Any) -> int:
    return model.objects.filter(ended_on=None).count()


def test_the_three_sets_give_the_figures_of_their_manifests() -> None:
    said = manifest(FIRST)
    run = bring(FIRST)
    assert counted(run, "created") == {
        "schools": said["schools"], "classes": said["classes"], "pupils": said["pupils"],
        "relatives": said["parents"], "staff": said["teachers"], "ties": said["links_parent_pupil"],
    }  # fmt: skip
    assert not run.anomalies.exists()
    assert User.objects.filter(profile="PUPIL", ine="").count() == said["pupils_without_ine"]
    assert open_rows(ClassAttachment) == said["pupils"]
    assert Administrator.objects.filter(ended_on=None).count() == said["schools"]
    assert invariants.run_all() == []

    names, families = logins(), whole()
    said = manifest(AUGUST)["diff_from_year_before"]
    run = bring(AUGUST)
    staff = run.counts["staff"]
    assert (staff["created"], staff["absent"], staff["moved"]) == (
        said["teachers_new"], said["teachers_left"], said["teachers_moved"],
    )  # fmt: skip
    touched = differences(families, whole())
    assert "directory_guardianship" not in touched
    assert "directory_classattachment" not in touched
    assert {row["profile"] for row in touched["accounts_user"]["new"]} == {"TEACHER"}
    assert set(School.objects.values_list("running_year", "class_year")) == {(2027, 2026)}

    said = manifest(SECOND)
    changes = said["diff_from_year_before"]
    run = bring(SECOND)
    assert set(School.objects.values_list("running_year", "class_year")) == {(2027, 2027)}
    pupils = run.counts["pupils"]
    assert pupils["created"] == changes["new_pupils"]
    assert pupils["absent"] == changes["leavers_cm2"] + changes["left_academy"]
    assert pupils["moved"] == changes["moved_school"] + changes["gs_to_cp_other_school"]
    assert run.counts["classes"]["created"] == said["classes"]
    present = User.objects.filter(absent_since=None)
    assert present.filter(profile="PUPIL").count() == said["pupils"]
    assert present.filter(profile="RELATIVE").count() == said["parents"]
    assert present.filter(profile="PUPIL", ine="").count() == said["pupils_without_ine"]
    assert open_rows(ClassAttachment) == said["pupils"]
    assert SchoolClass.objects.filter(year=2027).count() == said["classes"]
    assert names.items() <= logins().items()
    assert invariants.run_all() == []


@pytest.mark.parametrize("names", [(FIRST,), (FIRST, AUGUST, SECOND)], ids=["first", "all three"])
def test_the_last_set_once_more_changes_nothing(names: tuple[str, ...]) -> None:
    for name in names:
        bring(name)
    before = whole()
    run = bring(names[-1])
    assert differences(before, whole()) == {}
    for kind in ("pupils", "relatives", "staff"):
        assert set(told(run, kind)) == {"unchanged"}


def test_a_school_s_real_export_comes_in_whole_and_again_unchanged() -> None:
    folder = SAMPLES / "onde-csv"
    run, code = bring_csv(folder, UAI)
    assert code == 0
    assert told(run, "pupils") == {"created": 247}
    assert told(run, "staff") == {"created": 14}
    assert told(run, "ties") == {"created": 491}
    # 469 rows, some of one relative twice: as many accounts as people.
    relatives = User.objects.filter(profile="RELATIVE")
    assert relatives.count() == run.counts["relatives"]["created"]
    assert open_rows(Guardianship) == 491
    assert Attachment.objects.filter(profile="PUPIL", ended_on=None).count() == 247
    assert invariants.run_all() == []
    before = whole()
    again, _ = bring_csv(folder, UAI, on=date(2026, 11, 25))
    assert differences(before, whole()) == {}
    assert told(again, "pupils") == {"unchanged": 247}
    assert told(again, "ties") == {"unchanged": 491}
