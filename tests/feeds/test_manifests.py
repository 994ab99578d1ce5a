"""Academies that are made, imported and compared with what their manifests say must come out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core import clock, invariants
from demo.academy import Recipe
from demo.academy.feed import make_set
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, SchoolClass
from feeds.models import FeedRun, PlanRow
from feeds.services.import_aaf import import_aaf1d
from schools.models import School
from tests.feeds.cases import counted, day_of_files, logins
from tests.feeds.sets import noon, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
RECIPE = Recipe(seed=3, schools=9, year=2026, pupils=720)


def made(folder: Path, **options: Any) -> tuple[Path, dict[str, Any]]:
    return folder, make_set(RECIPE, folder, **options)


def bring(folder: Path) -> FeedRun:
    with clock.at(noon(day_of_files(folder))):
        return import_aaf1d(path=folder)


def keys_of(run: FeedRun, kind: str, action: str) -> list[str]:
    people = PlanRow.objects.filter(run=run, kind=kind, action=action).values("person_id")
    return sorted(User.objects.filter(pk__in=people).values_list("joining_key", flat=True))


@pytest.fixture
def first(tmp_path: Path) -> dict[str, Any]:
    folder, said = made(tmp_path / "first")
    return {"run": bring(folder), "said": said, "folder": folder}


def test_a_first_import_is_what_the_manifest_says(first: dict[str, Any]) -> None:
    run, said = first["run"], first["said"]
    counts = said["counts"]
    assert counted(run, "created") == {kind: counts[kind] for kind in run.counts}
    assert set(run.anomalies.values_list("code", flat=True)) <= {"groups-unused"}
    assert Attachment.objects.filter(profile__in=["TEACHER", "STAFF"]).count() == counts["staff_attachments"]
    assert Guardianship.objects.count() == counts["ties"]
    assert User.objects.filter(profile="PUPIL", ine="").count() == counts["pupils_without_ine"]
    for told_school in said["schools"]:
        school = School.objects.get(joining_key=told_school["key"])
        assert school.uai == told_school["uai"]
        assert Administrator.objects.get(school=school).person.joining_key == told_school["head"]
        here = Attachment.objects.filter(school=school, ended_on=None)
        assert here.filter(profile="PUPIL").count() == told_school["pupils"]
        staff = here.exclude(profile="PUPIL").values_list("person__joining_key", flat=True)
        assert sorted(staff) == told_school["staff"]
        classes = {
            (c.key, c.label, ClassAttachment.objects.filter(school_class=c).count())
            for c in SchoolClass.objects.filter(school=school)
        }
        assert classes == {(c["key"], c["label"], c["pupils"]) for c in told_school["classes"]}
    assert invariants.run_all() == []


def test_the_same_set_again_and_the_same_people_later_change_nothing(
    first: dict[str, Any], tmp_path: Path
) -> None:
    before = whole()
    again = bring(first["folder"])
    later, _ = made(tmp_path / "later", day=date(2026, 10, 20))
    once_more = bring(later)
    assert differences(before, whole()) == {}
    for run in (again, once_more):
        assert (
            set(told(run, "pupils"))
            == set(told(run, "relatives"))
            == set(told(run, "staff"))
            == {"unchanged"}
        )


def test_late_august_then_september_change_what_the_manifests_say(
    first: dict[str, Any], tmp_path: Path
) -> None:
    names, families = logins(), whole()
    august, said = made(tmp_path / "august", year_offset=1, staff_only=True)
    run = bring(august)
    keys = said["keys"]["staff"]
    assert keys_of(run, "staff", "created") == keys["created"]
    assert keys_of(run, "staff", "absent") == keys["absent"]
    assert run.counts["staff"]["moved"] >= len([m for m in keys["moved"] if set(m[2]) - set(m[1])])
    touched = differences(families, whole())
    assert {"directory_guardianship", "directory_schoolclass", "directory_classattachment"} & set(
        touched
    ) == set()

    september, said = made(tmp_path / "september", year_offset=1)
    run = bring(september)
    keys = said["keys"]
    assert run.state == "applied"
    assert not run.schools.filter(role="held").exists()
    assert keys_of(run, "pupils", "created") == keys["pupils"]["created"]
    assert keys_of(run, "pupils", "absent") == keys["pupils"]["absent"]
    assert keys_of(run, "relatives", "created") == keys["relatives"]["created"]
    assert keys_of(run, "relatives", "absent") == keys["relatives"]["absent"]
    assert run.counts["classes"]["created"] == said["counts"]["classes"]
    assert run.counts["ties"]["created"] == len(keys["ties"]["created"])
    assert run.counts["ties"]["absent"] == len(keys["ties"]["ended"])
    got = [
        key for key in keys["pupils"]["got_ine"] if not User.objects.filter(joining_key=key, ine="").exists()
    ]
    assert got == keys["pupils"]["got_ine"]
    present = User.objects.filter(absent_since=None)
    for profile, kind in (("PUPIL", "pupils"), ("RELATIVE", "relatives")):
        assert present.filter(profile=profile).count() == said["counts"][kind]
    assert set(School.objects.values_list("class_year", flat=True)) == {2027}
    assert names.items() <= logins().items()
    assert invariants.run_all() == []
    before = whole()
    bring(september)
    assert differences(before, whole()) == {}
