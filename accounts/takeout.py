"""What a person takes with them: an archive of what they made and hold, to which each room brings its part.

    takeout.register(Part("documents", order=60, folder="Documents", title="Mes documents", gather=gather))

A part puts things on its shelf, one after the other, as it reads them: a content held in the storage, or a page
that opens without a network. They go straight into the file: whatever their number and their weight, no more
than one is in memory. What is in it is the person's own, never what they merely read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from posixpath import relpath
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from core import clock
from core.progress import Progress
from core.storage import places
from core.storage.errors import StorageGone
from core.storage.models import Blob
from core.storage.zips import Names
from core.text import uuids_of
from ui import rich_text

LONGEST, DEEPEST = 100, 200  # bytes of a name, and of a whole place in the archive
INDEX, STYLE = "index.html", "cartable.css"
_PICTURE = re.compile(r'<img[^>]*? src="[^"]*?([0-9a-f]{8}-[0-9a-f-]{27})[^"]*"[^>]*>')
_SOURCE = re.compile(r' src="[^"]*"')
_COLON = re.compile(r"\s*:\s*")  # which no name bears on Windows
_OUR_LINK = re.compile(r' href="/(?!/)')

type Gather = Callable[["Shelf", User], None]


@dataclass(frozen=True, slots=True)
class Part:
    """What a room brings: `folder` is its own in the archive, `title` French, as `hint`, which says what is
    there; `gather` puts it on the shelf. `order` is that of the pages; gathered in that order too."""

    key: str
    order: int
    folder: str
    title: str
    hint: str
    gather: Gather


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """To be called in `ready()`. Raises ValueError for a key or a folder twice."""
    if part.key in _parts or part.folder in {each.folder for each in _parts.values()}:
        raise ValueError(f"the part {part.key} of an archive is registered twice")
    _parts[part.key] = part


def parts() -> list[Part]:
    """Every room's, in their order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.key))


class Archive:
    """An archive under way, written to `file` as it comes."""

    def __init__(self, file: ZipFile, person: User, progress: Progress) -> None:
        self.file, self.person, self.progress = file, person, progress
        self.names = Names(longest=LONGEST, deepest=DEEPEST)
        self.files = self.missing = 0
        # Contents that a part has given: what an application keeps is in it beside what shows it, once.
        self.given: set[int] = set()
        for reserved in (INDEX, STYLE):
            self.names.file((reserved,))

    def fill(self) -> None:
        """Gathers every part, then writes the first page."""
        shelves = []
        for number, part in enumerate(found := parts(), start=1):
            shelf = Shelf(self, part, f"{part.title} ({number}\u00a0sur\u00a0{len(found)})")
            shelf.expect(None)
            part.gather(shelf, self.person)
            if shelf.files:
                shelves.append(shelf)
        self.write(STYLE, render_to_string("accounts/takeout/cartable.css"))
        first = {
            "title": "Mes contenus",
            "person": self.person,
            "shelves": shelves,
            "made_at": clock.now(),
            "missing": self.missing,
        }
        self.write(INDEX, render_to_string("accounts/takeout/index.html", {**first, **standing_of(INDEX)}))

    def write(self, place: str, text: str | bytes, *, at: datetime | None = None) -> int:
        """Words of ours; answers how many bytes."""
        told = text.encode() if isinstance(text, str) else text
        self.file.writestr(_info(place, at, packed=True), told)
        return len(told)

    def keep(self, place: str, blob: Blob, *, at: datetime | None = None) -> None:
        """A content as it is, a block at a time. Raises StorageGone before anything is written of it."""
        blocks = places.read(blob.path)
        info = _info(place, at, packed=blob.media_type.startswith("text/"))
        info.file_size = blob.size
        with self.file.open(info, "w") as written:
            for block in blocks:
                written.write(block)
        self.given.add(blob.pk)


class Shelf:
    """A part's place in the archive. Places are whole (`Messages/Reçus/Sortie.html`); names given are made safe
    for every system, and numbered where two would be one."""

    def __init__(self, archive: Archive, part: Part, label: str) -> None:
        self.archive, self.part, self.label = archive, part, label
        self.files = self.size = 0
        # The page by which one enters the part; its folder where it has none.
        self.first = ""

    def expect(self, number: int | None) -> None:
        """How many things there are to tell of, where that is known: each is told once `done`."""
        self.archive.progress.step(self.label, number)

    def done(self) -> None:
        """One thing more is in the archive."""
        self.archive.progress.advance()

    def place(self, *path: str) -> str:
        """A new place for a file: its folders, then its name."""
        return self.archive.names.file((self.part.folder, *path))

    def keep(self, blob: Blob, *path: str, at: datetime | None = None) -> str:
        """A content under that name; answers its place, '' where its bytes are gone, which the first page says."""
        place = self.place(*path)
        try:
            self.archive.keep(place, blob, at=at)
        except StorageGone:
            self.archive.missing += 1
            return ""
        self._count(blob.size)
        return place

    def write(self, text: str | bytes, *path: str, at: datetime | None = None) -> str:
        """Words of ours under that name; answers their place."""
        place = self.place(*path)
        self._count(self.archive.write(place, text, at=at))
        return place

    def page(
        self,
        place: str,
        template: str,
        context: Mapping[str, Any],
        *,
        title: str,
        at: datetime | None = None,
        first: bool = False,
    ) -> None:
        """A page at a place asked for before, so that others could lead to it. Its template extends
        `accounts/takeout/page.html`; `first` is the one by which the part is entered."""
        told = render_to_string(
            template, {"title": title, "part": self.part, **standing_of(place), **context}
        )
        self._count(self.archive.write(place, told, at=at))
        if first:
            self.first = place

    @property
    def entry(self) -> str:
        """Where the first page leads."""
        return quote(self.first or f"{self.part.folder}/")

    def _count(self, size: int) -> None:
        self.files += 1
        self.size += size
        self.archive.files += 1


def link(page: str, target: str) -> str:
    """The address of a place, from the page that leads there."""
    return quote(relpath(target, str(PurePosixPath(page).parent)))


def standing_of(page: str) -> dict[str, str]:
    """What every page needs of where it stands: the ways home, and to its looks."""
    return {"home": link(page, INDEX), "style": link(page, STYLE)}


def shown(html: str, page: str, pictures: Mapping[UUID, str]) -> SafeString:
    """Rich text as a page of the archive shows it: its pictures are those of the archive, by their UUID and
    place, the others are left out; our addresses are whole."""

    def picture(found: re.Match[str]) -> str:
        place = next((pictures.get(uuid, "") for uuid in uuids_of([found[1]])), "")
        return _SOURCE.sub(f' src="{link(page, place)}"', found[0]) if place else ""

    told = _PICTURE.sub(picture, rich_text.shown(html))
    base = settings.CARTABLE_URL.rstrip("/")
    return mark_safe(_OUR_LINK.sub(f' href="{base}/', told))  # noqa: S308 (cleaned above)


def dated(at: datetime, name: str) -> str:
    """« 2026-10-03 Sortie au musée »: files sort as they came."""
    return f"{timezone.localtime(at):%Y-%m-%d} {_COLON.sub(' - ', name)}"


def joined(words: Iterable[str]) -> str:
    """« un · deux », what is empty left out."""
    return " · ".join(word for word in words if word)


def _info(place: str, at: datetime | None, *, packed: bool) -> ZipInfo:
    local = timezone.localtime(at or clock.now())
    info = ZipInfo(place, (max(local.year, 1980), *local.timetuple()[1:6]))  # no date before 1980 in a zip
    info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    info.external_attr = 0o644 << 16
    return info
