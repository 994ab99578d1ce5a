"""A folder as one zip that opens everywhere."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.storage import default_storage

from core.storage import services
from core.storage.errors import StorageGone
from core.storage.models import Blob
from core.storage.zips import Entry, zip_response

pytestmark = pytest.mark.django_db


def _received(data: bytes) -> Blob:
    return services.receive(file=BytesIO(data), name="a").blob


def test_a_zip_holds_each_file_at_its_place_under_its_name(kept_in: str) -> None:
    long = "é" * 120 + ".odt"
    answer = zip_response(
        "Été à l’école",
        [
            Entry(("Noël.txt",), _received(b"un")),
            Entry(("🎄 fête", "Ça y est.txt"), _received(b"deux")),
            Entry(("vide",)),
            Entry(("empty.txt",), _received(b"")),
            Entry((long,), _received(b"trois")),
        ],
    )
    data = b"".join(answer)
    assert answer["Content-Length"] == str(len(data))
    assert answer["Content-Disposition"].endswith(
        "filename*=UTF-8''%C3%89t%C3%A9%20%C3%A0%20l%E2%80%99%C3%A9cole.zip"
    )
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/zip", "nosniff")
    with zipfile.ZipFile(BytesIO(data)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == ["Noël.txt", "🎄 fête/Ça y est.txt", "vide/", "empty.txt", long]
        assert opened.read("🎄 fête/Ça y est.txt") == b"deux"


def test_names_that_would_be_one_are_numbered_and_none_climbs(folder: object) -> None:
    blob = _received(b"x")
    paths = [
        ("a.txt",),
        ("A.txt",),
        ("con.txt",),
        ("..", "..", "etc"),
        ("a/b?.txt",),
        ("s", "a.txt"),
        ("s", "a.txt"),
    ]
    with zipfile.ZipFile(
        BytesIO(b"".join(zip_response("z", [Entry(path, blob) for path in paths])))
    ) as opened:
        assert opened.namelist() == [
            *("a.txt", "A (2).txt", "_con.txt", "sans nom/sans nom/etc", "a-b_.txt", "s/a.txt", "s/a (2).txt")
        ]


def test_a_zip_with_a_content_that_is_gone_is_not_believed_whole(folder: object) -> None:
    kept, gone = _received(b"kept"), _received(b"gone")
    default_storage.delete(gone.path)
    answer = zip_response("z", [Entry(("a",), kept), Entry(("b",), gone)])
    with pytest.raises(StorageGone):
        b"".join(answer)


def test_a_zip_of_nothing_opens() -> None:
    with zipfile.ZipFile(BytesIO(b"".join(zip_response("rien.zip", [])))) as opened:
        assert opened.namelist() == []
