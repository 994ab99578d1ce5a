"""Processes of the machine, as a server's start and stop need to know them."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil


def let_go(server: subprocess.Popen[bytes]) -> None:
    """A started server outlives whoever started it: Python need not wait for it, nor warn of it."""
    server.returncode = 0


def alive(pid: int) -> bool:
    """Whether a process runs; one that ended but was never reaped does not."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # reaped here when this very process started it
    try:
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def working_in(folder: Path, name: str) -> list[int]:
    """The living processes called `name` whose working directory is `folder`."""
    found = []
    for process in psutil.process_iter(["pid", "name"]):
        if not (process.info["name"] or "").startswith(name):
            continue
        try:
            if Path(process.cwd()) == folder:
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue  # gone meanwhile, a zombie, or another user's: not ours
    return found


def stop(pid: int, *, by: signal.Signals, within: float) -> bool:
    """Asks a process to end and waits; kills it past `within` seconds. True when it ended by itself."""
    if not alive(pid):
        return True
    _send(pid, by)
    if _ended(pid, within):
        return True
    _send(pid, signal.SIGKILL)
    _ended(pid, 5.0)
    return False


def _ended(pid: int, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not alive(pid):
            return True
        time.sleep(0.02)
    return not alive(pid)


def _send(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return
