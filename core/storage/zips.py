"""A folder as one zip, made as it is sent: nothing is written, its size is known beforehand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from zipstream import ZipStream

from core.storage import places
from core.storage.models import Blob
from core.storage.names import clean_name, numbered, portable_name
from core.storage.serve import disposition


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
    stream = ZipStream(sized=True)
    folders: dict[tuple[str, ...], str] = {(): ""}
    taken: dict[str, set[str]] = {}
    for entry in entries:
        *above, own = entry.path
        folder = _folder(tuple(above), folders, taken)
        if entry.blob is None:
            stream.add(None, _folder(entry.path, folders, taken))
        else:
            path = folder + _given(own, taken.setdefault(folder, set()))
            stream.add(_Later(entry.blob.path), path, size=entry.blob.size)
    return stream


def _folder(path: tuple[str, ...], folders: dict[tuple[str, ...], str], taken: dict[str, set[str]]) -> str:
    """A folder's place in the zip, `a/b/`: the same each time it is asked for."""
    if path not in folders:
        above = _folder(path[:-1], folders, taken)
        folders[path] = f"{above}{_given(path[-1], taken.setdefault(above, set()))}/"
    return folders[path]


def _given(name: str, taken: set[str]) -> str:
    given = numbered(portable_name(clean_name(name)), taken)
    taken.add(given.casefold())
    return given


@dataclass(frozen=True, slots=True)
class _Later:
    """Bytes that are opened when their turn comes: a thousand files are not open at once."""

    path: str

    def __iter__(self) -> Iterator[bytes]:
        return places.read(self.path)
