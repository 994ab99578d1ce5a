"""No photo that is kept tells where, by whom, with what it was taken; each is kept upright."""

import tempfile
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.storage import cleaning, services
from core.storage.errors import ImageTooLarge, ImageUnreadable
from core.storage.models import Blob
from core.storage.types import HEAD, media_type_of
from tests.core.storage import pictures
from tests.core.storage.pictures import BAND, SKY, STORY, made, near, top_and_bottom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def _kept(data: bytes, name: str) -> tuple[services.Received, bytes]:
    received = services.receive(file=BytesIO(data), name=name)
    with services.opened(received.blob) as file:
        return received, file.read()


def test_the_photo_of_the_case_is_upright_and_tells_nothing(case: Callable[[str], bytes]) -> None:
    received, kept = _kept(case("photo-gps-upright.jpg"), "photo.jpg")
    assert (received.blob.width, received.blob.height) == (120, 160)
    assert near(top_and_bottom(kept)[0], BAND)
    told = Image.open(BytesIO(kept)).getexif()
    assert (dict(told), dict(told.get_ifd(0x8825))) == ({}, {})
    for said in (b"Appareil", b"Exemple", b"Sortie", b"Essai", b"Exif"):
        assert said not in kept


KINDS = {
    "JPEG": ("image/jpeg", ".jpg"),
    "PNG": ("image/png", ".png"),
    "WEBP": ("image/webp", ".webp"),
    "TIFF": ("image/tiff", ".tif"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lying", [1, 6])
def test_each_kind_of_picture_loses_its_story_and_stands(kind: str, lying: int) -> None:
    media_type, ending = KINDS[kind]
    data = made(kind, lying=lying)
    assert STORY in data
    received, kept = _kept(data, f"a{ending}")
    assert STORY not in kept
    assert (received.blob.media_type, received.name) == (media_type, f"a{ending}")
    assert (received.blob.width, received.blob.height) == (40, 60)
    top, bottom = top_and_bottom(kept)
    assert near(top, BAND)
    assert near(bottom, SKY)
    assert dict(Image.open(BytesIO(kept)).getexif().get_ifd(0x8825)) == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_stands_keeps_its_very_pixels(kind: str) -> None:
    data = made(kind, lying=1)
    _, kept = _kept(data, "a")
    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(data)).tobytes()
    assert len(kept) < len(data)


def test_a_drawing_that_moves_still_moves_without_its_comment() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (BAND, SKY, "white")]
    written = BytesIO()
    frames[0].save(
        written, "GIF", save_all=True, append_images=frames[1:], loop=0, duration=100, comment=STORY
    )
    assert STORY in written.getvalue()
    _, kept = _kept(written.getvalue(), "a.gif")
    assert STORY not in kept
    told = Image.open(BytesIO(kept))
    assert (told.n_frames, told.info["loop"], told.info["duration"]) == (3, 0, 100)


def test_what_a_phone_hides_after_a_photo_goes() -> None:
    film = b"\0\0\0\x18ftypmp42 +50.62+003.05/"
    data = made("JPEG", lying=1) + film
    _, kept = _kept(data, "a.jpg")
    assert b"ftyp" not in kept
    assert kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("lying", [1, 6])
def test_of_a_photo_of_several_views_the_first_is_kept(lying: int) -> None:
    first = Image.open(BytesIO(made("JPEG", lying=lying)))
    written = BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[first.copy()], exif=pictures.exif(lying))
    assert Image.open(BytesIO(written.getvalue())).format == "MPO"
    _, kept = _kept(written.getvalue(), "a.jpg")
    assert STORY not in kept
    assert Image.open(BytesIO(kept)).format == "JPEG"
    assert near(top_and_bottom(kept)[0], BAND)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_printers_photos_are_turned_too(mode: str) -> None:
    stored = pictures.upright().convert(mode).transpose(Image.Transpose.ROTATE_90)
    written = BytesIO()
    stored.save(written, "JPEG", exif=pictures.exif(6))
    received, kept = _kept(written.getvalue(), "a.jpg")
    assert STORY not in kept
    assert Image.open(BytesIO(kept)).mode == mode
    assert (received.blob.width, received.blob.height) == (40, 60)


