"""A run's own servers: one data folder for all its workers, a database and two Valkey numbers each.

Named by `-p` in pyproject.toml, so that it is read before the settings are. Servers start with the
first test that needs them: those of pure functions wait for nothing.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

MINE = "CARTABLE_TEST_DATA" not in os.environ
if MINE:
    os.environ["CARTABLE_TEST_DATA"] = tempfile.mkdtemp(prefix="cartable-test-")
DATA = Path(os.environ["CARTABLE_TEST_DATA"])
os.environ["CARTABLE_DATA"] = str(DATA)
for variable in ("CARTABLE_NOW", "CARTABLE_PRODUCTION", "CARTABLE_DEBUG", "CARTABLE_MAIL_URL"):
    os.environ.pop(variable, None)
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def valkey_url(number: int) -> str:
    """This worker's address of one of its two numbers: 0 the queue, 1 the cache."""
    from core.embedded import services

    return services.redis_url(DATA).replace("?db=0", f"?db={2 + 2 * WORKER + number}")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    from core.embedded import services

    settings.CELERY_BROKER_URL = services.broker_url(valkey_url(0))
    # A thread that served a page would keep its connection, and with it the test's database: it gives it back to
    # a pool, from which the next page has one that knows the tables already.
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    settings.DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 40}
    settings.CACHES["default"]["LOCATION"] = valkey_url(1)
    settings.PASSWORD_HASHERS = ["tests.plugins.quick.QuickArgon2", *settings.PASSWORD_HASHERS]


@pytest.fixture(scope="session")
def servers() -> None:
    """PostgreSQL and Valkey answer."""
    import redis

    from core.embedded import services

    services.join(DATA, durable=False)
    for number in (0, 1):
        with redis.Redis.from_url(valkey_url(number)) as client:
            client.flushdb()


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> None:
    """A test that uses the database finds no other test's cache."""
    asked = request.node.get_closest_marker("django_db") is not None
    if asked or {"db", "transactional_db", "live_server"} & set(request.fixturenames):
        from django.core.cache import cache

        request.getfixturevalue("servers")
        cache.clear()


def pytest_unconfigure(config: pytest.Config) -> None:
    """The run's first process removes the folder once the others have left it."""
    from core.embedded import services

    services.leave(DATA)
    if MINE:
        _remove(DATA, within=15.0)
        for left in DATA.parent.glob("cartable-test-*"):  # of runs that were killed
            if (left / "servers.presence").exists():
                _remove(left, within=0.0)


def _remove(data: Path, *, within: float) -> None:
    """Stops what still serves a folder and removes it, unless someone uses it past `within` seconds."""
    from core.embedded import holders, postgres, valkey
    from core.embedded.places import Places

    places = Places(data)
    deadline = time.monotonic() + within
    while places.presence.exists() and not holders.nobody_left(places.presence):
        if time.monotonic() > deadline:
            return
        time.sleep(0.1)
    valkey.stop(places)
    postgres.stop(places)
    shutil.rmtree(data, ignore_errors=True)
    if places.sockets.parent != data:
        shutil.rmtree(places.sockets, ignore_errors=True)
