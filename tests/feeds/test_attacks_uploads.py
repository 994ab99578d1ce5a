"""An adversary who sends files: archives that climb, swell or lie, and errors that would talk too much."""

import gzip
import io
import stat
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core import clock
from core.models import Job
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.read.archives import Limits, unpack
from feeds.read.codes import SetCode
from feeds.read.errors import UnreadableSet
from feeds.services import uploads
from feeds.services.life import Ending
from tests.directory.worlds import SchoolWorld, school_world

type AsPerson = Callable[[User], Client]


def csv(name: str) -> bool:
    return name.endswith(".csv")


def zipped(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return path


def tarred(path: Path, *entries: tuple[dict[str, Any], bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for told, content in entries:
            info = tarfile.TarInfo(told.pop("name"))
            info.size = len(content)
            for field, value in told.items():
                setattr(info, field, value)
            archive.addfile(info, io.BytesIO(content))
    return path


def refused(path: Path, into: Path, **limits: int) -> UnreadableSet:
    with pytest.raises(UnreadableSet) as caught:
        unpack(path, into, wanted=csv, limits=Limits(**limits) if limits else None)
    assert str(path.parent) not in str(caught.value)
    assert str(path.parent) not in str(caught.value.as_problem())
    return caught.value


def told(path: Path, into: Path) -> str:
    """What is said of an archive that may be good or bad: nothing, or a refusal, and never a crash."""
    try:
        unpack(path, into, wanted=csv)
    except UnreadableSet as error:
        return str(error.as_problem())
    return ""


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "a/../../a.csv", "C:\\a.csv", "..\\a.csv", "x" * 1001 + ".csv"]
)
def test_no_entry_climbs_out(tmp_path: Path, name: str) -> None:
    refused(zipped(tmp_path / "a.zip", (name, b"x")), tmp_path / "into")
    refused(tarred(tmp_path / "a.tar.gz", ({"name": name}, b"x")), tmp_path / "into")
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize("name", [".", "", "./", "a/.", "\u202egnp.csv", "é" * 200 + ".csv", "a\nb.csv"])
def test_no_odd_name_breaks_the_reading(tmp_path: Path, name: str) -> None:
    for path in (
        zipped(tmp_path / "a.zip", (zipfile.ZipInfo(name), b"x")),
        tarred(tmp_path / "a.tar.gz", ({"name": name}, b"x")),
    ):
        assert str(tmp_path) not in told(path, tmp_path / path.name.replace(".", "-"))


def test_no_link_and_no_device_comes_out(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("lien.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    refused(zipped(tmp_path / "a.zip", (link, b"/etc/passwd")), tmp_path / "into")
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        told = {"name": "lien.csv", "type": kind, "linkname": "/etc/passwd"}
        refused(tarred(tmp_path / "a.tar.gz", (told, b"")), tmp_path / "into")


def test_no_archive_swells_past_its_limit(tmp_path: Path) -> None:
    zeros = bytes(40 << 20)
    refused(zipped(tmp_path / "a.zip", ("a.csv", zeros)), tmp_path / "one")
    refused(tarred(tmp_path / "a.tar.gz", ({"name": "a.csv"}, zeros)), tmp_path / "two")
    refused(zipped(tmp_path / "b.zip", ("a.csv", bytes(2000))), tmp_path / "three", unpacked=1000)
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped(tmp_path / "c.zip", ("a.csv", b"a"), ("a.csv", b"b"))
    refused(twice, tmp_path / "four")


def test_folders_count_among_the_entries(tmp_path: Path) -> None:
    many = [({"name": f"d{n}", "type": tarfile.DIRTYPE}, b"") for n in range(30)]
    refused(tarred(tmp_path / "a.tar.gz", *many), tmp_path / "into", entries=20)
    files = [(f"f{n}.txt", b"") for n in range(30)]
    refused(zipped(tmp_path / "a.zip", *files), tmp_path / "into", entries=20)


def test_a_header_that_claims_a_gigabyte_is_not_read_into_memory(tmp_path: Path) -> None:
    header = tarfile.TarInfo("././@PaxHeader")
    header.type, header.size = tarfile.XHDTYPE, 1 << 30
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(header.tobuf())
        for _ in range(96):
            out.write(bytes(1 << 20))
    tracemalloc.start()
    try:
        assert refused(path, tmp_path / "into").code == SetCode.ARCHIVE_BROKEN
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()


def test_times_past_all_calendars_are_no_reason_to_fail(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar.gz", ({"name": "a.csv", "mtime": 10**18}, b"x"))
    unpack(path, tmp_path / "into", wanted=csv)
    assert (tmp_path / "into" / "a.csv").read_bytes() == b"x"


def test_noise_named_as_an_archive_is_a_broken_archive(tmp_path: Path) -> None:
    good = zipped(tmp_path / "g.zip", ("a.csv", b"x" * 500), ("b.csv", b"y" * 500)).read_bytes()
    named = bytearray(good)
    central = good.rindex(b"PK\x01\x02")
    named[central + 8 + 1] |= 0x08  # « this name is UTF-8 »
    named[central + 46] = 0xFF
    noises = [
        b"",
        b"PK\x03\x04",
        good[:80],
        good[:-10],
        good[40:],
        bytes(named),
        b"\x1f\x8b",
        b"\x1f\x8b" + good,
    ]
    noises += [good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :] for at in range(0, len(good), 7)]
    for number, noise in enumerate(noises):
        for ending in (".zip", ".tar.gz", ".tar"):
            path = tmp_path / f"n{number}{ending}"
            path.write_bytes(noise)
            assert str(tmp_path) not in told(path, tmp_path / f"into-{number}-{ending}")
            path.unlink()


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world()


NAMES = [
    "é" * 251 + ".csv",
    "../../../etc/a.csv",
    "..csv",
    "a/b\\c.csv",
    "<b>.csv",
    "\u202egnp.csv",
    "con.csv",
    ".csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name_is_kept_inside_its_folder(world: SchoolWorld, name: str) -> None:
    folder = uploads.keep([SimpleUploadedFile(name, b"a;b\n1;2\n")])
    try:
        with uploads.opened(folder) as path:
            assert path.is_file()
            assert path.read_bytes() == b"a;b\n1;2\n"
            assert path.parent.name.endswith("fichiers ONDE")
    finally:
        uploads.forget(folder)


def test_nobody_sends_files_for_a_school_that_is_not_theirs(world: SchoolWorld, as_person: AsPerson) -> None:
    other = school_world()
    for person in (world.classes[0].teacher, world.classes[0].relatives[0], other.director):
        answer = as_person(person).post(
            "/api/v1/feeds/",
            {"school": str(world.school.uuid), "files": [SimpleUploadedFile("a.csv", b"x")]},
        )
        assert answer.status_code == 404
    assert not Job.objects.exists()


def test_what_is_sent_too_big_too_many_or_of_another_kind_is_refused(
    world: SchoolWorld, as_person: AsPerson, settings: Any
) -> None:
    settings.CARTABLE_FEED_UPLOAD_BYTES = 1000
    client = as_person(world.director)
    for files in (
        [SimpleUploadedFile("a.csv", b"x" * 1001)],
        [SimpleUploadedFile(f"{n}.csv", b"x") for n in range(5)],
        [SimpleUploadedFile("a.exe", b"x")],
        [SimpleUploadedFile("a.csv", b"x"), SimpleUploadedFile("a.csv", b"y")],
    ):
        answer = client.post("/api/v1/feeds/", {"school": str(world.school.uuid), "files": files})
        assert answer.status_code in (400, 422)
    assert not Job.objects.exists()


def test_a_failure_of_ours_is_told_in_a_plain_sentence(
    world: SchoolWorld, caplog: pytest.LogCaptureFixture
) -> None:
    run = FeedRun.objects.create(source="AAF1D", state=RunState.RUNNING, started_at=clock.now())
    with pytest.raises(RuntimeError), Ending(run):
        raise RuntimeError("connection to /work/var/postgres failed: password=tresor")
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "tresor" not in str(run.refusal)
    assert "/work" not in str(run.refusal)
    assert run.refusal["title"]
    assert run.refusal["detail"]
    assert "tresor" in caplog.text, "ops read it in the log"


def test_an_upload_without_size_or_name_is_refused(world: SchoolWorld) -> None:
    for file in (SimpleNamespace(name=None, size=1), SimpleNamespace(name="", size=None)):
        with pytest.raises(uploads.UnusableUpload):
            uploads.check_files([file])
