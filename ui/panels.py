"""Panels of the home page: each room brings its own, the page only composes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ui import applications, children
from ui.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A panel: shown where `predicate` says so, its `template` rendered with `context(request)`.

    `side` puts it in the narrow column of a wide screen, `top` above all else, whole; on a pupil's page, where
    there is one column, `beside` puts it beside the board of the day. `per_child`: it follows the tab of a
    child (`ui.children`); the others are left out there. `context` may answer None: nothing to tell, no panel.

    What presses is in the page; the side column, and what is `later`, comes just after it, in one request: the page
    costs as little as it can when all families open it at the same hour.
    """

    key: str
    order: int
    template: str
    predicate: Callable[[HttpRequest], bool]
    context: Callable[[HttpRequest], Mapping[str, Any] | None]
    side: bool = False
    top: bool = False
    beside: bool = False
    per_child: bool = False
    later: bool = False

    @property
    def waits(self) -> bool:
        """Whether it comes after the page."""
        return self.later or self.side


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with what it tells this person."""

    panel: Panel
    context: Mapping[str, Any]


panels: Registry[Panel] = Registry()


def register(panel: Panel) -> None:
    """Adds a panel to the home page; to be called in `ready()`."""
    panels.register(panel)


def meant(request: HttpRequest) -> tuple[Panel, ...]:
    """The panels of this person's home page, in order; whether each has something to tell is not asked yet."""
    shut, child = applications.closed(request), children.chosen(request)
    return tuple(
        panel
        for panel in panels
        if (child is None or panel.per_child)
        and applications.opens(panel.key, shut)
        and panel.predicate(request)
    )


def shown(request: HttpRequest, asked: Iterable[Panel] | None = None) -> tuple[Shown, ...]:
    """What the panels asked, all by default, tell; those with nothing to tell are left out."""
    told = ((panel, panel.context(request)) for panel in (meant(request) if asked is None else asked))
    return tuple(Shown(panel, context) for panel, context in told if context is not None)
