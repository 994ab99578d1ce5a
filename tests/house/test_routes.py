"""Every route of the site × every kind of person: the answer is the one that the table says."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.routes import NEVER_GOOD, ROUTES
from tests.house.rows import LOGIN, Answer, Row
from tests.house.world import ANONYMOUS, KINDS, HouseWorld, build


class _Undo(Exception):
    """Each kind of person finds the world as it was."""


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
def test_each_kind_of_person_gets_the_answer_of_the_table(name: str) -> None:
    world = build()
    row = ROUTES[name]
    got = {kind: _answer(name, row, world, kind) for kind in KINDS}
    wrong = {
        kind: f"{got[kind]}, not {row.answers[kind]}" for kind in KINDS if got[kind] != row.answers[kind]
    }
    assert wrong == {}


def _answer(name: str, row: Row, world: HouseWorld, kind: str) -> Answer:
    client = Client()
    cache.clear()  # limits on guessing and asking count by address, and all ask from one
    address = reverse(name, kwargs=row.address(world)) + row.query
    with suppress(_Undo), transaction.atomic():
        if kind != ANONYMOUS:
            client.force_login(world.people[kind])
        answer = getattr(client, row.method)(address, row.data(world))
        raise _Undo
    sign_in = resolve_url(settings.LOGIN_URL)
    if answer.status_code == 302 and answer["Location"].startswith(f"{sign_in}?"):
        return LOGIN
    return int(answer.status_code)
