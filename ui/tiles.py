"""Tiles of a pupil's home page: each room brings its own exercise book, shown only when it opens."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from ui import applications
from ui.registry import Registry


@dataclass(frozen=True, slots=True)
class New:
    """What waits behind a tile: a number, and what it counts in words (« 2 devoirs »)."""

    count: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """An exercise book: three words at most, a drawing of `icons.svg`, a cover's colour.

    `url(request)` gives its address, or None where it does not open for this pupil.
    """

    key: str
    order: int
    label: str
    drawing: str
    cover: str
    url: Callable[[HttpRequest], str | None]
    new: Callable[[HttpRequest], New | None] | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A tile as this pupil sees it."""

    tile: Tile
    url: str
    new: New | None


tiles: Registry[Tile] = Registry()


def register(tile: Tile) -> None:
    """Adds a tile to pupils' home page; to be called in `ready()`."""
    tiles.register(tile)


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The tiles that open for this pupil, in order."""
    found = []
    shut = applications.closed(request)
    for tile in tiles:
        url = tile.url(request) if applications.opens(tile.key, shut) else None
        if url:
            found.append(Shown(tile, url, tile.new(request) if tile.new else None))
    return tuple(found)
