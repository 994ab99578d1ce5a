"""Search over rooms: each registers a provider of what this person may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from ui import applications
from ui.navigation import signed_in
from ui.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found: where it is, its title, a line under it, and how it is drawn.

    With `profile` (and `initials`) it is a person's avatar, else an `icon` on a `cover`.
    """

    url: str
    title: str
    sub: str = ""
    icon: str = "file-text"
    cover: str = "slate"
    profile: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A room's answers: `search(request, words, limit)` gives at most `limit` hits, best first."""

    key: str
    order: int
    label: str
    search: Callable[[HttpRequest, str, int], Sequence[Hit]]
    predicate: Callable[[HttpRequest], bool] = signed_in
    all_url: Callable[[HttpRequest, str], str] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What one provider found."""

    provider: Provider
    hits: Sequence[Hit]
    all_url: str


TYPED = 80  # letters looked at; the rest is not
providers: Registry[Provider] = Registry()
_page: dict[str, str] = {}


def register(provider: Provider) -> None:
    """Adds a provider; to be called in `ready()`."""
    providers.register(provider)


def serve_at(url_name: str) -> None:
    """Names the page that answers, a GET with `q`; without one the shell shows no search field."""
    _page["name"] = url_name


def page_url() -> str:
    """The address of the page that answers, '' where no room serves one."""
    return reverse(_page["name"]) if "name" in _page and len(providers) else ""


def run(request: HttpRequest, words: str, *, limit: int = 5) -> tuple[Found, ...]:
    """What each provider found for these words, in order; those that found nothing are left out."""
    words = words.strip()[:TYPED]
    if not words:
        return ()
    found = []
    shut = applications.closed(request)
    for provider in providers:
        if applications.opens(provider.key, shut) and provider.predicate(request):
            hits = provider.search(request, words, limit)
            if hits:
                all_url = provider.all_url(request, words) if provider.all_url else ""
                found.append(Found(provider, hits, all_url))
    return tuple(found)
