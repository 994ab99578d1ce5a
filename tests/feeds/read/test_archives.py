"""Archives: what a good one gives, and what refuses a bad one."""

import io
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from feeds.read.archives import Limits, unpack
from feeds.read.errors import UnreadableSet
from feeds.read.fileset import open_set
from tests.feeds.read.factories import CASES, read_set, record, xml

NAME = "E_Complet_20260915_Eleve_0000.xml"
DATA = xml(record())


def zipped(path: Path, *entries: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 20, 12, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path


def tarred(path: Path, *entries: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for info, data in entries:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def link(name: str, target: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def refused(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableSet) as error, open_set(path, limits=limits):
        pass
    assert path.name in error.value.sentence
    return error.value.code


@pytest.mark.parametrize("suffix", [".zip", ".tar.gz", ".tgz"])
def test_a_case_reads_the_same_from_an_archive_as_from_its_folder(suffix: str, tmp_path: Path) -> None:
    folder = CASES / "aaf1d" / "05-two-schools"
    path = tmp_path / f"set{suffix}"
    if suffix == ".zip":
        zipped(path, *((f"EXEMPLE/{file.name}", file.read_bytes()) for file in folder.iterdir()))
    else:
        with tarfile.open(path, "w:gz") as archive:
            archive.add(folder, "EXEMPLE")
    from_archive, rows = read_set(path)
    _, expected = read_set(folder)
    assert rows.rows == expected.rows
    assert from_archive.folder == "EXEMPLE"


def test_a_file_in_an_archive_keeps_its_day(tmp_path: Path) -> None:
    with open_set(zipped(tmp_path / "a.zip", ("E_Complet_Eleve_0000.xml", DATA))) as files:
        assert (files.date, files.date_stated) == (date(2026, 9, 20), False)


def test_nothing_stays_on_the_disk_once_read(tmp_path: Path) -> None:
    with open_set(zipped(tmp_path / "a.zip", (NAME, DATA), ("other.bin", b"x"))) as files:
        folder = files.files[0].path.parent
        assert os.listdir(folder) == [NAME]
    assert not folder.exists()


CLIMBS = ["../" + NAME, "/" + NAME, "a/../../" + NAME, "..\\" + NAME, "C:/" + NAME]


@pytest.mark.parametrize("name", CLIMBS)
def test_a_zip_that_climbs_out_is_refused(name: str, tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "a.zip", (name, DATA), (NAME, DATA))) == "archive-hostile"
    assert not (tmp_path.parent / NAME).exists()


HOSTILE_TARS: dict[str, tarfile.TarInfo] = {
    "a link": link(NAME, "/etc/passwd", tarfile.SYMTYPE),
    "a hard link": link(NAME, "other", tarfile.LNKTYPE),
    "a device": link(NAME, "", tarfile.CHRTYPE),
    "a climb": tarfile.TarInfo("../" + NAME),
}


@pytest.mark.parametrize("what", HOSTILE_TARS)
def test_a_tar_with_anything_but_files_below_it_is_refused(what: str, tmp_path: Path) -> None:
    assert refused(tarred(tmp_path / "a.tar.gz", (HOSTILE_TARS[what], b""))) == "archive-hostile"


def test_a_zip_with_a_link_or_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    info = zipfile.ZipInfo(NAME)
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refused(path) == "archive-hostile"
    with pytest.warns(UserWarning, match="Duplicate name"):
        zipped(tmp_path / "twice.zip", (NAME, DATA), (NAME, DATA))
    assert refused(tmp_path / "twice.zip") == "archive-hostile"


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", (NAME, DATA))
    data = bytearray(path.read_bytes())
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flag] |= 1
    path.write_bytes(bytes(data))
    assert refused(path) == "archive-encrypted"


def test_an_archive_that_swells_is_refused_by_what_comes_out_of_it(tmp_path: Path) -> None:
    swells = zipped(tmp_path / "a.zip", (NAME, b"\0" * (4 << 20)))
    assert refused(swells, Limits(swell_from=1 << 20)) == "archive-too-big"
    assert refused(swells, Limits(unpacked=1 << 20)) == "archive-too-big"
    info = tarfile.TarInfo(NAME)
    assert (
        refused(tarred(tmp_path / "a.tar.gz", (info, b"\0" * (4 << 20))), Limits(swell_from=1 << 20))
        == "archive-too-big"
    )


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    many = zipped(tmp_path / "a.zip", *((f"{n}.txt", b"") for n in range(12)))
    assert refused(many, Limits(entries=10)) == "archive-too-big"


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "something else": lambda data: b"%PDF-1.7",
    "spoilt": lambda data: data[:60] + bytes(200) + data[260:],
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_a_broken_archive_is_refused(how: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    data = random.Random(1).randbytes(4000)
    if suffix == ".zip":
        zipped(path, (NAME, data))
    else:
        tarred(path, (tarfile.TarInfo(NAME), data))
    path.write_bytes(BROKEN[how](path.read_bytes()))
    assert refused(path) == "archive-broken"


def test_what_climbs_out_beside_a_good_file_writes_nothing_above(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("ok.txt", b"x"), ("../../x.txt", b"x"))
    with pytest.raises(UnreadableSet, match="sort de son dossier"):
        unpack(path, tmp_path / "out", wanted=lambda name: name.endswith(".txt"))
    assert not (tmp_path.parent.parent / "x.txt").exists()
