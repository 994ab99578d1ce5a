"""What arrives of an upload, written piece by piece: appended to a file, or an object each in a bucket.

Each request writes files of its own, so that one that was overtaken can spoil nothing. Only the bytes
that its row counts are read back: what was written past them was not acknowledged.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.storage import places
from core.storage.errors import StorageGone

type Part = list[object]  # [path, bytes], as JSON keeps it


class Writer(Protocol):
    """Where one request's bytes go; `piece` is how many are best written at once."""

    piece: int
    parts: list[Part]

    def write(self, data: bytes) -> None:
        """Adds bytes; then `parts` counts them. Raises `StorageFull`, `StorageGone`."""

    def close(self) -> None:
        """No more comes."""


def writer(folder: str, token: str, before: Iterable[Part]) -> Writer:
    """A writer after the parts that arrived `before`."""
    root = places.local_root()
    return (
        _FileWriter(root, f"{folder}/{token}", before) if root else _ObjectWriter(f"{folder}/{token}", before)
    )


class _FileWriter:
    piece = 1  # as it comes: the system gathers writes by itself

    def __init__(self, root: Path, path: str, before: Iterable[Part]) -> None:
        self.parts = [*before, [path, 0]]
        with places.failures_told():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            self._file = (root / path).open("xb", buffering=0)

    def write(self, data: bytes) -> None:
        path, size = str(self.parts[-1][0]), int(str(self.parts[-1][1]))
        left = memoryview(data)
        with places.failures_told():
            try:
                while left:
                    left = left[self._file.write(left) :]
            except OSError:
                self._file.truncate(size)  # what is not counted takes no room
                raise
        self.parts = [*self.parts[:-1], [path, size + len(data)]]

    def close(self) -> None:
        self._file.close()


class _ObjectWriter:
    # An object each: few enough of them for a large file, small enough to lose little with a process.
    piece = 8 * places.CHUNK

    def __init__(self, path: str, before: Iterable[Part]) -> None:
        self.parts = [*before]
        self._path = path
        self._number = 0

    def write(self, data: bytes) -> None:
        path = f"{self._path}-{self._number}"
        with places.failures_told():
            default_storage.save(path, ContentFile(data))
        self._number += 1
        self.parts = [*self.parts, [path, len(data)]]

    def close(self) -> None:
        return


def join(parts: Iterable[Part], into: Path) -> None:
    """Writes the parts one after the other. Raises `StorageGone` where one is not whole any more."""
    counted = [(str(path), int(str(size))) for path, size in parts if size]
    root = places.local_root()
    with places.failures_told():
        if root and len(counted) == 1 and (root / counted[0][0]).stat().st_size == counted[0][1]:
            # The same bytes under a second name: the first stays until the content is kept.
            into.unlink()
            os.link(root / counted[0][0], into)
            return
        with into.open("wb") as file:
            for path, size in counted:
                if root:
                    _copied(root / path, size, file.fileno())
                else:
                    for block in places.read(path, 0, size):
                        file.write(block)
                    file.flush()
    if into.stat().st_size != sum(size for _, size in counted):
        raise StorageGone()


def _copied(source: Path, size: int, target: int) -> None:
    with source.open("rb") as file:
        offset = 0
        while offset < size:
            sent = os.sendfile(target, file.fileno(), offset, size - offset)
            if not sent:
                return
            offset += sent


def forget(folder: str) -> None:
    """Erases all that arrived."""
    for path in places.files(folder):
        places.forget(path)
    root = places.local_root()
    if root:
        shutil.rmtree(root / folder, ignore_errors=True)
