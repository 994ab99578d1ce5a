"""Applications that a school may do without: each registers in `ready()`, the room that knows who belongs
where says which are closed to whoever asks.

What an application registers elsewhere (doors, panels, tiles, search) bears its key, alone or before a
dot (`documents`, `documents.shared`): it is left out with it. Its addresses answer 404.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from ui.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """`paths` are the beginnings of its addresses, pages and API; `closing` says to administrators what
    becomes of things while it is closed."""

    key: str
    order: int
    label: str
    icon: str
    paths: tuple[str, ...]
    cover: str = "slate"
    closing: str = "Ce qui y est reste, et revient à la réouverture."


type Finder = Callable[[HttpRequest], frozenset[str]]

applications: Registry[Application] = Registry()
_finders: list[Finder] = []


def register(application: Application) -> None:
    """To be called in `ready()`."""
    applications.register(application)


def provide(finder: Finder) -> None:
    """Names who answers; one room does. To be called in `ready()`."""
    if _finders and _finders[0] is not finder:
        raise ValueError("closed applications have one provider")
    _finders[:] = [finder]


def closed(request: HttpRequest) -> frozenset[str]:
    """Keys of the applications closed to whoever is signed in."""
    user = getattr(request, "user", None)
    if not _finders or user is None or not user.is_authenticated or not len(applications):
        return frozenset()
    return _finders[0](request)


def at(path: str) -> Application | None:
    """The application that an address is of."""
    for application in applications:
        if path.startswith(application.paths):
            return application
    return None


def opens(key: str, shut: Iterable[str]) -> bool:
    """Whether what bears this key is shown, where these applications are closed."""
    return key.split(".", 1)[0] not in shut
