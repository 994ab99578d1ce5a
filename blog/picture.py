"""A blog's illustration: whatever picture was given, small, upright, without its story."""

from typing import Any

from core.storage import small
from core.storage.models import Blob

SIDE = 960  # pixels of the longer side: a card's whole width, on screens of any density
NAME = "illustration.webp"


def drawn(file: Any) -> Blob:
    """The content kept for an illustration; to be held by whoever keeps it. Raises `ImageTooLarge`,
    `ImageUnreadable`, `StorageFull`, `StorageGone`."""
    return small.drawn(file, name=NAME, side=SIDE, quality=85)
