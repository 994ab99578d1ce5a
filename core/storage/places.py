"""Where bytes lie: Django's storage, a local folder or a bucket, with one word for each of its failures.

Nothing half-written is ever in its place: locally a file is written beside and renamed, a bucket
shows an object once it is whole.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage, storages

from core.storage.errors import StorageFull, StorageGone

CHUNK = 1 << 20  # bytes
BLOCK = 1 << 18  # what a download sends at a time
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def failures_told() -> Iterator[None]:
    """A disk or a bucket that fails raises `StorageFull` or `StorageGone`, whatever its own words."""
    try:
        yield
    except OSError as error:
        raise (StorageFull() if error.errno in _FULL else StorageGone()) from error
    except ClientError as error:
        full = error.response.get("Error", {}).get("Code", "") in {"QuotaExceeded", "XMinioStorageFull"}
        raise (StorageFull() if full else StorageGone()) from error
    except BotoCoreError as error:
        raise StorageGone() from error


def local_root() -> Path | None:
    """The folder of a local storage; None for a bucket."""
    storage = storages["default"]
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


@contextmanager
def draft(ending: str = "") -> Iterator[Path]:
    """A temporary file of the machine's, gone at the end unless `keep` took it.

    Locally it lies on the storage's own disk, so that keeping it is a renaming.
    """
    root = local_root()
    with failures_told():
        folder = root / "drafts" if root else None
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(suffix=ending, prefix="cartable-", dir=folder)
        os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


class _Written(File):
    """A file that Django's local storage may take by renaming it."""

    def temporary_file_path(self) -> str:
        return str(cast("BinaryIO", self.file).name)


def keep(path: str, draft_file: Path) -> None:
    """Puts a whole file in its place in the storage. Raises `StorageFull`, `StorageGone`."""
    with failures_told(), draft_file.open("rb") as file:
        if local_root():
            os.fsync(file.fileno())
        default_storage.save(path, _Written(file, name=path))


def forget(path: str) -> None:
    """Erases a file, and its folder where that leaves it empty; nothing where there is none."""
    with failures_told():
        default_storage.delete(path)
    root = local_root()
    if root:
        try:
            (root / path).parent.rmdir()
        except OSError:
            return  # others lie there, or it went already


def size_of(path: str) -> int:
    """How many bytes a file has. Raises `StorageGone` where there is none."""
    with failures_told():
        return default_storage.size(path)


def files(folder: str) -> list[str]:
    """The paths of the files of a folder; none where it is not there."""
    return [f"{folder}/{name}" for name in _listed(folder)[1]]


def folders(folder: str) -> list[str]:
    """The paths of the folders in a folder; none where it is not there."""
    return [f"{folder}/{name}" for name in _listed(folder)[0]]


def _listed(folder: str) -> tuple[list[str], list[str]]:
    with failures_told():
        try:
            found, names = default_storage.listdir(folder)
        except FileNotFoundError:
            return [], []
    return found, names


def read(path: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
    """The bytes of a file from `start`, `length` of them or to its end.

    It is looked for now, so that one that is gone raises `StorageGone` before an answer begins; a local
    one is opened once its bytes are asked for.
    """
    root = local_root()
    with failures_told():
        if root:
            (root / path).stat()
            return _file_blocks(root / path, start, length)
        return _blocks(_object_body(path, start, length), length)


def _file_blocks(path: Path, start: int, length: int | None) -> Iterator[bytes]:
    source = path.open("rb")
    source.seek(start)
    yield from _blocks(source, length)


def opened(path: str) -> BinaryIO:
    """A file to read from and seek in; a bucket's is brought here first. Raises `StorageGone`."""
    with failures_told():
        root = local_root()
        if root:
            return (root / path).open("rb")
        brought = tempfile.SpooledTemporaryFile(max_size=8 * CHUNK)  # noqa: SIM115 (the caller closes it)
        for block in read(path):
            brought.write(block)
        brought.seek(0)
        return cast("BinaryIO", brought)


def _object_body(path: str, start: int, length: int | None) -> Any:
    asked = {}
    if start or length is not None:
        end = "" if length is None else start + length - 1
        asked["Range"] = f"bytes={start}-{end}"
    storage: Any = default_storage
    return storage.bucket.Object(storage._normalize_name(path)).get(**asked)["Body"]


def _blocks(source: Any, length: int | None) -> Iterator[bytes]:
    left = length
    try:
        while left is None or left > 0:
            block = source.read(BLOCK if left is None else min(BLOCK, left))
            if not block:
                return
            if left is not None:
                left -= len(block)
            yield block
    finally:
        source.close()
