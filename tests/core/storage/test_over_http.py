"""Over a real server: a connection that is cut keeps what arrived; a worker makes thumbnails."""

import socket
import subprocess
import time
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from core.storage import services
from core.storage.models import Blob, ThumbnailState
from tests.core.storage import pictures
from tests.core.storage.sending import BYTES, TUS, metadata

SENT, LENGTH = 3_300_000, 5_000_000


@pytest.mark.urls("tests.core.storage.urls")
def test_a_connection_cut_in_the_middle_resumes_where_it_was(live_server: Any, folder: Any) -> None:
    browser = requests.Session()
    token = browser.get(f"{live_server.url}/jeton/", timeout=5).text
    told = TUS | {"X-CSRFToken": token}
    made = browser.post(
        f"{live_server.url}/envois/",
        headers=told | {"Upload-Length": str(LENGTH), "Upload-Metadata": metadata(filename="film.bin")},
        timeout=5,
    )
    url = f"{live_server.url}{made.headers['Location']}"
    data = bytes(range(256)) * (LENGTH // 256) + b"z" * (LENGTH % 256)
    where = urlsplit(url)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = told | {
        "Host": where.netloc,
        "Cookie": cookies,
        "Upload-Offset": "0",
        "Content-Type": BYTES,
        "Content-Length": str(LENGTH),
    }
    lines = [f"PATCH {where.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    with socket.create_connection((where.hostname, where.port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + data[:SENT])
    deadline = time.monotonic() + 10
    while (offset := int(browser.head(url, headers=told, timeout=5).headers["Upload-Offset"])) < SENT:
        assert time.monotonic() < deadline, f"{offset} bytes were kept"
        time.sleep(0.1)
    rest = told | {"Upload-Offset": str(offset), "Content-Type": BYTES}
    while (answer := browser.patch(url, data=data[offset:], headers=rest, timeout=10)).status_code == 423:
        assert time.monotonic() < deadline + 10
        time.sleep(0.2)
    assert answer.status_code == 204
    with services.opened(Blob.objects.get()) as file:
        assert file.read() == data


def test_a_worker_makes_the_thumbnails_after_the_commit(worker: subprocess.Popen[bytes]) -> None:
    blob = services.receive(file=BytesIO(pictures.made("JPEG")), name="a.jpg").blob
    deadline = time.monotonic() + 40
    while blob.thumbnail_state == ThumbnailState.WAITING:
        assert time.monotonic() < deadline, "nobody made them"
        time.sleep(0.2)
        blob.refresh_from_db()
    assert blob.thumbnail_state == ThumbnailState.MADE
