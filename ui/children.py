"""A home page by child: which children whoever asks is responsible for, which one they look at, and what each
room tells of each.

A room registers lines `per child`, all children asked at once: the cover of a child shows them without
knowing whose they are.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from core.text import uuid_of
from ui import applications
from ui.registry import Registry

PARAMETER = "enfant"


@dataclass(frozen=True, slots=True)
class Child:
    """A child as the home page knows them: a key, a UUID, a first name."""

    key: int
    uuid: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line on a child's cover: where it leads, what it says; a state in words, or `unread`."""

    url: str
    title: str
    sub: str = ""
    icon: str
    cover: str = "slate"
    tag: str = ""
    tag_tone: str = ""
    tag_icon: str = ""
    unread: bool = False


type Finder = Callable[[HttpRequest], Sequence[Child]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What a room tells of children: `lines(request, children)` by key, those of nothing to tell left out. It
    asks as many queries for ten children as for one."""

    key: str
    order: int
    lines: Callable[[HttpRequest, Sequence[Child]], Mapping[int, Sequence[Line]]]


tellers: Registry[Teller] = Registry()
_finders: list[Finder] = []


def provide(finder: Finder) -> None:
    """Names who knows the children; one room does. To be called in `ready()`."""
    if _finders and _finders[0] is not finder:
        raise ValueError("children have one provider")
    _finders[:] = [finder]


def register(teller: Teller) -> None:
    """Adds lines to children's covers; to be called in `ready()`."""
    tellers.register(teller)


def of(request: HttpRequest) -> Sequence[Child]:
    """The children of whoever asks, in order; none for whoever is no relative."""
    return _finders[0](request) if _finders else ()


def chosen(request: HttpRequest) -> Child | None:
    """The child whose tab is open; None for all of them, or for a child who is not theirs."""
    asked = uuid_of(request.GET.get(PARAMETER, ""))
    return next((child for child in of(request) if child.uuid == asked), None) if asked else None


def lines_of(request: HttpRequest, children: Sequence[Child]) -> dict[int, list[Line]]:
    """What every room tells of these children, by key, in the order of rooms."""
    found: dict[int, list[Line]] = defaultdict(list)
    shut = applications.closed(request)
    for teller in tellers if children else ():
        if applications.opens(teller.key, shut):
            for key, lines in teller.lines(request, children).items():
                found[key] += lines
    return found
