"""A school's logo: whatever picture was given, small, upright, without its story."""

from typing import Any

from core.storage import small
from core.storage.models import Blob

SIDE = 512  # pixels of the longer side: it is shown at 96 at most, on screens of any density
NAME = "logo.webp"


def drawn(file: Any) -> Blob:
    """The content kept for a logo; to be held by whoever keeps it. Raises `ImageTooLarge`,
    `ImageUnreadable`, `StorageFull`, `StorageGone`."""
    return small.drawn(file, name=NAME, side=SIDE, quality=88)
