"""What every test may use; the rest lies in `tests/plugins` and beside each room's tests."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib import auth
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from core import clock


@pytest.fixture(scope="session")
def django_db_modify_db_settings(servers: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django's step before it makes the database: the servers must be there."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The database is dropped at the end whoever still holds a session on it: a server, a worker."""
    yield
    connection.close()
    with psycopg.connect(**_maintenance(), autocommit=True) as server:
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
            [settings.DATABASES["default"]["NAME"]],
        )


def _maintenance() -> dict[str, Any]:
    described = settings.DATABASES["default"]
    return {
        "host": described["HOST"],
        "port": described["PORT"] or None,
        "user": described["USER"],
        "password": described["PASSWORD"] or None,
        "dbname": "postgres",
    }


@pytest.fixture
def at() -> Iterator[Callable[[Any], None]]:
    """Moves the clock until the end of the test: `at(datetime(2026, 9, 1, 8, tzinfo=…))`."""
    entered: list[Any] = []

    def move(instant: Any) -> None:
        block = clock.at(instant)
        block.__enter__()
        entered.append(block)

    yield move
    for block in reversed(entered):
        block.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _schemas_of_feeds_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that really commit have their tables emptied: the schemas of feeds that wait go with them."""
    yield
    if not {"transactional_db", "live_server"} & set(request.fixturenames) and not _commits(request):
        return
    with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
        cursor.execute(r"select nspname from pg_namespace where nspname ~ '^feed_\d+$'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'drop schema "{name}" cascade')


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def as_person(db: None) -> Callable[[Any], Client]:
    """A browser in which a person is signed in."""

    def sign_in(person: Any) -> Client:
        client = Client()
        # What Django's force_login does; it needs the models of an app that is not installed here.
        session = client.session
        session[auth.SESSION_KEY] = str(person.pk)
        session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        return client

    return sign_in


@pytest.fixture
def text_of() -> Callable[[HttpResponse], str]:
    return lambda answer: answer.content.decode()
