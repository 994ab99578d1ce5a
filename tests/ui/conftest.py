"""Requests and registries for the tests of the design system."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from tests.ui.people import Nobody, Somebody
from ui import navigation, search
from ui.navigation import ADMINISTRATION, AccountLink, Badge, Entry


@pytest.fixture
def asked(rf: RequestFactory) -> Callable[..., HttpRequest]:
    """A request by somebody (nobody with `user=None`): `asked("/plus/", user=…, cookies={…})`."""

    def make(path: str = "/plus/", user: Any = ..., **cookies: str) -> HttpRequest:
        request = rf.get(path)
        request.user = Somebody() if user is ... else user or Nobody()
        request.COOKIES.update(cookies)
        request._messages = []
        return request

    return make


@pytest.fixture
def drawn() -> Callable[..., str]:
    """Renders a piece of template: `drawn('{% icon "mail" %}', request=…, **context)`."""

    def draw(source: str, request: HttpRequest | None = None, **context: Any) -> str:
        return engines["django"].from_string("{% load ui %}" + source).render(context, request).strip()

    return draw


@pytest.fixture
def doors() -> Iterator[Callable[..., None]]:
    """Stands the navigation with these entries alone, until the end of the test."""
    with ExitStack() as stack:

        def only(*entries: Entry, links: tuple[AccountLink, ...] = ()) -> None:
            stack.enter_context(navigation.entries.only(*entries))
            stack.enter_context(navigation.account_links.only(*links))
            stack.enter_context(search.providers.only())

        yield only


@pytest.fixture
def six_doors(doors: Callable[..., None]) -> None:
    """Six doors, one of them of the administration: one more than the phone's bar holds."""
    pages = ("ui:menu", "ui:accessibility", "ui:legal", "ui:personal_data", "ui:theme", "ui:styles")
    keys = ("menu", "access", "legal", "data", "theme", "styles")
    doors(
        *(
            Entry(
                key=key,
                order=order,
                label=f"Porte {key}",
                icon="home",
                url_name=page,
                bar=order < 4,
                section=ADMINISTRATION if key == "styles" else "",
                badge=(lambda request: Badge(3, "non lus\u00a0:")) if key == "access" else None,
            )
            for order, (key, page) in enumerate(zip(keys, pages, strict=True))
        ),
        links=(
            AccountLink(
                key="out",
                order=9,
                label="Se déconnecter",
                icon="logout",
                url_name="ui:theme",
                post=True,
                pupil_label="Je m’en vais",
            ),
        ),
    )
