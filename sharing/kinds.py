"""Kinds of resource: each application registers its own in `ready()`, so that sharing knows none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User
from sharing.models import Resource


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that can be shared.

    `key` is the value of `Resource.kind`; `app` a short key of the application (« documents »),
    `app_label` its French name; `label` the kind's (« dossier »), `icon` a name of `ui`'s icons. `url`
    answers the page of a resource. `erase` deletes the application's rows for these resources' ids, for
    good; sharing deletes the resources themselves after it. `room_for` says whether a person has room
    for a resource that would become theirs; `moved` is told of one that became so: (resource, former
    owner or None where it was a school's or an erased person's, new owner or None for a school).
    """

    key: str
    app: str
    app_label: str
    label: str
    icon: str
    url: Callable[[Resource], str]
    erase: Callable[[Sequence[int]], None]
    room_for: Callable[[User, Resource], bool] | None = None
    moved: Callable[[Resource, User | None, User | None], None] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """To be called in `ready()`. Raises ValueError where the key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"kind of resource {kind.key} is registered twice")
    _kinds[kind.key] = kind


def kind_of(resource: Resource) -> Kind:
    """The kind of a resource. Raises LookupError where no application registered it."""
    return _kinds[resource.kind]


def all_kinds() -> list[Kind]:
    """Every kind, in the order of their keys."""
    return sorted(_kinds.values(), key=lambda kind: kind.key)
