"""Panels of the home page: each room brings its own, the page only composes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ui import applications
from ui.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel: shown where `predicate` says so, its `template` rendered with `context(request)`.

    `side` puts it in the narrow column of a wide screen, `top` above all else. `context` may answer None:
    nothing to tell, no panel.
    """

    key: str
    order: int
    template: str
    predicate: Callable[[HttpRequest], bool]
    context: Callable[[HttpRequest], Mapping[str, Any] | None]
    side: bool = False
    top: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with what it tells this person."""

    panel: Panel
    context: Mapping[str, Any]


panels: Registry[Panel] = Registry()


def register(panel: Panel) -> None:
    """Adds a panel to the home page; to be called in `ready()`."""
    panels.register(panel)


def shown(request: HttpRequest) -> tuple[Shown, ...]:
    """The panels of this person's home page, in order."""
    found = []
    shut = applications.closed(request)
    for panel in panels:
        if applications.opens(panel.key, shut) and panel.predicate(request):
            context = panel.context(request)
            if context is not None:
                found.append(Shown(panel, context))
    return tuple(found)
