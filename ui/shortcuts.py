"""Shortcuts of the home page: an act one click away, brought by the room that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from ui import applications
from ui.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """`url(request)` gives its address, or None where it does not open for whoever asks. `first`: it stands as
    a button beside the greeting, rather than in the row."""

    key: str
    order: int
    label: str
    icon: str
    cover: str
    url: Callable[[HttpRequest], str | None]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A shortcut as this person sees it."""

    shortcut: Shortcut
    url: str


shortcuts: Registry[Shortcut] = Registry()


def register(shortcut: Shortcut) -> None:
    """Adds a shortcut; to be called in `ready()`."""
    shortcuts.register(shortcut)


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The shortcuts that open for whoever asks, in order."""
    shut = applications.closed(request)
    found = ((each, each.url(request) if applications.opens(each.key, shut) else None) for each in shortcuts)
    return tuple(Shown(each, url) for each, url in found if url)
