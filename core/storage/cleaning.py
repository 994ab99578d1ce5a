"""Photos keep their picture and lose their story: place, owner, device, notes, thumbnails within.

Metadata is cut out of the file, the picture itself untouched, byte for byte; a photo stored lying is
turned upright, which writes its picture again with the same tables. HEIC and AVIF become JPEG (WebP
where they are see-through), since few browsers show them. What cannot be parted is refused.

Formats: JPEG (ITU T.81 annex B), Exif 2.32, PNG (ISO 15948), WebP container, GIF89a.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin

from core.storage import images, places
from core.storage.errors import ImageUnreadable

ORIENTATION = 0x0112
# Above, an upright copy is too much memory for a page's answer: the note of how it lies is kept instead.
TURNED_PIXELS = 50_000_000
_MOST_PAGES = 50  # of a scanner's TIFF, all in memory at once
# A photo of several views calls itself by another name in Pillow: its first is kept.
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/bmp": "BMP"}
_ENDINGS = {"image/jpeg": ".jpg", "image/webp": ".webp"}
_EXIF = b"Exif\0\0"
# Segments that a picture needs: JFIF, colour profile, Adobe's colour transform, tables, frames.
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_PNG_STORY = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_WEBP_STORY = {b"EXIF", b"XMP "}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture as kept: its type, and its width and height in pixels as it is shown."""

    media_type: str
    width: int
    height: int

    @property
    def ending(self) -> str:
        return _ENDINGS.get(self.media_type, "")


def clean(source: Path, media_type: str, *, into: Path) -> Cleaned:
    """Writes the picture without its story. Raises `ImageTooLarge`, `ImageUnreadable`, `StorageFull`."""
    with images.opened(source) as picture, images.decoding():
        lying = _lying(picture)
        turned = lying in range(2, 9) and picture.width * picture.height <= TURNED_PIXELS
        if media_type in {"image/heic", "image/avif"}:
            data, told = _converted(picture)
        elif media_type == "image/tiff":
            data, told = _pages_again(picture)
        elif turned and media_type != "image/gif":
            data, told = _written_again(picture, media_type)
        else:
            cut = _CUTTERS.get(media_type)
            whole = source.read_bytes()
            data = b"".join(cut(whole, lying)) if cut else whole
            sides = picture.size if lying not in range(5, 9) else (picture.height, picture.width)
            told = Cleaned(media_type, *sides)
    with places.failures_told():
        into.write_bytes(data)
    return told


def _lying(picture: Image.Image) -> int:
    """Exif's orientation, 1 to 8; 1, upright, where none can be read."""
    try:
        with images.decoding():
            return int(picture.getexif().get(ORIENTATION, 1))
    except ImageUnreadable:
        return 1


def _converted(picture: Image.Image) -> tuple[bytes, Cleaned]:
    upright = ImageOps.exif_transpose(picture)
    written = BytesIO()
    told: dict[str, Any] = {"quality": 90, "icc_profile": _profile(picture), "exif": b""}
    if upright.has_transparency_data:
        upright.convert("RGBA").save(written, "WEBP", xmp=b"", **told)
        return written.getvalue(), Cleaned("image/webp", *upright.size)
    upright.convert("RGB").save(written, "JPEG", **told)
    return written.getvalue(), Cleaned("image/jpeg", *upright.size)


def _written_again(picture: Image.Image, media_type: str) -> tuple[bytes, Cleaned]:
    """Upright, in its own format; a photo with the tables it was made with, so that little is lost."""
    options: dict[str, Any] = {"icc_profile": _profile(picture)}
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(picture)
        options |= {
            "qtables": picture.quantization,
            "subsampling": sampling if sampling in {0, 2} else 0,
            "optimize": True,
        }
    if media_type == "image/webp":
        options |= {"quality": 90, "xmp": b""}
    upright = ImageOps.exif_transpose(picture)
    for said in ("exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"):
        upright.info.pop(said, None)
    written = BytesIO()
    upright.save(written, _FORMATS[media_type], exif=b"", **options)
    return written.getvalue(), Cleaned(media_type, *upright.size)


