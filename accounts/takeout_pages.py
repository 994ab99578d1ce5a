"""The pages of an archive that rooms fill: something written, a list to choose from, files joined."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accounts.takeout import Shelf, link
from core.storage.models import Blob

_SHOWN = {"image", "audio", "video"}


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """A file that stands in the archive, from the page that shows it; `size` in bytes."""

    name: str
    size: int
    href: str
    media_type: str
    caption: str = ""

    @property
    def kind(self) -> str:
        """`image`, `audio` or `video`, which a browser shows; else another word."""
        return self.media_type.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page: `body` is HTML of `accounts.takeout.shown`."""

    title: str = ""
    sub: str = ""
    body: str = ""
    files: Sequence[JoinedFile] = ()

    @property
    def shown(self) -> list[JoinedFile]:
        return [file for file in self.files if file.kind in _SHOWN]

    @property
    def others(self) -> list[JoinedFile]:
        return [file for file in self.files if file.kind not in _SHOWN]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: where it leads, from its page; '' where nowhere."""

    title: str
    href: str = ""
    sub: str = ""


@dataclass(slots=True)
class Chapter:
    """Lines under a title."""

    title: str
    lines: list[Line] = field(default_factory=list)


def join(
    shelf: Shelf, page: str, blob: Blob, *path: str, caption: str = "", at: datetime | None = None
) -> list[JoinedFile]:
    """A content kept beside the page that shows it; nothing where its bytes are gone."""
    place = shelf.keep(blob, *path, at=at)
    if not place:
        return []
    return [JoinedFile(path[-1], blob.size, link(page, place), blob.media_type, caption)]


def write_text(
    shelf: Shelf,
    place: str,
    *,
    title: str,
    pairs: Sequence[tuple[str, str]] = (),
    passages: Sequence[Passage] = (),
    at: datetime | None = None,
    first: bool = False,
    up: str = "",
) -> None:
    """A page that says something; `up` is the place of the list that leads to it."""
    context = {"pairs": pairs, "passages": passages, "up": link(place, up) if up else ""}
    shelf.page(place, "accounts/takeout/text.html", context, title=title, at=at, first=first)


def write_list(
    shelf: Shelf,
    place: str,
    *,
    title: str,
    chapters: Sequence[Chapter],
    words: str = "",
    first: bool = True,
    up: str = "",
) -> None:
    """A page that leads to others; the one by which a part is entered, if not said otherwise. Chapters without a
    line are left out."""
    told = [chapter for chapter in chapters if chapter.lines]
    context = {"chapters": told, "words": words, "up": link(place, up) if up else ""}
    shelf.page(place, "accounts/takeout/list.html", context, title=title, first=first)
