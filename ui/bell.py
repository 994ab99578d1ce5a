"""The bell of the shell: how much is new for whoever is signed in, said by the room that knows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Bell:
    """`url` of what is new, `poll` the address that answers the bell anew, `count` shown up to `most`, and
    the words read for it (« 3 nouveautés non lues »)."""

    url: str
    poll: str
    count: int
    words: str
    most: int = 99

    @property
    def shown(self) -> str:
        return f"{self.most}+" if self.count > self.most else str(self.count)


type Ringer = Callable[[HttpRequest], Bell]

_ringers: list[Ringer] = []


def provide(ringer: Ringer) -> None:
    """Names who answers; one room does. To be called in `ready()`."""
    if _ringers and _ringers[0] is not ringer:
        raise ValueError("the shell's bell has one provider")
    _ringers[:] = [ringer]


def ring(request: HttpRequest) -> Bell | None:
    """The bell of this person, None where nobody answers."""
    return _ringers[0](request) if _ringers else None
