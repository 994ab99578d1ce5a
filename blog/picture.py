"""A blog's illustration: whatever picture was given, small enough for a page, upright, without its story."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from core.storage import images
from core.storage.models import Blob
from core.storage.services import receive

SIDE = 960  # pixels of the longer side: a card's whole width, on screens of any density
NAME = "illustration.webp"


def drawn(file: Any) -> Blob:
    """The content kept for an illustration; to be held by whoever keeps it. Raises `ImageTooLarge`,
    `ImageUnreadable`, `StorageFull`, `StorageGone`."""
    written = BytesIO()
    with images.opened(file) as picture, images.decoding():
        picture.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a fraction of its size
        picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(picture)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        upright.convert(mode).save(written, "WEBP", quality=85, exif=b"", xmp=b"")
    written.seek(0)
    return receive(file=written, name=NAME).blob
