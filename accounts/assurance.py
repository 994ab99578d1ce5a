"""How sure it is that whoever acts is the one: what a sign-in of low assurance may not do, and what such a
session hangs on.

A picture, or a class sheet, opens a session in which one reads and works in the spaces of the class. It
changes no name, password, mail or share: services say so by `require_full`, whatever page or route called
them. It ends with the day, and at once with what it hangs on (`hang_on`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from accounts.errors import LowAssurance
from accounts.models import User

type Holds = Callable[[User, str], bool]


class Assurance(StrEnum):
    """How sure it is that the person is the one: low for a picture or a class sheet."""

    LOW = "low"
    FULL = "full"


_present: ContextVar[Assurance] = ContextVar("cartable_assurance", default=Assurance.FULL)
_holds: dict[str, Holds] = {}


@contextmanager
def acting_with(assurance: Assurance) -> Iterator[None]:
    """Runs a block for a session of this assurance: a request's own is set by the middleware."""
    token = _present.set(assurance)
    try:
        yield
    finally:
        _present.reset(token)


def set_for_request(assurance: Assurance) -> None:
    """What the session of the request under way is; the middleware's `acting_with` forgets it at its end."""
    _present.set(assurance)


def require_full() -> None:
    """Raises LowAssurance where a sign-in of low assurance asks what it may not."""
    if _present.get() is Assurance.LOW:
        raise LowAssurance()


def hang_on(kind: str, holds: Holds) -> None:
    """Says what sessions begun by `kind` hang on: `holds(person, key)`, asked at each of their requests. To
    be called in `ready()`."""
    if kind in _holds:
        raise ValueError(f"sessions hang on {kind} twice")
    _holds[kind] = holds


def still_holds(kind: str, key: str, person: User) -> bool:
    """Whether what a session hangs on is still there; not for a kind that nobody knows any more."""
    return kind in _holds and _holds[kind](person, key)
