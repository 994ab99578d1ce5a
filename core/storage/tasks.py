"""What storage asks of the worker: thumbnails after a content came in, a nightly collection."""

import time
from typing import Any

from celery import shared_task

from core.jobs import job
from core.progress import Progress
from core.storage import collection, thumbnails
from core.storage.models import Blob


@job("core.make_thumbnails", label="Vignettes d’un fichier")
def make_thumbnails(progress: Progress, *, blob: int) -> dict[str, Any]:
    """Thumbnails of one content, by its key; a content that went since has none."""
    found = Blob.objects.filter(pk=blob).first()
    return {"made": found is not None and thumbnails.make(found)}


@shared_task(name="core.collect_blobs", ignore_result=True)
def collect_blobs() -> None:
    """Uploads that expired, contents that nobody holds, and a seventh of the search for lost bytes."""
    collection.purge_uploads()
    collection.collect_blobs()
    collection.sweep(int(time.time() // 86_400))
