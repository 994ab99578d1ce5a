"""May this person sign in, now: higher rooms register who may not, and why.

A gate answers for many people in one query; it is asked at sign-in and at each request of an open
session, so that closing it takes effect at once.
"""

from collections.abc import Callable, Sequence

from accounts.errors import Refusal
from accounts.models import User

type Gate = Callable[[Sequence[User]], dict[int, Refusal]]

_gates: dict[str, Gate] = {}


def register(name: str, gate: Gate) -> None:
    """Adds a gate: given people, the refusals by primary key. To be called in `ready()`."""
    if name in _gates:
        raise ValueError(f"gate {name} is registered twice")
    _gates[name] = gate


def refusals(people: Sequence[User]) -> dict[int, Refusal]:
    """Who of these people is kept out now, by primary key; the first gate registered speaks."""
    found: dict[int, Refusal] = {}
    for gate in _gates.values():
        found = gate(people) | found
    return found


def refusal(person: User) -> Refusal | None:
    """Why this person is kept out now, else None. One query a gate."""
    return refusals([person]).get(person.pk)
