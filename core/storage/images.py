"""Pictures are opened here alone: never decoded before their pixels are counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pillow_heif
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from core.storage.errors import ImageTooLarge, ImageUnreadable

# Pillow's own guard warns and raises at marks of its own; ours counts first, and is a setting.
Image.MAX_IMAGE_PIXELS = None
pillow_heif.register_heif_opener()

# What a damaged or hostile picture raises in Pillow's decoders.
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError, EOFError)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF", "AVIF")


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """A picture, its header read and its pixels counted. Raises `ImageTooLarge`, `ImageUnreadable`."""
    try:
        picture = Image.open(source, formats=_FORMATS)
    except BROKEN as error:
        raise ImageUnreadable() from error
    with picture:
        most = settings.CARTABLE_IMAGE_PIXELS
        if picture.width * picture.height > most:
            raise ImageTooLarge(picture.width, picture.height, most)
        yield picture
