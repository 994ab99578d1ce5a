"""What a load balancer is told."""

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from core import tasks
from ent import health


def _answers(client: Client, address: str = "/readyz") -> tuple[int, dict]:
    answer = client.get(address)
    return answer.status_code, answer.json()


def test_alive_asks_nothing_of_any_server(client: Client) -> None:
    assert _answers(client, "/healthz") == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_once_a_worker_has_answered(client: Client) -> None:
    assert _answers(client) == (503, {"ready": False, "missing": ["worker"]})
    tasks.say_alive()
    assert _answers(client) == (200, {"ready": True, "missing": []})


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client, monkeypatch) -> None:
    tasks.say_alive()
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'core'")
    assert _answers(client) == (503, {"ready": False, "missing": ["migrations"]})


@pytest.mark.django_db
def test_not_ready_without_its_database(client: Client, monkeypatch) -> None:
    cache.set(tasks.ALIVE_KEY, True)

    def refuse(*_, **__):
        raise OperationalError("no server")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(health, "_migrated", True)
    assert _answers(client) == (503, {"ready": False, "missing": ["database"]})


@pytest.mark.django_db
def test_health_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get("/readyz")["Cache-Control"]
