"""Whatever picture was given, kept small and upright, without its story: a logo, an illustration."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from core.storage import images
from core.storage.models import Blob
from core.storage.services import receive


def drawn(file: Any, *, name: str, side: int, quality: int) -> Blob:
    """The content kept, a WebP of at most `side` pixels on its longer side, under `name`; to be held by whoever
    keeps it. Raises `ImageTooLarge`, `ImageUnreadable`, `StorageFull`, `StorageGone`."""
    written = BytesIO()
    with images.opened(file) as picture, images.decoding():
        picture.draft("RGB", (side, side))  # a JPEG is decoded at a fraction of its size
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(picture)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        upright.convert(mode).save(written, "WEBP", quality=quality, exif=b"", xmp=b"")
    written.seek(0)
    return receive(file=written, name=name).blob
