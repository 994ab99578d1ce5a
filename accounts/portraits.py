"""A photo made square and small: what its file told of place, date and device is not in what is kept."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from core.storage import images
from core.storage.errors import UploadTooLarge

SIDE = 320  # pixels: the largest that is shown, on the finest screen
MOST = 15_000_000  # bytes of what is sent
NAME = "photo.webp"
_DECODED = 1600  # a JPEG is decoded at a fraction of its size, this at least


@dataclass(frozen=True, slots=True)
class Crop:
    """The square wanted, in parts of the picture as it is shown: its corner at `x` of the width and `y` of
    the height, its side `side` of the shorter side."""

    x: float
    y: float
    side: float


def squared(file: Any, crop: Crop | None = None) -> BytesIO:
    """The square of a picture, at its centre where none is given, as WebP.

    Raises UploadTooLarge, ImageTooLarge, ImageUnreadable.
    """
    if getattr(file, "size", 0) > MOST:
        raise UploadTooLarge(MOST)
    with images.opened(file) as picture, images.decoding():
        picture.draft("RGB", (_DECODED, _DECODED))
        upright = ImageOps.exif_transpose(picture)
        cut = upright.crop(box_of(upright.size, crop)).convert("RGBA")
        small = cut.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
        # A picture of our own: nothing of the file's comes along.
        plain = Image.new("RGB", (SIDE, SIDE), "white")
        plain.paste(small, mask=small.getchannel("A"))
        kept = BytesIO()
        plain.save(kept, "WEBP", quality=82, method=4)
    kept.seek(0)
    return kept


def box_of(size: tuple[int, int], crop: Crop | None) -> tuple[int, int, int, int]:
    """The square in pixels, whole within the picture whatever was asked."""
    width, height = size
    shorter = min(width, height)
    if crop is None:
        left, top = (width - shorter) // 2, (height - shorter) // 2
        return (left, top, left + shorter, top + shorter)
    side = round(min(max(crop.side, 0.05), 1) * shorter) or 1
    left = min(max(round(crop.x * width), 0), width - side)
    top = min(max(round(crop.y * height), 0), height - side)
    return (left, top, left + side, top + side)
