"""The demo's programs: web, and worker with its scheduler, started as one and ended as one."""

import fcntl
import json
import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core import clock
from core.embedded.processes import Program, Programs
from core.errors import DomainError
from core.progress import SILENT, Progress

READY_SECONDS = 90.0
WEB, WORKER = "web", "worker"


class PortTaken(DomainError):
    """Something else listens there."""

    code = "port-taken"
    exit_code = 2


class AlreadyRunning(DomainError):
    """Another demo runs on the same data."""

    code = "demo-already-running"
    sentence = "Une démonstration tourne déjà sur ces données."
    remedy = "Arrêtez-la (Ctrl-C), ou donnez d’autres données à celle-ci par CARTABLE_DATA."


class NotReady(DomainError):
    """The site started but does not serve."""

    code = "not-ready"


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """One demo at a time on one data folder. Raises `AlreadyRunning`."""
    handle = os.open(data / "demo.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        raise AlreadyRunning() from busy
    else:
        yield
    finally:
        os.close(handle)


def check_port(host: str, port: int) -> None:
    """Raises `PortTaken` when nothing can be served there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as taken:
            raise PortTaken(
                f"Le port {port} n’est pas libre.",
                remedy=f"Arrêtez ce qui l’occupe, ou choisissez-en un autre : make demo PORT={port + 1}.",
                port=port,
            ) from taken


def start(programs: Programs, *, host: str, port: int, progress: Progress = SILENT) -> None:
    """Starts web and worker and waits until everything serves.

    Raises `EndedTooSoon` or `NotReady`.
    """
    progress.step("Démarrage du site")
    environment = {"CARTABLE_URL": f"http://localhost:{port}"}
    if os.environ.get("CARTABLE_NOW"):
        # The rehearsed clock has run on since we started: the programs take it up where it is.
        environment["CARTABLE_NOW"] = clock.now().isoformat()
    for program in _programs(host, port, environment):
        programs.start(program)
    deadline = time.monotonic() + READY_SECONDS
    missing: list[str] = ["web"]

    def ready() -> bool:
        missing[:] = _missing(port)
        return not missing or time.monotonic() > deadline

    programs.watch(until=ready)
    if missing:
        raise NotReady(
            f"Le site n’est pas prêt : {', '.join(missing)}.",
            remedy="Les journaux, dans le dossier « logs » des données, disent pourquoi.",
        )


def _programs(host: str, port: int, environment: dict[str, str]) -> list[Program]:
    web = ("granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2")
    # One process less to start: the scheduler lives within the worker, which is alone.
    worker = ("celery", "-A", "ent", "worker", "--beat", "--concurrency", "2", "--loglevel", "WARNING")
    return [
        Program(WORKER, (*worker, "--without-mingle", "--without-gossip"), environment, patience=30.0),
        Program(WEB, (*web, "--blocking-threads", "4", "ent.wsgi:application"), environment, patience=5.0),
    ]


def _missing(port: int) -> list[str]:
    """What `/readyz` still waits for; `web` while nothing answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=3) as answer:
            told = json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code != 503:
            return ["web"]
        told = json.load(error)
    except (OSError, ValueError):
        return ["web"]
    return list(told["missing"])
