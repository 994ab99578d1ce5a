"""Help from each page: the room that knows how things are done, and who is asked, says where."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Where help about the page is; where one asks somebody, the page told (`ask_url`, '' where one does not)."""

    url: str
    label: str
    ask_url: str = ""
    ask_label: str = ""


type Finder = Callable[[HttpRequest], Help | None]

_finders: list[Finder] = []


def provide(finder: Finder) -> None:
    """Names who answers; one room does, and asks the database nothing: every page asks. To be called in
    `ready()`."""
    if _finders and _finders[0] is not finder:
        raise ValueError("help has one provider")
    _finders[:] = [finder]


def current(request: HttpRequest) -> Help | None:
    """Help for this page, None where nobody answers."""
    return _finders[0](request) if _finders else None
