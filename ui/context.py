"""What the shell needs to draw itself for this request, computed only if a template asks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ui import bell, navigation, place, search, theme
from ui import help as help_of_pages
from ui.people import profile_key

BAR_PLACES = 5


@dataclass
class Shell:
    """The frame around a page, for one request. Lazy: a public page asks nothing of anybody."""

    request: HttpRequest

    @cached_property
    def person(self) -> Any:
        """Who is signed in, else None."""
        return self.request.user if navigation.signed_in(self.request) else None

    @cached_property
    def pupil(self) -> bool:
        """Whether the frame is a pupil's: no list, big words."""
        return self.person is not None and profile_key(self.person) == "pupil"

    @cached_property
    def theme(self) -> str:
        return theme.chosen(self.request)

    @property
    def theme_choices(self) -> list[dict[str, Any]]:
        now = self.theme or theme.DEVICE
        return [{"value": v, "label": w, "icon": i, "on": v == now} for v, w, i in theme.CHOICES]

    @cached_property
    def doors(self) -> tuple[navigation.Door, ...]:
        return navigation.doors(self.request)

    @cached_property
    def sections(self) -> tuple[navigation.Section, ...]:
        return navigation.sections(self.doors)

    @cached_property
    def bar(self) -> frozenset[str]:
        """Keys of the doors in the phone's bar: all where they fit, else four and « Plus »."""
        keys = [d.entry.key for d in self.doors]
        if len(keys) <= BAR_PLACES:
            return frozenset(keys)
        return frozenset([d.entry.key for d in self.doors if d.entry.bar][: BAR_PLACES - 1])

    @property
    def more(self) -> bool:
        """Whether some door is not in the phone's bar."""
        return len(self.bar) < len(self.doors)

    @property
    def in_more(self) -> bool:
        """Whether the page stands behind a door that the phone's bar leaves out."""
        outside = any(d.current and d.entry.key not in self.bar for d in self.doors)
        return outside or self.request.path == reverse("ui:menu")

    @cached_property
    def account_links(self) -> tuple[tuple[navigation.AccountLink, str], ...]:
        return navigation.links_of_account(self.request)

    @cached_property
    def place(self) -> place.Place | None:
        return place.current(self.request) if self.person is not None else None

    @cached_property
    def bell(self) -> bell.Bell | None:
        return bell.bell() if self.person is not None else None

    @cached_property
    def help(self) -> help_of_pages.Help | None:
        return help_of_pages.current(self.request)

    @cached_property
    def search_url(self) -> str:
        return search.page_url() if self.person is not None and not self.pupil else ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`."""
    return {"shell": Shell(request)}
