"""Downloads, once the caller has authorised them: the same headers whoever sends the bytes.

`CARTABLE_SEND_FILES` says who does: the application (`stream`), the web server by a word of ours
(`accel:/prefix/` for nginx, `sendfile` for Apache and others), or a bucket by an address signed for a
minute (`redirect`). Ranges: RFC 9110 §14; names: RFC 6266 and RFC 8187.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import patch_cache_control

from core.storage import places, thumbnails
from core.storage.models import Blob
from core.storage.thumbnails import Thumbnail
from core.storage.types import TEXT, shown_inline

SIGNED_FOR = timedelta(minutes=1)
# Chrome opens no PDF in a sandbox; a PDF runs nothing of ours. A page of ours may frame what it shows.
_POLICY = "default-src 'none'; {rest}frame-ancestors 'self'"
_SHOWN = "img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; "
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def serve(request: HttpRequest, *, blob: Blob, name: str, inline: bool = False) -> HttpResponseBase:
    """The content under that name. `inline` is granted to the types of `types.SHOWN_INLINE` alone.

    Answers 200, 206, 304, 416, or 302 to a bucket. Raises `StorageGone`.
    """
    shown = inline and shown_inline(blob.media_type)
    media_type = blob.media_type
    if media_type == TEXT:
        media_type = f"{TEXT}; charset={blob.charset or 'utf-8'}"
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": disposition(name, inline=shown),
        "Content-Security-Policy": _policy(blob.media_type, shown=shown),
        "ETag": f'"{blob.digest}"',
    }
    return _send(request, blob.path, blob.size, headers)


def serve_thumbnail(request: HttpRequest, *, thumbnail: Thumbnail) -> HttpResponseBase:
    """A thumbnail, shown in the page; never by a bucket's address, which costs more than its few bytes.

    Raises `StorageGone`.
    """
    headers = {
        "Content-Type": thumbnails.MEDIA_TYPE,
        "Content-Disposition": "inline",
        "Content-Security-Policy": _policy(thumbnails.MEDIA_TYPE, shown=True),
        "ETag": thumbnail.etag,
    }
    # What the browser has costs the storage no question.
    size = 0 if _known(request, thumbnail.etag) else places.size_of(thumbnail.path)
    return _send(request, thumbnail.path, size, headers, redirect=False)


def disposition(name: str, *, inline: bool) -> str:
    """A header that no name can split: ASCII for the old, UTF-8 escaped for all others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'[^ -~]|["\\%;]', "_", plain).strip() or "fichier"
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _policy(media_type: str, *, shown: bool) -> str:
    if not shown:
        return _POLICY.format(rest="sandbox; ")
    return _POLICY.format(
        rest="style-src 'unsafe-inline'; " if media_type == "application/pdf" else f"{_SHOWN}sandbox; "
    )


def _send(
    request: HttpRequest, path: str, size: int, headers: Mapping[str, str], *, redirect: bool = True
) -> HttpResponseBase:
    if _known(request, headers["ETag"]):
        response: HttpResponseBase = HttpResponse(status=304)
        response["ETag"] = headers["ETag"]
        return _private(response)
    by, _, prefix = sender().partition(":")
    if by == "redirect" and redirect:
        return _redirected(path, headers)
    if by in {"accel", "sendfile"}:
        response = HttpResponse()
        del response["Content-Type"]
        _headed(response, headers)
        root = places.local_root()
        response["X-Accel-Redirect" if by == "accel" else "X-Sendfile"] = (
            f"{prefix}{quote(path)}" if by == "accel" else str(root / path if root else path)
        )
    else:
        response = _streamed(request, path, size, headers)
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return _private(response)


def sender() -> str:
    """Who sends the bytes, by the setting: a bucket has no web server of ours, a folder no address."""
    said = str(settings.CARTABLE_SEND_FILES)
    if places.local_root():
        return said if said.startswith(("accel:", "sendfile")) else "stream"
    return "stream" if said == "stream" else "redirect"


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by the reader's browser alone, which asks again each time: a right may have ended since."""
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _headed(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response[name] = value


def _known(request: HttpRequest, etag: str) -> bool:
    told = request.headers.get("If-None-Match", "")
    return told.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in told.split(",")}


def _redirected(path: str, headers: Mapping[str, str]) -> HttpResponseBase:
    asked = {
        "ResponseContentDisposition": headers["Content-Disposition"],
        "ResponseContentType": headers["Content-Type"],
        "ResponseCacheControl": "private, no-cache",
    }
    storage: object = default_storage
    with places.failures_told():
        url = storage.url(path, parameters=asked, expire=int(SIGNED_FOR.total_seconds()))  # type: ignore[attr-defined]
    response = HttpResponseRedirect(url)
    patch_cache_control(response, private=True, no_store=True)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _streamed(request: HttpRequest, path: str, size: int, headers: Mapping[str, str]) -> HttpResponseBase:
    part = _part_asked(request, size, headers["ETag"])
    if part == (0, 0) and size:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    start, end = part or (0, size)
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = StreamingHttpResponse(places.read(path, start, end - start) if size else [])
    _headed(response, headers)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(end - start)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _part_asked(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First byte and the one after the last; None for the whole; (0, 0) where no such bytes are.

    Several ranges at once, or one that is not understood, get the whole, as the text allows.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not asked or request.method != "GET" or asked.groups() == ("", "") or not size:
        return None
    if request.headers.get("If-Range", etag).strip() != etag:
        return None
    first, last = asked.groups()
    if not first:
        length = int(last)
        return (max(0, size - length), size) if length else (0, 0)
    start = int(first)
    if last and int(last) < start:
        return None
    return (start, min(int(last) + 1, size) if last else size) if start < size else (0, 0)
