"""What a large file costs to send and to fetch: `python -m bench.transfers` in the measured database.

The site runs as it ships (granian, two processes), asked over HTTP by one client on the same machine. Prints
one JSON object of seconds, medians of five: `copy`, a plain copy of the file on the same disk, flushed;
`upload`, the file sent in pieces as the page sends them, until it stands in the person's documents; `download`,
fetched as its owner; `static`, the same bytes fetched from the web server's own folder of static files.
"""

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

BYTES = 100 * 1024 * 1024
PIECE = 4 * 1024 * 1024  # `documents/upload.js` sends as much at once
TIMES = 5
BLOCK = 1024 * 1024
TOKEN = "b" * 32  # Django's check compares the cookie with the header


def measure() -> dict[str, float]:
    import django

    django.setup()
    session = _signed_in()
    with tempfile.TemporaryDirectory(prefix="cartable-transfers-") as folder:
        source = Path(folder) / "film.bin"
        with source.open("wb") as file:
            for _ in range(BYTES // BLOCK):
                file.write(os.urandom(BLOCK))
        port = _free_port()
        site = subprocess.Popen(
            [*_granian(port), "--static-path-mount", folder, "--static-path-route", "/plain", "ent.wsgi:application"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            _wait_for(port)
            return _told(port, session, source)
        finally:
            site.terminate()
            site.wait()


def _told(port: int, session: str, source: Path) -> dict[str, float]:
    """Each of the four in turn, five times, so that a slow minute weighs on all alike."""
    spent: dict[str, list[float]] = {"copy": [], "upload": [], "download": [], "static": []}
    copy = source.with_suffix(".copy")
    for number in range(TIMES):
        # Another file each time: a content known by its digest would be stored once.
        with source.open("r+b") as file:
            file.write(number.to_bytes(4))
        spent["copy"].append(_timed(lambda: _copy(source, copy))[0])
        seconds, document = _timed(lambda: _upload(port, session, source))
        spent["upload"].append(seconds)
        path = f"/documents/fichier/{document}/telecharger/"
        spent["download"].append(_timed(lambda path=path: _fetch(port, path, session))[0])
        spent["static"].append(_timed(lambda: _fetch(port, f"/plain/{source.name}", session))[0])
    return {name: median(each) for name, each in spent.items()}


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = act()
    return time.perf_counter() - start, answer


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, BLOCK)
        written.flush()
        os.fsync(written.fileno())


def _upload(port: int, session: str, source: Path) -> str:
    """By the resumable protocol; answers the document's UUID."""
    asking = http.client.HTTPConnection("127.0.0.1", port)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Tus-Resumable": "1.0.0",
    }
    name = b64encode(b"film.bin").decode()
    _, place = _ask(
        asking,
        "POST",
        "/documents/envois/",
        headers | {"Upload-Length": str(BYTES), "Upload-Metadata": f"filename {name}"},
    )
    told: dict[str, str] = {}
    with source.open("rb") as file:
        for offset in range(0, BYTES, PIECE):
            sent = headers | {
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            }
            _, told = _ask(asking, "PATCH", place["location"], sent, file.read(PIECE))
    asking.close()
    return told["x-document"]


def _fetch(port: int, path: str, session: str) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", port)
    asking.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = asking.getresponse()
    read = 0
    while block := answer.read(BLOCK):
        read += len(block)
    asking.close()
    if answer.status != 200 or read != BYTES:
        raise SystemExit(f"{path}: {answer.status}, {read} bytes")


def _ask(
    asking: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> tuple[int, dict[str, str]]:
    asking.request(method, path, body=body, headers=headers)
    answer = asking.getresponse()
    said = answer.read()
    if answer.status >= 300:
        raise SystemExit(f"{method} {path}: {answer.status} {said[:300]!r}")
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def _signed_in() -> str:
    """A teacher made by hand, and their session's key."""
    from importlib import import_module

    from django.conf import settings
    from django.http import HttpRequest

    from accounts import sessions
    from accounts.enums import Profile
    from accounts.models import User
    from accounts.services.create_account import create_account
    from core import clock

    person = create_account(by=None, profile=Profile.TEACHER, first_name="Aline", last_name="Mesure")
    User.objects.filter(pk=person.pk).update(activated_at=clock.now(), charter_accepted_at=clock.now())
    person.refresh_from_db()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions.begin(request, person)
    request.session.save()
    return str(request.session.session_key)


def _granian(port: int) -> list[str]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    return [*web, "--workers", "2", "--blocking-threads", "4"]


def _free_port() -> int:
    import socket

    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            asking.request("GET", "/healthz")
            if asking.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not start")


if __name__ == "__main__":
    print(json.dumps(measure()))
