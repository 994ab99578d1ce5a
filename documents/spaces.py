"""Applications that keep documents here: each registers in `ready()` where its uses are seen, who may open
what it uses, and what it could free."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from documents.enums import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceUser:
    """An application. `url` answers the page of one of its things; `opens` is its door: whether a person,
    as things are now, may read what that thing uses. Both take the thing's UUID."""

    key: str
    label: str
    icon: str
    url: Callable[[UUID], str]
    opens: Callable[[User, UUID], bool]


type Weigh = Callable[[User], int]

_users: dict[str, SpaceUser] = {}
_steps: dict[Step, Weigh] = {}


def register(user: SpaceUser) -> None:
    """Raises ValueError where the key is taken."""
    if user.key in _users:
        raise ValueError(f"space user {user.key} is registered twice")
    _users[user.key] = user


def register_step(step: Step, weigh: Weigh) -> None:
    """What a step of « Libérer de l’espace » would free for a person, in bytes. Raises ValueError twice."""
    if step in _steps:
        raise ValueError(f"step {step} is registered twice")
    _steps[step] = weigh


def user_of(key: str) -> SpaceUser | None:
    """None for an application that is no longer there."""
    return _users.get(key)


def steps() -> list[tuple[Step, Weigh]]:
    """The steps known, in their order."""
    return [(step, _steps[step]) for step in Step if step in _steps]
