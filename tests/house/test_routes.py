"""Every route of the site × every kind of person: the answer is the one that the table says."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.house.routes import NEVER_GOOD, ROUTES
from tests.house.rows import LOGIN, Answer, Row
from tests.house.world import ANONYMOUS, KINDS, SIGNED_IN, HouseWorld, build


class _Undo(Exception):
    """Each kind of person finds the world as it was."""


@dataclass
class House:
    """The world, and each kind of person who is signed in to it: their cookies, and what the cache knows of their
    session."""

    world: HouseWorld
    cookies: dict[str, SimpleCookie]
    sessions: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Built once, and everybody signed in once: each request is undone, and so is all of it at the end."""
    with django_db_blocker.unblock(), suppress(_Undo), transaction.atomic():
        world = build()
        clients = {kind: _signed_in(world.people[kind]) for kind in SIGNED_IN}
        yield House(
            world,
            {kind: client.cookies for kind, client in clients.items()},
            {kind: {client.session.cache_key: client.session.load()} for kind, client in clients.items()},
        )
        raise _Undo


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or pattern.pattern}"


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    known = set(names(get_resolver()))
    assert sorted(known - set(ROUTES)) == [], "add their rows in tests/house/routes.py"
    assert sorted(set(ROUTES) - known) == []


def test_every_row_answers_every_kind_and_somebody_well() -> None:
    assert [name for name, row in ROUTES.items() if set(row.answers) != set(KINDS)] == []
    assert [
        name for name, row in ROUTES.items() if not row.has_a_good_answer and name not in NEVER_GOOD
    ] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_each_kind_of_person_gets_the_answer_of_the_table(house: House, name: str) -> None:
    row = ROUTES[name]
    address = reverse(name, kwargs=row.address(house.world)) + row.query
    got = {kind: _answer(row, house, kind, address) for kind in KINDS}
    wrong = {
        kind: f"{got[kind]}, not {row.answers[kind]}" for kind in KINDS if got[kind] != row.answers[kind]
    }
    assert wrong == {}


def _answer(row: Row, house: House, kind: str, address: str) -> Answer:
    client = Client()
    client.cookies = SimpleCookie(house.cookies[kind]) if kind != ANONYMOUS else SimpleCookie()
    cache.clear()  # limits on guessing and asking count by address, and all ask from one
    cache.set_many(house.sessions.get(kind, {}))
    with suppress(_Undo), transaction.atomic():
        answer = getattr(client, row.method)(address, row.data(house.world))
        raise _Undo
    sign_in = resolve_url(settings.LOGIN_URL)
    if answer.status_code == 302 and answer["Location"].startswith(f"{sign_in}?"):
        return LOGIN
    return int(answer.status_code)
