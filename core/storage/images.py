"""Pictures are opened here alone: never decoded before their pixels are counted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pillow_heif
from django.conf import settings
from PIL import Image

from core.errors import DomainError
from core.storage.errors import ImageTooLarge, ImageUnreadable

# Pillow's own guard warns and raises at marks of its own; ours counts first, and is a setting.
Image.MAX_IMAGE_PIXELS = None
pillow_heif.register_heif_opener()

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF", "AVIF")


@contextmanager
def decoding() -> Iterator[None]:
    """Decoders raise whatever a damaged or hostile picture makes them raise: all of it is `ImageUnreadable`."""
    try:
        yield
    except DomainError:
        raise
    except Exception as error:
        raise ImageUnreadable() from error


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[Image.Image]:
    """A picture, its header read and its pixels counted. Raises `ImageTooLarge`, `ImageUnreadable`."""
    with decoding():
        picture = Image.open(source, formats=_FORMATS)
    with picture:
        counted(picture)
        yield picture


def counted(picture: Image.Image) -> None:
    """Raises `ImageTooLarge` where it would fill the memory."""
    most = settings.CARTABLE_IMAGE_PIXELS
    if picture.width * picture.height > most:
        raise ImageTooLarge(picture.width, picture.height, most)