def test_colours_keep_their_profile() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for lying in (1, 6):
        _, kept = _kept(made("JPEG", lying=lying, icc_profile=profile), "a.jpg")
        assert Image.open(BytesIO(kept)).info["icc_profile"] == profile


@pytest.mark.parametrize(("kind", "ending"), [("HEIF", ".HEIC"), ("AVIF", ".avif")])
def test_a_telephones_picture_becomes_one_that_everyone_can_open(kind: str, ending: str) -> None:
    data = made(kind, lying=1)
    received, kept = _kept(data, f"IMG_0001{ending}")
    assert (received.name, received.blob.media_type) == ("IMG_0001.jpg", "image/jpeg")
    assert STORY not in kept
    assert (received.blob.width, received.blob.height) == (40, 60)
    assert near(top_and_bottom(kept)[0], BAND)


def test_a_telephones_see_through_picture_stays_so() -> None:
    written = BytesIO()
    pictures.upright("RGB").convert("RGBA").save(written, "AVIF")
    received, kept = _kept(written.getvalue(), "a.avif")
    assert (received.name, Image.open(BytesIO(kept)).mode[:3]) in {("a.webp", "RGB"), ("a.jpg", "RGB")}


def test_a_very_large_photo_is_not_turned_in_memory_but_still_shows_upright(monkeypatch: Any) -> None:
    monkeypatch.setattr(cleaning, "TURNED_PIXELS", 1)
    received, kept = _kept(made("JPEG"), "a.jpg")
    assert STORY not in kept
    told = Image.open(BytesIO(kept))
    assert dict(told.getexif()) == {0x0112: 6}
    assert near(top_and_bottom(ImageOps.exif_transpose(told))[0], BAND)
    assert (received.blob.width, received.blob.height) == (40, 60)


def test_a_photo_cut_short_is_still_one() -> None:
    data = made("JPEG", lying=1)
    received, kept = _kept(data[: len(data) - 40], "a.jpg")
    assert received.blob.media_type == "image/jpeg"
    assert STORY not in kept


def test_an_image_bomb_is_refused_by_its_header_alone() -> None:
    with pytest.raises(ImageTooLarge, match="trop grande") as refused:
        services.receive(file=BytesIO(pictures.bomb(60_000, 60_000)), name="a.png")
    assert refused.value.fields == {"pixels": 3_600_000_000, "most": 120_000_000}
    assert not Blob.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\x89PNG\r\n\x1a\n" + b"abc" * 20,
        b"GIF89a" + b"\xff" * 30,
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40,
    ],
)
def test_what_only_calls_itself_a_picture_is_refused_with_a_word(data: bytes) -> None:
    with pytest.raises(ImageUnreadable, match="abîmée"):
        services.receive(file=BytesIO(data), name="photo.jpg")
    assert not Blob.objects.exists()


DAMAGED = {kind: made(kind, lying=lying) for kind in (*KINDS, "GIF", "HEIF", "AVIF") for lying in (6,)}


@given(st.sampled_from(sorted(DAMAGED)), st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_picture_is_kept_or_refused_and_breaks_nothing(kind: str, data: st.DataObject) -> None:
    picture = bytearray(DAMAGED[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        picture[data.draw(st.integers(12, len(picture) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(20, len(picture)))
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's own words on a damaged Exif
        source, into = Path(folder) / "sent", Path(folder) / "kept"
        source.write_bytes(picture[:cut])
        try:
            told = cleaning.clean(source, media_type_of(bytes(picture[:HEAD]), "a"), into=into)
        except (ImageUnreadable, ImageTooLarge):
            assert not into.exists()
        else:
            assert into.stat().st_size > 0
            assert told.width > 0
