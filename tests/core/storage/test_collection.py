"""What nobody holds leaves the disk a day later, and never while somebody sends it again."""

import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import F

from core.storage import collection, services, thumbnails
from core.storage.models import Blob, ThumbnailState, Upload
from core.storage.tasks import collect_blobs
from tests.core.storage import pictures
from tests.core.storage.sending import create

pytestmark = pytest.mark.django_db
OLD = timedelta(days=1, minutes=1)


def _received(data: bytes = b"a", name: str = "a") -> Blob:
    return services.receive(file=BytesIO(data), name=name).blob


def _aged(blob: Blob) -> Blob:
    Blob.objects.filter(pk=blob.pk).update(unreferenced_since=F("unreferenced_since") - OLD)
    return blob


def test_a_day_after_its_last_holder_a_content_goes_with_its_thumbnails(
    kept_in: str, files: Callable[[], list[str]]
) -> None:
    held, young = _received(b"held"), _received(b"young")
    services.hold(held)
    old = _received(pictures.made("PNG"))
    thumbnails.make(old)
    assert len(files()) == 5
    _aged(old)
    assert collection.collect_blobs() == 1
    assert files() == sorted([held.path, young.path])
    assert set(Blob.objects.all()) == {held, young}


def test_a_content_that_comes_again_waits_another_day(folder: Path) -> None:
    blob = _aged(_received())
    assert _received() == blob
    assert collection.collect_blobs() == 0


def test_a_content_let_go_waits_its_day_from_then_on(folder: Path) -> None:
    blob = _received()
    services.hold(blob)
    services.let_go(blob)
    assert collection.collect_blobs() == 0
    _aged(blob)
    assert collection.collect_blobs() == 1


def _in_thread(act: Callable[[], Any]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_content_that_is_being_sent_again_is_left(folder: Path) -> None:
    """The sender has renewed it and has not committed: the collector does not wait, nor take it."""
    _aged(_received())
    renewed, collected = threading.Event(), threading.Event()

    def send() -> None:
        with transaction.atomic():
            services.hold(_received())
            renewed.set()
            collected.wait(10)

    thread = _in_thread(send)
    assert renewed.wait(10)
    assert collection.collect_blobs() == 0
    collected.set()
    thread.join(10)
    blob = Blob.objects.get()
    assert (blob.references, (folder / blob.path).exists()) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_a_content_sent_while_it_is_collected_is_a_new_one(folder: Path, monkeypatch: Any) -> None:
    """The collector holds the row when the sender comes: the sender waits, then keeps bytes of its own."""
    old = _aged(_received())
    sent: list[Blob] = []
    threads: list[threading.Thread] = []
    taken = collection.Blob.objects.filter

    def send() -> None:
        with transaction.atomic():
            sent.append(_received())
            services.hold(sent[0])

    def while_collected(**which: Any) -> Any:
        if "pk__in" in which and not threads:
            threads.append(_in_thread(send))
            time.sleep(0.5)
            assert sent == [], "the sender did not wait for the collector"
        return taken(**which)

    monkeypatch.setattr(collection.Blob.objects, "filter", while_collected)
    with monkeypatch.context():
        assert collection.collect_blobs() == 1
    threads[0].join(10)
    blob = Blob.objects.get()
    assert (blob.pk != old.pk, blob.references) == (True, 1)
    assert (folder / blob.path).read_bytes() == b"a"
    assert not (folder / old.path).exists()


@pytest.mark.django_db(transaction=True)
def test_senders_and_a_collector_at_once_lose_nothing(folder: Path) -> None:
    """Every content that was held is whole at the end, whoever met whom."""
    for n in range(5):
        _aged(_received(b"%d" % n))
    stop = threading.Event()
    held = [0] * 5

    def collect() -> None:
        while not stop.is_set():
            collection.collect_blobs()
            Blob.objects.filter(references=0).update(unreferenced_since=F("unreferenced_since") - OLD)

    def send() -> None:
        for turn in range(25):
            n = turn % 5
            with transaction.atomic():
                try:
                    services.hold(_received(b"%d" % n))
                except services.StorageGone:
                    continue  # aged and collected between the two: said, and sent again
                held[n] += 1

    collector = _in_thread(collect)
    senders = [_in_thread(send)]
    for sender in senders:
        sender.join(60)
    stop.set()
    collector.join(10)
    for n in range(5):
        [blob] = [b for b in Blob.objects.filter(size=1) if (folder / b.path).read_bytes() == b"%d" % n]
        assert blob.references == held[n]


@pytest.mark.django_db(transaction=True)
def test_the_same_content_sent_twice_at_once_is_kept_once(
    folder: Path, files: Callable[[], list[str]]
) -> None:
    together = threading.Barrier(4)
    got: list[Blob] = []

    def send() -> None:
        together.wait(10)
        got.append(_received(b"x" * 500_000))

    for thread in [_in_thread(send) for _ in range(4)]:
        thread.join(20)
    assert len(got) == 4
    assert len(set(got)) == 1
    assert files() == [got[0].path]


def test_uploads_that_nobody_ends_go_with_what_arrived(kept_in: str, files: Callable[[], list[str]]) -> None:
    with_urls = pytest.MonkeyPatch()
    with_urls.setattr("django.conf.settings.ROOT_URLCONF", "tests.core.storage.urls")
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        create(5, body=b"abc")
    finally:
        with_urls.undo()
        clear_url_caches()
    assert len(files()) == 1
    assert collection.purge_uploads() == 0
    Upload.objects.update(expires_at=F("expires_at") - timedelta(hours=25))
    assert collection.purge_uploads() == 1
    assert files() == []


def test_bytes_that_no_row_knows_are_swept_once_they_are_old(
    folder: Path, files: Callable[[], list[str]]
) -> None:
    blob = _received(pictures.made("PNG"))
    thumbnails.make(blob)
    lost = ["blobs/00/0-old", "blobs/ff/f-old", "thumbnails/80/8-old/320.webp", "uploads/gone/1", "drafts/d"]
    for path in lost:
        default_storage.save(path, ContentFile(b"lost"))
    default_storage.save("blobs/01/young", ContentFile(b"young"))
    for path in files():
        if path != "blobs/01/young":
            os.utime(folder / path, (time.time() - 90_000,) * 2)
    swept = sum(collection.sweep(day) for day in range(100, 107))
    assert swept == len(lost)
    assert not set(lost) & set(files())
    assert {blob.path, "blobs/01/young", f"{blob.thumbnails_path}/320.webp"} <= set(files())


def test_a_bucket_is_swept_too(bucket: str) -> None:
    default_storage.save("blobs/00/0-old", ContentFile(b"lost"))
    assert sum(collection.sweep(day) for day in range(7)) == 0  # it is young
    assert default_storage.exists("blobs/00/0-old")


def test_the_nightly_task_does_all_three(folder: Path, files: Callable[[], list[str]]) -> None:
    _aged(_received())
    collect_blobs()
    assert files() == []
    assert ThumbnailState.NONE in ThumbnailState.values
