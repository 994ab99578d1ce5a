"""Disk full, storage gone: a word, and no half file."""

import os
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from core.storage import services, thumbnails
from core.storage.errors import StorageFull, StorageGone
from core.storage.models import Blob, ThumbnailState, Upload
from tests.core.storage import buckets, pictures
from tests.core.storage.sending import create, head, patch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.storage.urls")]


@pytest.fixture
def small_disk(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    told = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)]
    if os.geteuid() or subprocess.run(told, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here: run as root where mounting is allowed")
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": disk},
        }
    }
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def _left(disk: Path) -> list[Path]:
    return [path for path in disk.rglob("*") if path.is_file()]


def test_a_disk_that_is_full_is_said_so_and_keeps_no_half_file(small_disk: Path) -> None:
    with pytest.raises(StorageFull, match="la place manque"):
        services.receive(file=BytesIO(b"x" * 6_000_000), name="a.bin")
    assert _left(small_disk) == []
    assert not Blob.objects.exists()
    assert services.receive(file=BytesIO(b"x" * 1_000_000), name="a.bin").blob.size == 1_000_000


def test_an_upload_that_fills_the_disk_resumes_once_there_is_room(small_disk: Path) -> None:
    weight = small_disk / "weight"
    weight.write_bytes(b"w" * 2_900_000)
    data = b"x" * 1_700_000
    url = create(len(data))["Location"]
    full = patch(url, data, 0)
    assert (full.status_code, full.json()["type"]) == (507, "urn:cartable:storage-full")
    assert "la place manque" in full.json()["title"]
    arrived = int(head(url)["Upload-Offset"])
    assert 0 < arrived < len(data)
    weight.unlink()
    assert patch(url, data[arrived:], arrived).status_code == 204
    blob = Blob.objects.get()
    assert (small_disk / blob.path).read_bytes() == data


def test_a_whole_upload_that_finds_no_room_to_be_joined_waits_for_it(
    small_disk: Path, monkeypatch: Any
) -> None:
    half = b"x" * 1_200_000
    url = create(2 * len(half))["Location"]
    assert patch(url, half, 0).status_code == 204
    assert patch(url, half, len(half)).status_code == 507
    assert Upload.objects.get().whole
    assert len(_left(small_disk)) == 2
    subprocess.run(["mount", "-o", "remount,size=9m", str(small_disk)], check=True)
    assert head(url).status_code == 200
    assert Blob.objects.get().size == 2 * len(half)
    assert len(_left(small_disk)) == 1


def test_thumbnails_wait_for_a_disk_that_is_full(small_disk: Path) -> None:
    blob = services.receive(file=BytesIO(pictures.made("PNG")), name="a.png").blob
    with (small_disk / "weight").open("wb") as weight, pytest.raises(OSError):
        while True:
            weight.write(b"w" * 65_536)
            weight.flush()
    with pytest.raises(StorageFull):
        thumbnails.make(blob)
    blob.refresh_from_db()
    assert blob.thumbnail_state == ThumbnailState.WAITING
    (small_disk / "weight").unlink()
    assert thumbnails.make(blob)


@pytest.fixture
def bucket_that_is_gone(settings: Any) -> None:
    from ent import storage

    with buckets.made() as url:
        told = storage.from_url(url.replace("/cartable-", "/never-made-"), Path("/nowhere"))
    settings.STORAGES = settings.STORAGES | {"default": told}


@pytest.fixture
def server_that_is_gone(settings: Any) -> None:
    from ent import storage

    told = storage.from_url("s3://k:s@127.0.0.1:9/cartable?scheme=http&region=us-east-1", Path("/nowhere"))
    settings.STORAGES = settings.STORAGES | {"default": told}


@pytest.mark.parametrize("gone", ["bucket_that_is_gone", "server_that_is_gone"])
def test_a_storage_that_is_gone_is_said_so_and_nothing_is_counted(
    gone: str, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(gone)
    with pytest.raises(StorageGone, match="pas accessibles"):
        services.receive(file=BytesIO(b"a"), name="a.txt")
    assert not Blob.objects.exists()
    answer = create(3, body=b"abc")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:cartable:storage-gone")
    assert Upload.objects.get().offset == 0


def test_a_folder_that_cannot_be_written_is_said_so(folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("a file where the folder should be")
    with pytest.raises(StorageGone):
        services.receive(file=BytesIO(b"a"), name="a.txt")
    assert create(3, body=b"abc").status_code == 503


def test_an_act_undone_leaves_bytes_that_the_sweep_finds(
    folder: Path, files: Callable[[], list[str]]
) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        services.receive(file=BytesIO(b"a"), name="a.txt")
        raise RuntimeError
    assert not Blob.objects.exists()
    assert len(files()) == 1
    assert services.receive(file=BytesIO(b"a"), name="a.txt").blob.path in files()
