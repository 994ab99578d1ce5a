"""Downloads: headers that no content and no name can turn, ranges, and who sends the bytes."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from django.http import HttpResponseBase
from django.test import Client

from core.storage import services
from core.storage.errors import StorageGone
from core.storage.models import Blob
from tests.core.storage import pictures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.storage.urls")]

TEXT = b"0123456789"


def _received(data: bytes = TEXT, name: str = "a.txt") -> Blob:
    return services.receive(file=BytesIO(data), name=name).blob


def _get(blob: Blob, query: str = "", *, method: str = "get", **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(Client(), method)(f"/fichiers/{blob.uuid}/?{query}", headers=told)


def _bytes(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_download_carries_its_name_and_forbids_all_else(folder: Path) -> None:
    answer = _get(_received(), f"name={quote('Noël “1”.txt')}")
    assert (answer.status_code, _bytes(answer)) == (200, TEXT)
    assert answer["Content-Disposition"] == (
        "attachment; filename=\"Noel 1.txt\"; filename*=UTF-8''No%C3%ABl%20%E2%80%9C1%E2%80%9D.txt"
    )
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Length"] == "10"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'self'"
    assert "private" in answer["Cache-Control"]
    assert "no-cache" in answer["Cache-Control"]
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("name", ["drawing-with-script.svg", "picture-that-is-a-page.jpg", "swells.zip"])
def test_what_could_run_is_a_download_even_where_asked_inline(
    folder: Path, case: Callable[[str], bytes], name: str
) -> None:
    answer = _get(_received(case(name), name), f"inline&name={name}")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert _bytes(answer) == case(name)


def test_what_may_be_shown_is_shown_in_the_page(folder: Path) -> None:
    photo = _get(_received(pictures.made("PNG", lying=1), "a.png"), "inline&name=a.png")
    assert photo["Content-Disposition"].startswith("inline;")
    assert photo["Content-Type"] == "image/png"
    assert "sandbox" in photo["Content-Security-Policy"]
    assert photo["X-Frame-Options"] == "SAMEORIGIN"
    paper = _get(_received(pictures.page(), "a.pdf"), "inline")
    assert paper["Content-Type"] == "application/pdf"
    # Chrome opens no PDF in a sandbox.
    assert "sandbox" not in paper["Content-Security-Policy"]
    latin = _get(_received("déjà vu, là-bas et ailleurs".encode("cp1252")), "inline")
    assert latin["Content-Type"] == "text/plain; charset=windows-1252"


@pytest.mark.parametrize(
    ("asked", "part", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-30", TEXT, "bytes 0-9/10"),
        ("bytes=8-100", b"89", "bytes 8-9/10"),
    ],
)
def test_a_part_is_sent_where_one_is_asked(
    kept_in: str, settings: Any, asked: str, part: bytes, told: str
) -> None:
    settings.CARTABLE_SEND_FILES = "stream"
    answer = _get(_received(), Range=asked)
    assert (answer.status_code, _bytes(answer)) == (206, part)
    assert (answer["Content-Range"], answer["Content-Length"]) == (told, str(len(part)))


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=99-120", "bytes=-0"])
def test_bytes_that_are_not_there_are_416(folder: Path, asked: str) -> None:
    answer = _get(_received(), Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */10")


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=a-b"])
def test_several_parts_or_none_that_is_understood_get_the_whole(folder: Path, asked: str) -> None:
    answer = _get(_received(), Range=asked)
    assert (answer.status_code, _bytes(answer)) == (200, TEXT)


def test_a_part_of_what_has_changed_is_the_whole(folder: Path) -> None:
    blob = _received()
    same = _get(blob, Range="bytes=0-1", If_Range=f'"{blob.digest}"')
    other = _get(blob, Range="bytes=0-1", If_Range='"other"')
    dated = _get(blob, Range="bytes=0-1", If_Range=f"{datetime.now(UTC):%a, %d %b %Y %H:%M:%S GMT}")
    assert [answer.status_code for answer in (same, other, dated)] == [206, 200, 200]


def test_what_the_browser_has_is_not_sent_again(folder: Path) -> None:
    blob = _received()
    for told in (f'"{blob.digest}"', f'W/"{blob.digest}"', f'"x", "{blob.digest}"', "*"):
        answer = _get(blob, If_None_Match=told)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == f'"{blob.digest}"'
    assert _get(blob, If_None_Match='"x"').status_code == 200


def test_a_question_about_a_file_gets_its_headers_alone(folder: Path) -> None:
    answer = _get(_received(), method="head", Range="bytes=0-1")
    assert (answer.status_code, answer["Content-Length"], _bytes(answer)) == (200, "10", b"")


def test_an_empty_file_downloads_empty(folder: Path) -> None:
    blob = _received(b"", "empty.txt")
    for answer in (_get(blob), _get(blob, Range="bytes=0-5")):
        assert (answer.status_code, answer["Content-Length"], _bytes(answer)) == (200, "0", b"")


def test_nginx_sends_the_bytes_where_a_setting_says_so(folder: Path, settings: Any) -> None:
    settings.CARTABLE_SEND_FILES = "accel:/interne/"
    blob = _received()
    answer = _get(blob, f"name={quote('é.txt')}")
    assert (answer.content, answer["X-Accel-Redirect"]) == (b"", f"/interne/{blob.path}")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_apache_sends_the_bytes_where_a_setting_says_so(folder: Path, settings: Any) -> None:
    settings.CARTABLE_SEND_FILES = "sendfile"
    blob = _received()
    answer = _get(blob)
    assert Path(answer["X-Sendfile"]).read_bytes() == TEXT
    assert answer.content == b""


def test_a_bucket_sends_the_bytes_at_an_address_that_ends_in_a_minute(bucket: str) -> None:
    answer = _get(_received(), f"name={quote('Noël.txt')}")
    assert answer.status_code == 302
    assert "no-store" in answer["Cache-Control"]
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query["X-Amz-Expires"] == ["60"]
    got = requests.get(answer["Location"], timeout=5)
    assert (got.status_code, got.content) == (200, TEXT)
    assert got.headers["Content-Disposition"].endswith("filename*=UTF-8''No%C3%ABl.txt")
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert requests.get(answer["Location"].split("?")[0], timeout=5).status_code in {200, 403}


def test_a_setting_that_the_storage_cannot_follow_is_not_followed(bucket: str, settings: Any) -> None:
    blob = _received()
    for said, status in (("accel:/x/", 302), ("sendfile", 302), ("redirect", 302), ("stream", 200)):
        settings.CARTABLE_SEND_FILES = said
        answer = _get(blob)
        assert (answer.status_code, _bytes(answer)) == (status, TEXT if status == 200 else b"")


def test_a_folder_has_no_address_to_send_to(folder: Path, settings: Any) -> None:
    settings.CARTABLE_SEND_FILES = "redirect"
    assert _bytes(_get(_received())) == TEXT


def test_bytes_that_are_gone_are_said_so_before_an_answer_begins(
    kept_in: str, settings: Any, files: Callable[[], list[str]]
) -> None:
    from django.core.files.storage import default_storage

    settings.CARTABLE_SEND_FILES = "stream"
    blob = _received()
    default_storage.delete(blob.path)
    with pytest.raises(StorageGone, match="pas accessibles"):
        _get(blob)


def test_a_download_lets_its_file_go(folder: Path) -> None:
    """Left half-read, as by a browser that closes: a descriptor kept would warn, and fail this run."""
    answer: HttpResponseBase = _get(_received(b"x" * 3_000_000))
    assert next(iter(answer.streaming_content))  # type: ignore[attr-defined]
    answer.close()
