"""Films keep no place, device or owner either: the boxes that tell them are made empty ones.

Only a box's name changes, to `free`, which readers skip (ISO 14496-12 §8.1.2): no byte moves, so that
nothing of the film itself has to be written again. Phones write the place in `©xyz` or `loci`, Apple's
also in `meta`, with the device; editors in XMP.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from core.storage import places

FILMS = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})
_HOLDERS = {b"moov", b"trak", b"udta"}
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_DEEPEST = 6
_MOST_BOXES = 10_000


def clean(film: Path) -> int:
    """Empties what tells a place or an owner, in the file itself; answers how many boxes. Idempotent.

    A file cut short, or that only looks like a film, is left as it is from there on.
    """
    with places.failures_told(), film.open("r+b") as file:
        told = list(_telling(file, 0, film.stat().st_size, 0))
        for at, size, header in told:
            file.seek(at + 4)
            file.write(b"free")
            file.seek(at + header)
            _blank(file, size - header)
    return len(told)


def _telling(file: BinaryIO, start: int, end: int, depth: int) -> Iterator[tuple[int, int, int]]:
    """Where each such box starts, its size, and that of its header; in bytes."""
    at = start
    for _ in range(_MOST_BOXES):
        if at + 8 > end:
            return
        file.seek(at)
        head = file.read(32)
        size, kind, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), 16
        if size == 0:
            size = end - at
        if size < header or at + size > end:
            return
        if _tells(kind, head[header : header + 16], depth):
            yield at, size, header
        elif kind in _HOLDERS and depth < _DEEPEST:
            yield from _telling(file, at + header, at + size, depth + 1)
        at += size


def _tells(kind: bytes, content: bytes, depth: int) -> bool:
    if kind == b"uuid":
        return content == _XMP
    return depth > 0 and (kind in {b"meta", b"loci", b"XMP_"} or kind[:1] == b"\xa9")


def _blank(file: BinaryIO, length: int) -> None:
    while length > 0:
        file.write(b"\0" * min(length, places.CHUNK))
        length -= places.CHUNK
