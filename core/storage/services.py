"""Contents come in, are held, are let go.

A content is stored once. Whoever keeps it holds it, in the transaction of its own row; what nobody
holds is collected a day later (`collect`). A content just received is nobody's yet: that day is the
time to hold it.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Now

from core.storage import cleaning, films, places, tasks, types
from core.storage.errors import StorageGone
from core.storage.models import Blob, ThumbnailState
from core.storage.names import clean_name, parted, with_ending
from core.storage.thumbnails import has_thumbnails


@dataclass(frozen=True, slots=True)
class Received:
    """A content and the name it is kept under: cleaned, and with another ending where it was converted."""

    blob: Blob
    name: str


def receive(*, file: Any, name: str) -> Received:
    """Takes the bytes of a form's file (`UploadedFile`), or of any object that reads bytes.

    Photos and films lose their place, owner and device; photos are turned upright, HEIC and AVIF become
    JPEG. An empty file is one. Best called before the transaction that holds the content: inside one that
    fails, bytes stay until the weekly sweep. Raises `StorageFull`, `StorageGone`, `ImageTooLarge`,
    `ImageUnreadable`.
    """
    with places.draft() as draft:
        with places.failures_told(), draft.open("wb") as written:
            for chunk in _chunks(file):
                written.write(chunk)
        return take_in(draft, name)


def take_in(draft: Path, name: str) -> Received:
    """`receive` for a file already on this machine, which it may rename away."""
    name = clean_name(name)
    with places.failures_told(), draft.open("rb") as file:
        head = file.read(types.HEAD)
    media_type = types.media_type_of(head, name)
    if media_type in films.FILMS:
        films.clean(draft)
    if media_type not in types.PHOTOS | types.CONVERTED:
        charset = types.charset_of(head) if media_type.startswith("text/") else ""
        return Received(_stored(draft, media_type=media_type, charset=charset), name)
    with places.draft() as cleaned:
        picture = cleaning.clean(draft, media_type, into=cleaned)
        if picture.media_type != media_type and picture.ending != parted(name)[1].lower():
            name = with_ending(name, picture.ending)
        blob = _stored(cleaned, media_type=picture.media_type, width=picture.width, height=picture.height)
    return Received(blob, name)


def hold(blob: Blob) -> None:
    """One holder more. In the transaction of the holder's row. Raises `StorageGone` once collected."""
    hold_all([blob.pk])


def let_go(blob: Blob) -> None:
    """One holder less. In the transaction that removes the holder's row."""
    let_go_all([blob.pk])


def hold_all(ids: Iterable[int]) -> None:
    """`hold` for many, an id for each new holder. Raises `StorageGone` when one was collected."""
    _count(ids, by=1)


def let_go_all(ids: Iterable[int]) -> None:
    """`let_go` for many, an id for each holder that goes."""
    _count(ids, by=-1)


def opened(blob: Blob) -> BinaryIO:
    """The bytes, to read and seek. Raises `StorageGone`."""
    return places.opened(blob.path)


def _count(ids: Iterable[int], *, by: int) -> None:
    """Rows are locked in one order, so that two acts on the same contents never wait for each other."""
    holders = Counter(ids)
    if not holders:
        return
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a content is held in its holder's transaction")
    found = list(
        Blob.objects.select_for_update().filter(pk__in=holders).order_by("pk").values_list("pk", flat=True)
    )
    if len(found) < len(holders):
        raise StorageGone()
    times: dict[int, list[int]] = {}
    for pk, count in holders.items():
        times.setdefault(count, []).append(pk)
    for count, pks in times.items():
        left = F("references") + by * count
        Blob.objects.filter(pk__in=pks).update(
            references=left,
            unreferenced_since=Case(When(references=-by * count, then=Now()), default=Value(None)),
        )


def _chunks(file: Any) -> Iterable[bytes]:
    if hasattr(file, "chunks"):
        return cast("Iterable[bytes]", file.chunks(places.CHUNK))
    return iter(lambda: file.read(places.CHUNK), b"")


def _stored(draft: Path, **told: Any) -> Blob:
    """The content with these bytes: the one that is there, renewed for a day, or a new one."""
    with places.failures_told(), draft.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    known = _renewed(digest)
    if known is not None:
        return known
    wanted = ThumbnailState.WAITING if has_thumbnails(told["media_type"]) else ThumbnailState.NONE
    blob = Blob(digest=digest, size=size, thumbnail_state=wanted, **told)
    places.keep(blob.path, draft)
    try:
        # Another's row for the same digest is waited for here, whether it comes or is being collected.
        Blob.objects.bulk_create([blob], ignore_conflicts=True)
        kept = _renewed(digest)
    except BaseException:
        places.forget(blob.path)
        raise
    if kept is None or kept.uuid != blob.uuid:
        places.forget(blob.path)
    if kept is None:
        raise StorageGone()
    if kept.uuid == blob.uuid and wanted == ThumbnailState.WAITING:
        tasks.make_thumbnails.start(by=None, blob=kept.pk)
    return kept


def _renewed(digest: str) -> Blob | None:
    """The content of that digest, kept from collection for a day more; None where it is not, or goes."""
    Blob.objects.filter(digest=digest, references=0).update(unreferenced_since=Now())
    return Blob.objects.filter(digest=digest).first()
