"""No film that is kept tells where or with what it was taken."""

from io import BytesIO

import pytest

from core.storage import films, services
from core.storage.types import media_type_of

PLACE = b"+50.6289+003.0569/"


def _box(kind: bytes, *content: bytes) -> bytes:
    inside = b"".join(content)
    return (len(inside) + 8).to_bytes(4, "big") + kind + inside


TYPE = _box(b"ftyp", b"mp42\0\0\0\0mp42isom")
MEDIA = _box(b"mdat", b"pictures and sounds" * 50)


def _film() -> bytes:
    apple = _box(b"meta", _box(b"keys", b"com.apple.quicktime.location.ISO6709"), _box(b"ilst", PLACE))
    notes = _box(b"udta", _box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE), _box(b"name", b"kept"))
    track = _box(b"trak", _box(b"tkhd", b"kept too"), _box(b"udta", _box(b"loci", PLACE)))
    xmp = _box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<x>Mme Exemple</x>")
    return TYPE + _box(b"moov", _box(b"mvhd", b"0" * 20), notes, apple, track) + xmp + MEDIA


@pytest.mark.django_db
def test_a_film_loses_its_place_and_not_a_byte_of_its_pictures(kept_in: str) -> None:
    sent = _film()
    received = services.receive(file=BytesIO(sent), name="sortie.mp4")
    with services.opened(received.blob) as file:
        kept = file.read()
    assert received.blob.media_type == "video/mp4"
    assert len(kept) == len(sent)
    for told in (PLACE, b"location", b"Exemple", b"\xa9xyz"):
        assert told not in kept
    assert kept.endswith(MEDIA)
    assert b"kept too" in kept
    assert b"name" in kept


def test_a_film_cleaned_twice_is_the_same(tmp_path) -> None:
    film = tmp_path / "film"
    film.write_bytes(_film())
    assert films.clean(film) == 4
    once = film.read_bytes()
    assert films.clean(film) == 0
    assert film.read_bytes() == once


@pytest.mark.parametrize(
    "data",
    [
        TYPE,
        _film()[:90],
        TYPE + b"\0\0\0\4free",
        TYPE + b"\xff\xff\xff\xffmoov",
        TYPE + b"\0\0\0\1moov" + b"\xff" * 8,
        TYPE + b"\0\0\0\0mdat" + PLACE,
    ],
)
def test_what_only_begins_as_a_film_is_left_as_it_is(tmp_path, data: bytes) -> None:
    film = tmp_path / "film"
    film.write_bytes(data)
    assert films.clean(film) == 0
    assert film.read_bytes() == data
    assert media_type_of(data, "a") == "video/mp4"
