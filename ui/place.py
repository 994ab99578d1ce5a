"""The school shown in the shell, said by the room that knows who belongs where."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Place:
    """What stands under the person's name: their school, or « 2 écoles »."""

    label: str


type Finder = Callable[[HttpRequest], Place | None]

_finders: list[Finder] = []


def provide(finder: Finder) -> None:
    """Names who answers; one room does. To be called in `ready()`."""
    if _finders and _finders[0] is not finder:
        raise ValueError("the shell's school has one provider")
    _finders[:] = [finder]


def current(request: HttpRequest) -> Place | None:
    """The place of this person, None where nobody answers."""
    return _finders[0](request) if _finders else None
