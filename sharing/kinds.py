"""Kinds of resource: each application registers its own in `ready()`, so that sharing knows none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from accounts.models import User
from sharing.models import Resource
from ui.navigation import entries


@dataclass(frozen=True, slots=True)
class SentHome:
    """A thing that left a folder for its owner's root: it, as it lies now; the title of the folder, and the
    UUID of whose that was (None for a school's)."""

    resource: Resource
    folder: str
    of: UUID | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A thing that changed hands: whose it was and whose it is, by their keys; None for a school."""

    resource: Resource
    former: int | None
    to: int | None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be shared.

    `key` is the value of `Resource.kind`; `app` a short key of the application (« documents », that of its
    door in the shell), `app_label` its French name; `label` the kind's (« dossier »), `icon` a name of
    `ui`'s icons, `cover` its colour, where it is not that of the door. `url`
    answers the page of a resource. `erase` deletes the application's rows for these resources' ids, for
    good; sharing deletes the resources themselves after it. `room_for` says whether a person has room
    for the resources of this kind that would become theirs together; `moved` is told of all that changed
    hands at once.
    `own_bin`: the application shows its own trash; else what is thrown away is in that of sharing.
    `hung_on` answers, of the things (keys) of people who object to leaving anything, those on which what others
    made or hold hangs, once the application has erased what is those people's own: they pass on all the same.
    `held` answers those of which readers hold copies (a word to relatives, with its files): they are read, though
    nobody is granted anything on them, and pass on whatever their owner asks.
    `came_home` is told, in the transaction, of things of this kind that left a folder for their owners'
    roots: it may name them anew.
    `few`: a person sees few of them, which their home page asks about: read together (`sharing.reaching.few_in`).
    """

    key: str
    app: str
    app_label: str
    label: str
    icon: str
    url: Callable[[Resource], str]
    erase: Callable[[Sequence[int]], None]
    room_for: Callable[[User, Sequence[Resource]], bool] | None = None
    moved: Callable[[Sequence[Moved]], None] | None = None
    came_home: Callable[[Sequence[SentHome]], None] | None = None
    hung_on: Callable[[Sequence[int]], set[int]] | None = None
    held: Callable[[Sequence[int]], set[int]] | None = None
    cover: str = ""
    own_bin: bool = False
    few: bool = False


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """To be called in `ready()`. Raises ValueError where the key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"kind of resource {kind.key} is registered twice")
    _kinds[kind.key] = kind


def kind_of(resource: Resource) -> Kind:
    """The kind of a resource. Raises LookupError where no application registered it."""
    return _kinds[resource.kind]


def cover_of(kind: Kind) -> str:
    """The colour (`data-cover`) of a kind: its own, else that of its application's door."""
    door = entries.get(kind.app)
    return kind.cover or (door.cover if door else "slate")


def all_kinds() -> list[Kind]:
    """Every kind, in the order of their keys."""
    return sorted(_kinds.values(), key=lambda kind: kind.key)


def tell_moved(moves: Sequence[Moved]) -> None:
    """Tells each kind which of its things changed hands, all at once."""
    by_kind: dict[str, list[Moved]] = {}
    for each in moves:
        by_kind.setdefault(each.resource.kind, []).append(each)
    for key, found in sorted(by_kind.items()):
        told = _kinds[key].moved
        if told is not None:
            told(found)


def hung_on(things: Mapping[str, Sequence[int]]) -> set[int]:
    """Of things, by their kind, those on which what others made or hold hangs."""
    found = held(things)
    for key, ids in sorted(things.items()):
        asked = _kinds[key].hung_on
        if asked is not None:
            found |= asked(ids)
    return found


def held(things: Mapping[str, Sequence[int]]) -> set[int]:
    """Of things, by their kind, those of which readers hold copies."""
    found: set[int] = set()
    for key, ids in sorted(things.items()):
        asked = _kinds[key].held if key in _kinds else None
        if asked is not None:
            found |= asked(ids)
    return found


def with_copies() -> list[str]:
    """The kinds of which readers may hold copies."""
    return sorted(key for key, kind in _kinds.items() if kind.held is not None)


def tell_home(things: Sequence[SentHome]) -> None:
    """Tells the applications which of their things came to their owners' roots; folders and files of one
    application at once."""
    asked = [
        (kind.came_home, each)
        for each in things
        if (kind := _kinds.get(each.resource.kind)) and kind.came_home
    ]
    for come, found in groupby(sorted(asked, key=lambda pair: id(pair[0])), key=lambda pair: pair[0]):
        assert come is not None
        come([each for _, each in found])