def _pages_again(picture: Image.Image) -> tuple[bytes, Cleaned]:
    """A TIFF keeps its story among what its picture needs: each page is written anew, upright."""
    pages = []
    for number in range(min(getattr(picture, "n_frames", 1), _MOST_PAGES)):
        picture.seek(number)
        images.counted(picture)
        page = ImageOps.exif_transpose(picture)
        bare = Image.frombytes(page.mode, page.size, page.tobytes())
        if page.mode == "P":
            bare.putpalette(page.getpalette() or [])
        pages.append(bare)
    written = BytesIO()
    pages[0].save(written, "TIFF", compression="tiff_deflate", save_all=True, append_images=pages[1:])
    return written.getvalue(), Cleaned("image/tiff", *pages[0].size)


def _profile(picture: Image.Image) -> bytes | None:
    """Colours need it, and it tells nothing of whoever took the picture."""
    profile = picture.info.get("icc_profile")
    return profile if isinstance(profile, bytes) else None


def _jpeg(data: bytes, lying: int) -> Iterator[bytes]:
    """All but application segments and comments, up to the picture's end: phones hide films after it."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no picture starts here")
    yield data[:2]
    noted = lying in range(2, 9)
    at = 2
    while at < len(data):
        found = _NEXT_MARKER.match(data, at)
        if not found:
            raise ValueError("a marker is expected")
        marker = data[found.end() - 1]
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        length = int.from_bytes(data[found.end() : found.end() + 2], "big")
        if length < 2:
            raise ValueError("a segment has its length")
        end = found.end() + length
        segment = data[found.end() - 2 : end]
        if noted and marker != 0xE0:
            yield _note_of(lying)
            noted = False
        if _needed(marker, segment[4:]):
            yield segment
        at = end
        if marker == 0xDA:
            following = _NEXT_MARKER.search(data, end)
            at = following.start() if following else len(data)
            yield data[end:at]
    # Cut short, as after a lost connection: what is there is still a picture.
    yield b"\xff\xd9"


def _needed(marker: int, content: bytes) -> bool:
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        return (
            (marker == 0xE0 and content.startswith(b"JFIF\0"))
            or (marker == 0xE2 and content.startswith(b"ICC_PROFILE\0"))
            or (marker == 0xEE and content.startswith(b"Adobe"))
        )
    return True


def _note_of(lying: int) -> bytes:
    """An Exif segment that tells how the picture lies, and nothing else."""
    field = b"\x01\x12\x00\x03\x00\x00\x00\x01" + bytes([0, lying, 0, 0])
    content = _EXIF + b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + field + b"\x00\x00\x00\x00"
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content


def _png(data: bytes, lying: int) -> Iterator[bytes]:
    yield data[:8]
    at = 8
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        end = at + 12 + length
        if len(kind) < 4 or end > len(data):
            raise ValueError("a chunk is cut short")
        if kind not in _PNG_STORY:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _webp(data: bytes, lying: int) -> Iterator[bytes]:
    kept = []
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        kind = data[at : at + 4]
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        following = at + 8 + length + length % 2
        chunk = data[at:following]
        if kind == b"VP8X":  # its flags say which chunks follow: Exif 0x08, XMP 0x04
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if kind not in _WEBP_STORY:
            kept.append(chunk)
        at = following
    body = b"".join(kept)
    yield b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _gif(data: bytes, lying: int) -> Iterator[bytes]:
    """Comments and applications' blocks go, but for the one that says how often a picture plays."""
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    yield data[:at]
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            break
        if kind == 0x2C:
            start = at + 10 + (3 << (data[at + 9] & 7) + 1 if data[at + 9] & 0x80 else 0) + 1
        elif kind == 0x21:
            start = at + 2
        else:
            raise ValueError("no such block")
        end = start
        while data[end]:
            end += data[end] + 1
        end += 1
        looping = data[at + 1] == 0xFF and data[at + 3 : at + 14] in {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
        if kind == 0x2C or data[at + 1] in {0xF9, 0x01} or looping:
            yield data[at:end]
        at = end
    yield b"\x3b"


_CUTTERS = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp, "image/gif": _gif}
