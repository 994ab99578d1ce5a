"""A zip or a tar.gz unpacked into a temporary folder, under limits that hold whatever its head claims.

Only the wanted files come out; a path that climbs out, a link, a password or a file that swells
refuses the whole archive.
"""

import gzip
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from feeds.read.codes import SetCode
from feeds.read.errors import UnreadableSet

_BLOCK = 1 << 20
# The most that a tar is read at once: beyond a block, only a header that lies about its size asks more.
_LONGEST_READ = 16 << 20
# What a broken or forged archive makes of its reader.
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RecursionError,
    ValueError,
)
_SEND_AGAIN = "Refaites l’archive à partir du dossier d’origine, puis renvoyez-la."


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and counts past which an archive is refused. A million accounts take about 2 GB of XML."""

    entries: int = 10_000
    unpacked: int = 8 << 30
    #: A file above `swell_from` bytes may be at most so many times its packed size (XML: about 30).
    swell: int = 200
    swell_from: int = 16 << 20


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    packed: int | None
    modified: float | None
    open: Callable[[], IO[bytes] | None]
    plain: bool
    encrypted: bool = False
    folder: bool = False


def is_archive(path: Path) -> bool:
    """By its name, and it is a file: what is inside is looked at when it is opened."""
    return path.is_file() and path.name.lower().endswith((".zip", ".tar.gz", ".tgz", ".tar"))


def unpack(path: Path, into: Path, *, wanted: Callable[[str], bool], limits: Limits | None = None) -> None:
    """Writes the files of `path` whose last name is `wanted` under `into`, folders kept, times kept.

    Raises UnreadableSet.
    """
    limits = limits or Limits()
    entries = _zip_entries if path.name.lower().endswith(".zip") else _tar_entries
    left = limits.unpacked
    taken: set[Path] = set()
    try:
        for count, entry in enumerate(entries(path), start=1):
            if count > limits.entries:
                raise _too_big(path, f"plus de {limits.entries} fichiers")
            if entry.folder:
                continue
            target = into / _safe(path, entry.name)
            if not wanted(target.name) or "__MACOSX" in target.parts:
                continue
            if entry.encrypted:
                raise _encrypted(path, entry.name)
            if not entry.plain or target in taken:
                raise _hostile(path, entry.name)
            taken.add(target)
            left -= _write(path, entry, target, left=left, limits=limits)
    except _BROKEN as error:
        raise UnreadableSet(
            SetCode.ARCHIVE_BROKEN,
            f"L’archive « {path.name} » est abîmée ou incomplète.",
            remedy=_SEND_AGAIN,
            file=path.name,
        ) from error


def _zip_entries(path: Path) -> Iterator[_Entry]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            yield _Entry(
                name=info.filename,
                packed=info.compress_size,
                modified=_zip_time(info),
                open=partial(archive.open, info),
                plain=not stat.S_IFMT(mode) or stat.S_ISREG(mode),
                encrypted=bool(info.flag_bits & 0x1),
                folder=info.is_dir(),
            )


def _zip_time(info: zipfile.ZipInfo) -> float | None:
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _tar_entries(path: Path) -> Iterator[_Entry]:
    plain_tar = path.name.lower().endswith(".tar")
    opened: Any = path.open("rb") if plain_tar else _Unpacked(path, "rb")
    with opened, tarfile.open(fileobj=opened, mode="r:") as archive:
        for info in archive:
            yield _Entry(
                name=info.name,
                packed=None,
                modified=float(info.mtime),
                open=partial(archive.extractfile, info),
                plain=info.isreg(),
                folder=info.isdir(),
            )


class _Unpacked(gzip.GzipFile):
    """A gzip read by blocks: a header that claims to be huge is not read into memory."""

    def read(self, size: int | None = -1) -> bytes:
        if size is None or not 0 <= size <= _LONGEST_READ:
            raise tarfile.ReadError("a header longer than any")
        return super().read(size)


def _safe(path: Path, name: str) -> PurePosixPath:
    inner = PurePosixPath(name.replace("\\", "/"))
    if (
        not inner.parts
        or inner.is_absolute()
        or ".." in inner.parts
        or "\0" in name
        or ":" in inner.parts[0]
        or len(name) > 1000
    ):
        raise _hostile(path, name)
    return inner


def _write(path: Path, entry: _Entry, target: Path, *, left: int, limits: Limits) -> int:
    """Bytes written; the packed size of a tar's file is the archive's own."""
    packed = entry.packed if entry.packed is not None else path.stat().st_size
    target.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    source = entry.open()
    if source is None:
        raise _hostile(path, entry.name)
    with source, target.open("xb") as out:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > left:
                raise _too_big(path, f"plus de {limits.unpacked >> 20} Mo une fois dépliée")
            if written > limits.swell_from and written > max(packed, 1) * limits.swell:
                raise _too_big(path, f"« {entry.name} » gonfle plus de {limits.swell} fois")
            out.write(block)
    if entry.modified is not None and entry.modified > 0:
        os.utime(target, (entry.modified, entry.modified))
    return written


def _hostile(path: Path, name: str) -> UnreadableSet:
    return UnreadableSet(
        SetCode.ARCHIVE_HOSTILE,
        f"L’archive « {path.name} » contient une entrée qui sort de son dossier, se répète ou n’est pas un fichier "
        f"(« {name[:80]} »).",
        remedy=_SEND_AGAIN,
        file=path.name,
    )


def _encrypted(path: Path, name: str) -> UnreadableSet:
    return UnreadableSet(
        SetCode.ARCHIVE_ENCRYPTED,
        f"L’archive « {path.name} » est protégée par un mot de passe (« {name[:80]} »).",
        remedy="Renvoyez-la sans mot de passe, ou dépliez-la et indiquez le dossier.",
        file=path.name,
    )


def _too_big(path: Path, why: str) -> UnreadableSet:
    return UnreadableSet(
        SetCode.ARCHIVE_TOO_BIG,
        f"L’archive « {path.name} » dépasse ce qui est accepté : {why}.",
        remedy="Vérifiez son contenu ; si elle est bonne, dépliez-la et indiquez le dossier.",
        file=path.name,
    )
