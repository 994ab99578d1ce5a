"""Sample sets of an academy and a school's real export, where they are at hand: their figures are read."""

import json
from pathlib import Path

import pytest

from feeds.match import match
from feeds.read.onde_csv import read_onde
from feeds.read.rows import Kind, Relation
from tests.feeds.read.factories import LATEST, SAMPLES, dicts, read_set

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample sets are not on this machine")
SETS = ("2026-09-complete", "2027-08-staff-only", "2027-09-complete")


@pytest.mark.parametrize("name", SETS)
def test_a_set_holds_what_its_manifest_says(name: str) -> None:
    folder = SAMPLES / "aaf1d" / name
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files, batch = read_set(folder)
    assert f"{files.date:%Y%m%d}" == manifest["date"]
    people = dicts(batch, Relation.PERSON)
    pupils = [row for row in people if row["kind"] == Kind.PUPIL]
    assert len(batch.rows[Relation.SCHOOL]) == manifest["schools"]
    assert sum(row["kind"] == Kind.STAFF for row in people) == manifest["teachers"]
    assert len(pupils) == manifest.get("pupils", 0)
    assert sum(not row["ine"] for row in pupils) == manifest.get("pupils_without_ine", 0)
    assert sum(row["kind"] == Kind.RELATIVE for row in people) == manifest.get("parents", 0)
    assert len(batch.rows[Relation.TIE]) == manifest.get("links_parent_pupil", 0)
    assert len({row["class_key"] for row in dicts(batch, Relation.CLASSVALUE)}) == manifest.get("classes", 0)
    assert batch.records == manifest.get("records", manifest["schools"] + manifest["teachers"])
    assert batch.anomalies == []


def test_each_person_of_a_set_has_a_key_of_their_own_and_each_school_its_head() -> None:
    _, batch = read_set(SAMPLES / "aaf1d" / SETS[0])
    keys = [(row["kind"], row["key"]) for row in dicts(batch, Relation.PERSON)]
    assert len(keys) == len(set(keys))
    heads = {row["school_key"] for row in dicts(batch, Relation.PLACE) if row["is_head"]}
    assert heads == {row["joining_key"] for row in dicts(batch, Relation.SCHOOL)}


def test_a_schools_real_export_is_read_whole() -> None:
    folder: Path = SAMPLES / "onde-csv"
    found = read_onde(folder, school_key="0610001A", latest_birth=LATEST)
    people = dicts(found.batch, Relation.PERSON)
    assert sum(row["kind"] == Kind.PUPIL for row in people) == 247
    assert sum(row["kind"] == Kind.STAFF for row in people) == 14
    assert len(found.batch.rows[Relation.CHILD]) == 491
    assert found.batch.anomalies == []
    assert all(not file.unused for file in found.files)
    told = match([], found.batch, files=[file.name for file in found.files])
    assert len(told.ties) == 491
    assert (told.anomalies, told.left_out) == ([], set())
