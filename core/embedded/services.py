"""The servers that an instance uses: those the environment names, else embedded ones.

Settings ask here for addresses, which starts nothing; `join` starts or joins the embedded servers and
is called by `manage.py`, the web process and the worker as they begin. The last to leave stops them.
"""

import atexit
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

from core.embedded import holders, postgres, valkey
from core.embedded.places import Places

DATABASE_ENV = "DATABASE_URL"
REDIS_ENV = "REDIS_URL"

_held: dict[Path, tuple[int, int]] = {}  # data folder → (handle, pid that opened it)


def join(data: Path, *, durable: bool = True) -> None:
    """Starts or joins the embedded servers that the environment does not replace, until exit.

    Idempotent. Raises `ServerDidNotStart` or `DataNotOurs`.
    """
    embedded = [
        module for name, module in ((DATABASE_ENV, postgres), (REDIS_ENV, valkey)) if not _named(name)
    ]
    data = data.resolve()
    if not embedded or data in _held:
        return
    places = Places(data)
    places.make()
    with holders.alone(places.mutex):
        handle = holders.arrive(places.presence)
        try:
            for server in embedded:
                if not server.answers(places):
                    server.start(places, durable=durable)
        except BaseException:
            holders.go(handle)
            raise
        _held[data] = (handle, os.getpid())
    atexit.register(leave, data)


def leave(data: Path) -> None:
    """This process is done with the servers; the last one stops them."""
    data = data.resolve()
    handle, opener = _held.pop(data, (-1, 0))
    if opener != os.getpid():
        return
    places = Places(data)
    with holders.alone(places.mutex):
        holders.go(handle)
        if holders.nobody_left(places.presence):
            valkey.stop(places)
            postgres.stop(places)


def secret(name: str, data: Path, *, required: bool) -> str:
    """A secret: the environment's, else one made once and kept under the data folder.

    Raises `ImproperlyConfigured` where it is required and the environment has none.
    """
    if given := os.environ.get(name, ""):
        return given
    if required:
        raise ImproperlyConfigured(f"{name} must be set in production")
    path = data / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = path.with_suffix(f".{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(mine, path)  # the first of several processes wins, whole
        mine.unlink()
    return path.read_text()


def database(data: Path) -> dict[str, Any]:
    """Django's description of the database: `DATABASE_URL`'s, else the embedded one's."""
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    if url := os.environ.get(DATABASE_ENV, ""):
        return common | _parse_database(url)
    return common | {
        "NAME": postgres.DATABASE,
        "USER": postgres.SUPERUSER,
        "HOST": str(Places(data.resolve()).sockets),
    }


def redis_url(data: Path) -> str:
    """`REDIS_URL`, else the embedded server's socket (`unix:///path?db=0`)."""
    given = os.environ.get(REDIS_ENV, "")
    return given or f"unix://{valkey.socket_path(Places(data.resolve()))}?db=0"


def broker_url(url: str) -> str:
    """The queue's address, in Celery's words."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.path}?virtual_host={_number(url)}"


def cache_url(url: str) -> str:
    """The cache's address: the database after the queue's, so that clearing one spares the other."""
    parts = urlsplit(url)
    number = _number(url) + 1
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def _number(url: str) -> int:
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query)).get("db", "") if parts.scheme == "unix" else parts.path.strip("/")
    return int(asked or 0)


def _parse_database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{DATABASE_ENV} must start with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def _named(variable: str) -> bool:
    return bool(os.environ.get(variable, ""))
