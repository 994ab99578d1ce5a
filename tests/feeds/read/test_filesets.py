"""Which files a path holds, and which paths hold no set."""

import os
from datetime import date
from pathlib import Path

import pytest

from feeds.read.aaf import jobs
from feeds.read.errors import UnreadableSet
from feeds.read.fileset import FileSet, open_set
from feeds.read.rows import Kind
from tests.feeds.read.factories import codes, record, xml

DATA = xml(record())


def lay(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(DATA)
    return folder


def found(path: Path, academy: str = "") -> FileSet:
    with open_set(path, academy=academy) as files:
        return files


def refused(path: Path, academy: str = "") -> UnreadableSet:
    with pytest.raises(UnreadableSet) as error, open_set(path, academy=academy):
        pass
    assert error.value.sentence
    assert error.value.remedy
    return error.value


def test_the_files_of_a_set_come_by_kind_and_part_with_its_date(tmp_path: Path) -> None:
    lay(
        tmp_path,
        "ENT_X_1D_Complet_20260915_Eleve_0001.xml",
        "ENT_X_1D_Complet_20260915_Eleve_0000.xml",
        "ENT_X_1D_Complet_20260915_PersRelEleve_0000.XML",
        "ENT_X_1D_Complet_20260915_PersEducNat_0000.xml",
        "ENT_X_1D_Complet_20260915_EtabEducNat_0000.xml",
        "ficAlimMENESR.dtd",
        "manifest.json",
    )
    files = found(tmp_path)
    assert [(file.kind, file.part) for file in files.files] == [
        (Kind.SCHOOL, 0), (Kind.STAFF, 0), (Kind.PUPIL, 0), (Kind.PUPIL, 1), (Kind.RELATIVE, 0),
    ]  # fmt: skip
    assert (files.date, files.date_stated, files.folder) == (date(2026, 9, 15), True, tmp_path.name)
    assert files.anomalies == ()


def test_births_are_bounded_by_the_later_of_the_feed_and_the_clock(tmp_path: Path) -> None:
    files = found(lay(tmp_path, "E_Complet_20260915_Eleve_0000.xml"))
    assert jobs(files, today=date(2026, 9, 1))[0].latest_birth == "2026-09-15"
    assert jobs(files, today=date(2026, 10, 1))[0].latest_birth == "2026-10-01"


def test_without_a_date_in_the_names_that_of_the_newest_file_is_taken_and_said(tmp_path: Path) -> None:
    lay(tmp_path, "ENT_Complet_Eleve_0000.xml", "ENT_Complet_PersEducNat_0000.xml")
    for name, day in (("ENT_Complet_Eleve_0000.xml", 10), ("ENT_Complet_PersEducNat_0000.xml", 20)):
        noon = 1_789_000_000 + day * 86_400
        os.utime(tmp_path / name, (noon, noon))
    files = found(tmp_path)
    assert files.date == date.fromtimestamp(1_789_000_000 + 20 * 86_400)  # noqa: DTZ012 the machine's own day
    assert not files.date_stated
    assert codes(list(files.anomalies)) == ["date-from-file"]


def test_a_staff_set_alone_is_a_set(tmp_path: Path) -> None:
    files = found(
        lay(tmp_path, "E_Complet_20270823_EtabEducNat_0000.xml", "E_Complet_20270823_PersEducNat_0000.xml")
    )
    assert {file.kind for file in files.files} == {Kind.SCHOOL, Kind.STAFF}


def test_files_of_other_kinds_and_names_are_named_and_not_read(tmp_path: Path) -> None:
    files = found(
        lay(
            tmp_path,
            "E_Complet_20260915_Eleve_0000.xml",
            "E_Complet_20260915_MefEducNat_0000.xml",
            "notes.xml",
        )
    )
    assert [file.name for file in files.files] == ["E_Complet_20260915_Eleve_0000.xml"]
    assert codes(list(files.anomalies)) == ["file-unused", "file-unused"]


REFUSED = {
    "two dates": (
        ("E_Complet_20260915_Eleve_0000.xml", "E_Complet_20260916_PersEducNat_0000.xml"),
        "several-dates",
    ),
    "a date and none": (
        ("E_Complet_20260915_Eleve_0000.xml", "E_Complet_PersEducNat_0000.xml"),
        "several-dates",
    ),
    "an impossible date": (("E_Complet_20261345_Eleve_0000.xml",), "date-impossible"),
    "a difference": (
        ("E_Complet_20260915_Eleve_0000.xml", "E_Delta_20260915_Eleve_0000.xml"),
        "difference-set",
    ),
    "a hole in the parts": (
        ("E_Complet_20260915_Eleve_0000.xml", "E_Complet_20260915_Eleve_0002.xml"),
        "part-missing",
    ),
    "no first part": (("E_Complet_20260915_Eleve_0001.xml",), "part-missing"),
    "a part twice": (
        ("E_Complet_20260915_Eleve_0000.xml", "F_Complet_20260915_Eleve_0000.xml"),
        "part-twice",
    ),
    "no file of a set": (("notes.xml",), "no-usable-file"),
    "no file of a kind that is read": (("E_Complet_20260915_MefEducNat_0000.xml",), "no-usable-file"),
    "nothing": ((), "no-usable-file"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_folder_that_is_no_set_is_refused_in_words(what: str, tmp_path: Path) -> None:
    names, code = REFUSED[what]
    assert refused(lay(tmp_path / "set", *names)).code == code


def test_what_is_not_there_or_is_a_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere").code == "path-missing"
    (tmp_path / "a.xml").write_bytes(DATA)
    assert refused(tmp_path / "a.xml").code == "no-usable-file"


def test_of_several_academies_side_by_side_one_must_be_named(tmp_path: Path) -> None:
    lay(tmp_path / "LILLE", "E_Complet_20260915_Eleve_0000.xml")
    lay(tmp_path / "Amiens", "E_Complet_20260915_Eleve_0000.xml")
    error = refused(tmp_path)
    assert error.code == "several-academies"
    assert "LILLE" in error.sentence
    assert found(tmp_path, academy="amiens").folder == "Amiens"
    assert refused(tmp_path, academy="Rennes").code == "academy-unknown"


def test_one_academy_in_a_folder_of_its_own_needs_no_naming(tmp_path: Path) -> None:
    lay(tmp_path / "set" / "LILLE", "E_Complet_20260915_Eleve_0000.xml")
    assert found(tmp_path / "set").folder == "LILLE"
