"""Small WebP pictures of pictures, and of a PDF's first page: made once a content, by the worker."""

from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
from django.core.cache import cache
from PIL import Image, ImageOps

from core.errors import DomainError
from core.storage import images, places
from core.storage.errors import ImageUnreadable, StorageFull, StorageGone
from core.storage.models import Blob, ThumbnailState
from core.storage.types import PHOTOS

SMALL = 320  # pixels of the longer side, in lists
LARGE = 1280  # in the page
SIZES = (SMALL, LARGE)
MOST_TRIES = 3
TRIES_COUNTED = int(timedelta(hours=12).total_seconds())
MEDIA_TYPE = "image/webp"
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """Where a thumbnail lies in the storage, and its strong validator."""

    path: str
    etag: str


def has_thumbnails(media_type: str) -> bool:
    return media_type in PHOTOS or media_type == _PDF


def thumbnail_of(blob: Blob, size: int) -> Thumbnail | None:
    """The thumbnail of `SMALL` or `LARGE` pixels; None where there is none, or not yet."""
    if size not in SIZES:
        raise ValueError(f"thumbnails are of {SIZES} pixels, not {size}")
    if blob.thumbnail_state != ThumbnailState.MADE:
        return None
    return Thumbnail(f"{blob.thumbnails_path}/{size}.webp", f'"{blob.digest[:32]}-{size}"')


def make(blob: Blob) -> bool:
    """Makes a content's thumbnails; False where they cannot be. Made twice, they are the same.

    Raises `StorageFull`, `StorageGone`: then it waits to be tried again.
    """
    if blob.thumbnail_state != ThumbnailState.WAITING:
        return blob.thumbnail_state == ThumbnailState.MADE
    try:
        if _tries(blob) > MOST_TRIES:
            raise ImageUnreadable()
        _make(blob)
    except (StorageFull, StorageGone):
        raise
    except DomainError:
        made = False
    else:
        made = True
    state = ThumbnailState.MADE if made else ThumbnailState.FAILED
    Blob.objects.filter(pk=blob.pk).update(thumbnail_state=state)
    return made


def _tries(blob: Blob) -> int:
    """Counts the tries of half a day: a picture that brings its worker down would be sent again for ever."""
    key = f"thumbnails:{blob.uuid}"
    cache.add(key, 0, TRIES_COUNTED)
    return cache.incr(key)


def forget(blob: Blob) -> None:
    """Erases a content's thumbnails."""
    for size in SIZES:
        places.forget(f"{blob.thumbnails_path}/{size}.webp")


def _make(blob: Blob) -> None:
    drawn = _first_page if blob.media_type == _PDF else _picture
    with places.draft() as source:
        with places.failures_told(), source.open("wb") as file:
            for block in places.read(blob.path):
                file.write(block)
        largest = drawn(source)
        for size in SIZES:
            _write(largest, size, f"{blob.thumbnails_path}/{size}.webp")


def _write(picture: Image.Image, size: int, path: str) -> None:
    small = picture.copy()
    written = BytesIO()
    with images.decoding():
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        small.save(written, "WEBP", quality=80, method=4)
    with places.draft() as draft:
        with places.failures_told():
            draft.write_bytes(written.getvalue())
        places.forget(path)
        places.keep(path, draft)


def _picture(source: Path) -> Image.Image:
    with images.opened(source) as picture, images.decoding():
        picture.draft("RGB", (LARGE, LARGE))  # a JPEG is decoded at a fraction of its size
        picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(picture)
        return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _first_page(source: Path) -> Image.Image:
    """Drawn at the size wanted, whatever size the page claims."""
    with images.decoding(), closing(pypdfium2.PdfDocument(source)) as document:
        page = document[0]
        scale = LARGE / max(*page.get_size(), 1)
        drawn: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
        return drawn.convert("RGB")
