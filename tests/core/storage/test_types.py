"""What a content is, told by its bytes."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.storage.types import CONVERTED, HEAD, PHOTOS, SHOWN_INLINE, charset_of, media_type_of, shown_inline
from tests.core.storage import pictures


def _zipped(*entries: tuple[str, str]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name, text in entries:
            made.writestr(name, text)
    return written.getvalue()


ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("head", "name", "told"),
    [
        (b"\xff\xd8\xff\xe1", "a.txt", "image/jpeg"),
        (b"%PDF-1.7\n", "a", "application/pdf"),
        (b"ID3\x04", "a.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "a.mp3", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "a.aac", "audio/aac"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a.wav", "audio/wav"),
        (b"OggS\0\2" + b"\0" * 22 + b"\x01\x1eOpusHead", "a.opus", "audio/ogg"),
        (b"OggS\0\2" + b"\0" * 22 + b"\x80theora", "a.ogv", "video/ogg"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "a.mp4", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "a.mov", "video/quicktime"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0avifmif1", "a.avif", "image/avif"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0isommp42", "a.m4a", "audio/mp4"),
        # As browsers record a microphone.
        (b"\0\0\0\x18ftypiso5\0\0\2\0iso5iso6", "Son.m4a", "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1B\x82\x84webm", "Son.weba", "audio/webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "a.webm", "video/webm"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword"),
        (b"{\\rtf1", "a.rtf", "application/rtf"),
        (b"Bonjour", "a.jpg", "text/plain"),
        (b"nom;pr\xe9nom\r\nA;B", "a.csv", "text/csv"),
        (b"BEGIN:VCALENDAR", "a.ics", "text/calendar"),
        (b"\0\1\2\3", "a.mp3", "application/octet-stream"),
        (b"", "a.txt", "text/plain"),
        (b"", "a.jpg", "application/octet-stream"),
    ],
)
def test_a_type_is_told_by_its_first_bytes(head: bytes, name: str, told: str) -> None:
    assert media_type_of(head, name) == told


@pytest.mark.parametrize(
    "head",
    [
        b"<!DOCTYPE html><p>a",
        b"\xef\xbb\xbf \n<HTML>",
        b"<script>alert(1)</script>",
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
        b"<x/><script>1</script>",
        "\ufeff<html>".encode("utf-16-le"),
        b"<!-- a --><svg onload=x>",
        b"<?xml version='1.0'?>\n<!DOCTYPE svg>\n<svg xmlns='http://www.w3.org/2000/svg'>",
    ],
)
@pytest.mark.parametrize("name", ["a.jpg", "a.pdf", "a.txt", "a"])
def test_a_page_or_a_drawing_is_never_shown_whatever_its_name(head: bytes, name: str) -> None:
    told = media_type_of(head, name)
    assert told in {"text/html", "image/svg+xml"}
    assert not shown_inline(told)


def test_the_cases_are_what_they_are(case: Callable[[str], bytes]) -> None:
    assert media_type_of(case("picture-that-is-a-page.jpg"), "x.jpg") == "text/html"
    assert media_type_of(case("drawing-with-script.svg"), "x.svg") == "image/svg+xml"
    assert media_type_of(case("swells.zip")[:HEAD], "x.zip") == "application/zip"


def test_office_documents_are_told_from_the_zips_that_they_are() -> None:
    assert media_type_of(_zipped(("mimetype", ODT), ("content.xml", "")), "a.zip") == ODT
    docx = _zipped(("[Content_Types].xml", ""), ("word/document.xml", ""))
    assert media_type_of(docx, "a.docx") == DOCX
    assert media_type_of(docx, "a.jpg") == "application/zip"
    assert media_type_of(_zipped(("a.txt", "a")), "a.docx") == "application/zip"


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("été".encode(), "utf-8"),
        ("é".encode() * (HEAD // 2 - 1) + b"a\xc3", "utf-8"),  # cut in the middle of a letter
        ("Une école près d’ici".encode("cp1252"), "windows-1252"),
        ("été".encode("utf-16"), "utf-16"),
        (b"a\0b", ""),
        (bytes(range(128, 256)), ""),
    ],
)
def test_a_texts_charset_is_told_by_its_bytes(head: bytes, told: str) -> None:
    assert charset_of(head) == told


@given(st.binary(max_size=300), st.sampled_from(["a.jpg", "a.pdf", "a.html", "a.mp4", "a.svg", "a"]))
def test_only_a_signature_makes_a_thing_that_is_shown(data: bytes, name: str) -> None:
    told = media_type_of(data, name)
    assert "/" in told
    if shown_inline(told) and told != "text/plain":
        assert media_type_of(data, "a") == told, "the name had a part in it"


def test_no_drawing_that_runs_is_among_what_is_shown() -> None:
    assert not {"image/svg+xml", "text/html", "application/xhtml+xml", "application/xml"} & SHOWN_INLINE
    assert not CONVERTED & SHOWN_INLINE
    assert {"image/tiff"} == PHOTOS - SHOWN_INLINE
    assert media_type_of(pictures.made("TIFF"), "a") == "image/tiff"
