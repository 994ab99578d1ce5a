"""Addresses of servers, embedded or named by the environment."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.embedded import services
from core.embedded.places import LONGEST_SOCKET_NAME, SOCKET_PATH_BYTES, Places


def test_without_a_word_the_servers_are_reached_by_sockets_beside_the_data(monkeypatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert services.database(Path("/srv/x"))["HOST"] == "/srv/x/run"
    url = services.redis_url(Path("/srv/x"))
    assert url == "unix:///srv/x/run/valkey.sock?db=0"
    assert services.broker_url(url) == "redis+socket:///srv/x/run/valkey.sock?virtual_host=0"
    assert services.cache_url(url) == "unix:///srv/x/run/valkey.sock?db=1"


def test_a_database_url_replaces_the_embedded_server(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ent:p%40ss@db.internal:6432/cartable?sslmode=require")
    told = services.database(Path("/srv/x"))
    assert {name: told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "cartable",
        "USER": "ent",
        "PASSWORD": "p@ss",
        "HOST": "db.internal",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_that_is_not_postgresql_is_refused(monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://db/cartable")
    with pytest.raises(ImproperlyConfigured, match="postgresql"):
        services.database(Path("/srv/x"))


def test_a_redis_url_gives_the_queue_its_number_and_the_cache_the_next(monkeypatch) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:secret@cache.internal:6379/2")
    url = services.redis_url(Path("/srv/x"))
    assert services.broker_url(url) == url
    assert services.cache_url(url) == "redis://:secret@cache.internal:6379/3"


def test_with_both_named_nothing_is_started(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/cartable")
    monkeypatch.setenv("REDIS_URL", "redis://cache")
    services.join(tmp_path / "data")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("depth", [1, 60, 200])
def test_a_socket_s_path_always_fits(depth: int) -> None:
    sockets = Places(Path("/srv") / ("x" * depth)).sockets
    assert len(str(sockets / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_BYTES


def test_a_secret_is_made_once_for_its_owner_alone(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CARTABLE_SECRET_KEY", raising=False)
    first = services.secret("CARTABLE_SECRET_KEY", tmp_path, required=False)
    assert services.secret("CARTABLE_SECRET_KEY", tmp_path, required=False) == first
    assert len(first) >= 50
    kept = tmp_path / "secrets" / "cartable_secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_production_wants_its_secrets_from_the_environment(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CARTABLE_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="CARTABLE_SECRET_KEY"):
        services.secret("CARTABLE_SECRET_KEY", tmp_path, required=True)
    monkeypatch.setenv("CARTABLE_SECRET_KEY", "given")
    assert services.secret("CARTABLE_SECRET_KEY", tmp_path, required=True) == "given"
