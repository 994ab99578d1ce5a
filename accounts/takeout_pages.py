"""The pages of an archive that rooms fill: something written, a list to choose from, files joined."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accounts.takeout import Shelf, link
from core.storage.models import Blob
from ui.french import counted

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


@dataclass(slots=True)
class _List:
    place: str
    pages: list[tuple[str, int]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


class Lists:
    """Lists of what a part holds, by name, and the page that leads to each. They are written as they fill, so
    that no more than some hundred lines are in memory."""

    MOST = 500  # lines of a page

    def __init__(self, shelf: Shelf, *, one: str, many: str = "") -> None:
        self.shelf, self.one, self.many = shelf, one, many
        self.first = shelf.place("index.html")
        self._lists: dict[str, _List] = {}

    def place_of(self, name: str) -> str:
        """The page of a list, for its things to lead back to."""
        if name not in self._lists:
            self._lists[name] = _List(self.shelf.place(f"{name}.html"))
        return self._lists[name].place

    def add(self, name: str, title: str, target: str, sub: str = "") -> None:
        """A line more; `target` is the place where it leads."""
        place = self.place_of(name)
        listed = self._lists[name]
        listed.lines.append(Line(title, link(place, target), sub))
        if len(listed.lines) == self.MOST:
            self._write(name, listed)
            listed.place = self.shelf.place(f"{name} ({len(listed.pages) + 1}).html")

    def close(self, words: str = "") -> None:
        """Writes what is left, and the first page where there is something."""
        lines = []
        for name, listed in self._lists.items():
            if listed.lines:
                self._write(name, listed)
            for number, (place, count) in enumerate(listed.pages, start=1):
                title = name if number == 1 else f"{name} ({number})"
                lines.append(Line(title, link(self.first, place), counted(count, self.one, self.many)))
        if lines:
            title = self.shelf.part.title
            write_list(self.shelf, self.first, title=title, chapters=[Chapter("", lines)], words=words)

    def _write(self, name: str, listed: _List) -> None:
        chapter = Chapter("", listed.lines)
        write_list(self.shelf, listed.place, title=name, chapters=[chapter], first=False, up=self.first)
        listed.pages.append((listed.place, len(listed.lines)))
        listed.lines = []
