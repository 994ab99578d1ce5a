"""A tus client in a few lines, over Django's test client."""

import base64
from typing import Any

from django.http import HttpResponse
from django.test import Client

BYTES = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


def metadata(**values: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def create(length: int, name: str = "a.txt", *, body: bytes = b"", **more: Any) -> HttpResponse:
    headers = TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata(filename=name, **more)}
    told: dict[str, Any] = {"data": body, "content_type": BYTES} if body else {}
    return Client().post("/envois/", headers=headers, **told)


def patch(url: str, body: bytes, offset: int, *, content_type: str = BYTES, **headers: str) -> HttpResponse:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    told = TUS | {"Upload-Offset": str(offset)} | more
    return Client().patch(url, data=body, content_type=content_type, headers=told)


def head(url: str, **headers: str) -> HttpResponse:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().head(url, headers=TUS | more)
