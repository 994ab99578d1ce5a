"""A folder as one zip, made as it is sent: nothing is written, its size is known beforehand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from zipstream import ZipStream

from core.storage import places
from core.storage.models import Blob
from core.storage.names import MOST_BYTES, clean_name, numbered, portable_name, shortened
from core.storage.serve import disposition

_SHORTEST = 24  # bytes of a name: its ending, and enough to tell it


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or an empty folder where `blob` is None; `path` its folders then its own name."""

    path: tuple[str, ...]
    blob: Blob | None = None


def zip_response(name: str, entries: Iterable[Entry]) -> HttpResponseBase:
    """A zip named `name` (its ending added where it lacks), for the caller who has authorised each entry.

    Names are as Windows opens them too; two that would be one are numbered. A content that is gone
    ends the answer short, so that no one believes it whole.
    """
    stream = zip_stream(entries)
    name = clean_name(name)
    response = StreamingHttpResponse(stream, content_type="application/zip")
    response["Content-Length"] = str(len(stream))
    response["Content-Disposition"] = disposition(
        name if name.lower().endswith(".zip") else f"{name}.zip", inline=False
    )
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def zip_stream(entries: Iterable[Entry]) -> ZipStream:
    """The zip's bytes, to iterate over; `len()` is their number. Contents are stored as they are."""
    stream, names = ZipStream(sized=True), Names()
    for entry in entries:
        if entry.blob is None:
            stream.add(None, names.folder(entry.path))
        else:
            stream.add(_Later(entry.blob.path), names.file(entry.path), size=entry.blob.size)
    return stream


class Names:
    """The places of a zip, given once each: as Windows opens them too, numbered where two would be one.

    `longest` is the most bytes of a name, and `deepest` those of a whole place, past which names are cut
    short: what opens a zip on Windows takes no place beyond 260 letters.
    """

    def __init__(self, *, longest: int = MOST_BYTES, deepest: int | None = None) -> None:
        self._longest, self._deepest = longest, deepest
        self._folders: dict[tuple[str, ...], str] = {(): ""}
        self._taken: dict[str, set[str]] = {}

    def folder(self, path: tuple[str, ...]) -> str:
        """A folder's place, `a/b/`: the same each time it is asked for."""
        if path not in self._folders:
            self._folders[path] = f"{self._given(self.folder(path[:-1]), path[-1])}/"
        return self._folders[path]

    def file(self, path: tuple[str, ...]) -> str:
        """A new place for a file of that name, in the folders before it."""
        return self._given(self.folder(path[:-1]), path[-1])

    def _given(self, folder: str, name: str) -> str:
        taken = self._taken.setdefault(folder, set())
        most = self._longest
        if self._deepest is not None:
            most = max(_SHORTEST, min(most, self._deepest - len(folder.encode())))
        given = numbered(shortened(portable_name(clean_name(name)), most), taken)
        taken.add(given.casefold())
        return folder + given


@dataclass(frozen=True, slots=True)
class _Later:
    """Bytes that are opened when their turn comes: a thousand files are not open at once."""

    path: str

    def __iter__(self) -> Iterator[bytes]:
        return places.read(self.path)
