"""What nobody holds any more leaves the disk, and never while somebody sends it again."""

import logging
import time
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from core.storage import parts, places, thumbnails
from core.storage.models import Blob, Upload

log = logging.getLogger(__name__)

KEPT_UNREFERENCED = timedelta(days=1)
BATCH = 200
_FOLDERS_A_NIGHT = 256 // 7 + 1


def collect_blobs() -> int:
    """Erases the contents that nobody has held for a day; answers how many.

    A row goes first, under its lock, and is committed; then its bytes, which lie in a place that no
    other row is ever given. Whoever sends the same content meanwhile waits for the lock, then writes a
    row and bytes of their own; whoever had renewed it makes it no longer old. A row locked is left for
    the next time. Bytes left by a crash between the two are swept (`sweep`).
    """
    collected = 0
    while gone := _batch():
        for blob in gone:
            places.forget(blob.path)
            thumbnails.forget(blob)
        collected += len(gone)
    return collected


def _batch() -> list[Blob]:
    with transaction.atomic():
        old = Blob.objects.select_for_update(skip_locked=True).filter(
            references=0, unreferenced_since__lt=Now() - KEPT_UNREFERENCED
        )
        gone = list(old.order_by("pk")[:BATCH])
        Blob.objects.filter(pk__in=[blob.pk for blob in gone]).delete()
    return gone


def purge_uploads() -> int:
    """Erases the uploads that expired, with what had arrived of them; answers how many."""
    purged = 0
    for upload in Upload.objects.filter(expires_at__lt=Now()).order_by("pk").iterator():
        parts.forget(upload.folder)
        purged += Upload.objects.filter(pk=upload.pk).delete()[0]
    return purged


def sweep(day: int) -> int:
    """Erases bytes older than a day that no row knows: of a crash, of an act undone; answers how many.

    Contents lie in 256 folders: a seventh of them is looked into each night, by the day's number.
    """
    swept = 0
    first = day % 7 * _FOLDERS_A_NIGHT
    for number in range(first, min(first + _FOLDERS_A_NIGHT, 256)):
        start = f"{number:02x}"
        blobs = Blob.objects.filter(digest__startswith=start).only("digest", "uuid")
        known = {path for blob in blobs for path in (blob.path, blob.thumbnails_path)}
        swept += _sweep_files(f"blobs/{start}", known)
        for folder in places.folders(f"thumbnails/{start}"):
            if folder not in known:
                swept += _sweep_files(folder, set())
    uploads = {upload.folder for upload in Upload.objects.only("uuid").iterator()}
    for folder in places.folders("uploads"):
        if folder not in uploads:
            swept += _sweep_files(folder, set())
    return swept + _sweep_files("drafts", set())


def _sweep_files(folder: str, known: set[str]) -> int:
    """What is young may be a content whose row is being written."""
    swept = 0
    for path in places.files(folder):
        if path not in known and _age(path) > KEPT_UNREFERENCED:
            log.warning("bytes that no row knows are erased: %s", path)
            places.forget(path)
            swept += 1
    return swept


def _age(path: str) -> timedelta:
    """By the machine's time; a file that just went has none."""
    try:
        return timedelta(seconds=time.time() - default_storage.get_modified_time(path).timestamp())
    except FileNotFoundError:
        return timedelta(0)
