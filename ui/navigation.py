"""Doors of the shell: the nav list and the account menu, registered by the rooms they lead to.

A door is shown only when it works: its predicate answers for this request. `ui` knows no room, so an
entry brings its own URL name.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ui import applications
from ui.registry import Registry

ADMINISTRATION = "Administration"

type Predicate = Callable[[HttpRequest], bool]


def signed_in(request: HttpRequest) -> bool:
    """Whether somebody is signed in."""
    user = getattr(request, "user", None)
    return bool(user is not None and user.is_authenticated)


@dataclass(frozen=True, slots=True)
class Badge:
    """A number on a door: `count`, and the hidden words read before it (« non lus : »)."""

    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A door of the nav list.

    `section` is '' for the applications, else the title it stands under; `bar` puts it in the phone's
    bottom bar, which holds five, under its `short` name if the label has over 12 letters; `cover` colours it on the menu page; `under` are path prefixes that
    light it besides its own address.
    """

    key: str
    order: int
    label: str
    icon: str
    url_name: str
    short: str = ""
    section: str = ""
    predicate: Predicate = signed_in
    bar: bool = False
    cover: str = "slate"
    badge: Callable[[HttpRequest], Badge | None] | None = None
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLink:
    """A line of the account menu. `post` makes it a form (signing out changes something).

    `pupil_label` is said to pupils in their words (« Je m’en vais »).
    """

    key: str
    order: int
    label: str
    icon: str
    url_name: str
    predicate: Predicate = signed_in
    post: bool = False
    pupil_label: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """An entry as this person sees it now."""

    entry: Entry
    url: str
    badge: Badge | None
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Doors under one title ('' for the applications)."""

    title: str
    doors: tuple[Door, ...]


entries: Registry[Entry] = Registry()
account_links: Registry[AccountLink] = Registry()


def register(entry: Entry) -> None:
    """Adds a door to the nav list; to be called in `ready()`."""
    entries.register(entry)


def register_account_link(link: AccountLink) -> None:
    """Adds a line to the account menu; to be called in `ready()`."""
    account_links.register(link)


def doors(request: HttpRequest) -> tuple[Door, ...]:
    """The doors open to this person, in order; the one they stand behind is `current`."""
    shut = applications.closed(request)
    seen = [
        (entry, reverse(entry.url_name))
        for entry in entries
        if applications.opens(entry.key, shut) and entry.predicate(request)
    ]
    here = _current_key(request.path, seen)
    return tuple(
        Door(entry, url, entry.badge(request) if entry.badge else None, entry.key == here)
        for entry, url in seen
    )


def sections(doors: Iterable[Door]) -> tuple[Section, ...]:
    """The doors by title, applications first, then in the order their first door gives."""
    by_title: dict[str, list[Door]] = {"": []}
    for door in doors:
        by_title.setdefault(door.entry.section, []).append(door)
    return tuple(Section(title, tuple(group)) for title, group in by_title.items() if group)


def links_of_account(request: HttpRequest) -> tuple[tuple[AccountLink, str], ...]:
    """Lines of the account menu with their address."""
    return tuple((link, reverse(link.url_name)) for link in account_links if link.predicate(request))


def _current_key(path: str, seen: list[tuple[Entry, str]]) -> str:
    """The key whose address is the longest prefix of `path`; the root lights itself alone."""
    best, length = "", 0
    for entry, url in seen:
        for prefix in (url, *entry.under):
            matches = path == prefix if prefix == "/" else path.startswith(prefix)
            if matches and len(prefix) > length:
                best, length = entry.key, len(prefix)
    return best
