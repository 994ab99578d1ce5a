"""Applications that keep documents here: each registers in `ready()` where its uses are seen, who may open
what it uses, who may join files to it, and what it could free."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from core.storage.models import Blob
from documents.enums import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceUser:
    """An application. `url` answers the page of one of its things; `opens` is its door: whether a person,
    as things are now, may read what that thing uses. Both take the thing's UUID.

    Where files are joined in the page (`documents.pieces`): `writes` answers what the thing is called, for who
    may write it now, and raises NoSuchDocument, or a DomainError that says why not; `accepts` raises one for a
    content that has no place there; `edit_url` is the page where the thing is written. `resources_of` says in
    which resource (keys) things lie: a file goes where that goes, when its owner's account is erased. `copies`: each
    reader holds a copy of the thing, which stays theirs, with its files, whatever its author asks.
    """

    key: str
    label: str
    icon: str
    url: Callable[[UUID], str]
    opens: Callable[[User, UUID], bool]
    writes: Callable[[User, UUID], str] | None = None
    accepts: Callable[[User, UUID, Blob], None] | None = None
    edit_url: Callable[[UUID], str] | None = None
    resources_of: Callable[[Sequence[UUID]], Mapping[UUID, int]] | None = None
    copies: bool = False


type Weigh = Callable[[User], int]


@dataclass(frozen=True, slots=True)
class Way:
    """What a step would free for a person, in bytes; the page that does it, by its name."""

    weigh: Weigh
    url_name: str


_users: dict[str, SpaceUser] = {}
_steps: dict[Step, Way] = {}


def register(user: SpaceUser) -> None:
    """Raises ValueError where the key is taken."""
    if user.key in _users:
        raise ValueError(f"space user {user.key} is registered twice")
    _users[user.key] = user


def register_step(step: Step, weigh: Weigh, *, url_name: str) -> None:
    """What a step of « Libérer de l’espace » would free, and where one does it. Raises ValueError twice."""
    if step in _steps:
        raise ValueError(f"step {step} is registered twice")
    _steps[step] = Way(weigh, url_name)


def user_of(key: str) -> SpaceUser | None:
    """None for an application that is no longer there."""
    return _users.get(key)


def of_copies() -> list[str]:
    """The keys of applications whose readers hold copies."""
    return sorted(key for key, user in _users.items() if user.copies)


def page_of(step: Step) -> str:
    """The name of the page that does a step; '' where no application registered it."""
    return _steps[step].url_name if step in _steps else ""


def steps() -> list[tuple[Step, Way]]:
    """The steps known, in their order."""
    return [(step, _steps[step]) for step in Step if step in _steps]
