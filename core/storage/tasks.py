"""What storage asks of the worker: thumbnails after a content came in, a nightly collection."""

import time
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db.models.functions import Now

from core.jobs import job
from core.progress import Progress
from core.storage import collection, thumbnails
from core.storage.models import Blob, ThumbnailState


@job("core.make_thumbnails", label="Vignettes d’un fichier")
def make_thumbnails(progress: Progress, *, blob: int) -> dict[str, Any]:
    """Thumbnails of one content, by its key; a content that went since has none."""
    found = Blob.objects.filter(pk=blob).first()
    return {"made": found is not None and thumbnails.make(found)}


def retry_thumbnails() -> int:
    """Starts again what waits since an hour: the disk was full, or the storage gone; answers how many."""
    late = Blob.objects.filter(
        thumbnail_state=ThumbnailState.WAITING, created_at__lt=Now() - timedelta(hours=1)
    )
    waiting = list(late.order_by("pk").values_list("pk", flat=True)[:1000])
    for pk in waiting:
        make_thumbnails.start(by=None, blob=pk)
    return len(waiting)


@shared_task(name="core.collect_blobs", ignore_result=True)
def collect_blobs() -> None:
    """Uploads that expired, contents that nobody holds, a seventh of the search for lost bytes; late thumbnails."""
    collection.purge_uploads()
    collection.collect_blobs()
    collection.sweep(int(time.time() // 86_400))
    retry_thumbnails()
