"""Thumbnails are made by the worker, once a content, and never of a bomb."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models import F
from django.test import Client
from PIL import Image

from core.models import Job
from core.storage import places, services, thumbnails
from core.storage.errors import StorageGone
from core.storage.models import Blob, ThumbnailState
from core.storage.tasks import make_thumbnails, retry_thumbnails
from core.storage.thumbnails import LARGE, SMALL, thumbnail_of
from tests.core.storage import pictures
from tests.core.storage.pictures import BAND, near, top_and_bottom

pytestmark = pytest.mark.django_db


def _received(data: bytes, name: str = "a") -> Blob:
    return services.receive(file=BytesIO(data), name=name).blob


def _made(blob: Blob) -> Blob:
    make_thumbnails.task.delay  # noqa: B018 (the job is the one that a message starts)
    make_thumbnails.act(None, blob=blob.pk)
    blob.refresh_from_db()
    return blob


def _picture(blob: Blob, size: int) -> Image.Image:
    found = thumbnail_of(blob, size)
    assert found is not None
    with default_storage.open(found.path) as file:
        return Image.open(BytesIO(file.read()))


def test_a_photo_gets_two_upright_ones_in_webp(kept_in: str) -> None:
    large = Image.open(BytesIO(pictures.made("JPEG"))).resize((2400, 1600))
    written = BytesIO()
    large.save(written, "JPEG", exif=pictures.exif(6))
    blob = _received(written.getvalue())
    assert (blob.thumbnail_state, thumbnail_of(blob, SMALL)) == (ThumbnailState.WAITING, None)
    _made(blob)
    for size in (SMALL, LARGE):
        made = _picture(blob, size)
        assert (made.format, made.size) == ("WEBP", (size * 1600 // 2400, size))
        assert near(top_and_bottom(made)[0], BAND)


def test_a_paper_shows_its_first_page(kept_in: str) -> None:
    blob = _made(_received(pictures.page()))
    made = _picture(blob, SMALL)
    assert max(made.size) == SMALL
    assert near(top_and_bottom(made)[0], BAND)


def test_a_small_picture_is_not_made_larger(folder: Path) -> None:
    assert _picture(_made(_received(pictures.made("PNG", lying=1))), LARGE).size == (40, 60)


@pytest.mark.parametrize("name", ["a.txt", "a.svg"])
def test_what_has_no_picture_waits_for_none(folder: Path, name: str) -> None:
    blob = _received(b"<svg xmlns='x'/>" if name == "a.svg" else b"a", name)
    assert blob.thumbnail_state == ThumbnailState.NONE
    assert not Job.objects.filter(name="core.make_thumbnails").exists()


def test_a_paper_that_is_none_has_no_thumbnail_and_is_not_tried_again(folder: Path) -> None:
    blob = _made(_received(b"%PDF-1.4 and nothing more"))
    assert blob.thumbnail_state == ThumbnailState.FAILED
    assert thumbnails.make(blob) is False


def test_a_bomb_that_got_in_is_not_opened(folder: Path, settings: Any) -> None:
    settings.CARTABLE_IMAGE_PIXELS = 10**12
    data = pictures.bomb(60_000, 60_000)
    blob = _received(data)
    settings.CARTABLE_IMAGE_PIXELS = 1_000_000
    assert _made(blob).thumbnail_state == ThumbnailState.FAILED


def test_a_page_of_a_mile_is_drawn_at_the_size_wanted(folder: Path) -> None:
    data = pictures.page().replace(b"/MediaBox [ 0 0 200.0 300.0 ]", b"/MediaBox [ 0 0 9e6 300.0 ]   ")
    blob = _made(_received(data))
    assert blob.thumbnail_state in {ThumbnailState.MADE, ThumbnailState.FAILED}


def test_made_twice_they_are_the_same_and_a_content_that_went_has_none(folder: Path) -> None:
    blob = _made(_received(pictures.made("PNG")))
    Blob.objects.update(thumbnail_state=ThumbnailState.WAITING)
    before = _picture(blob, SMALL).tobytes()
    assert _picture(_made(blob), SMALL).tobytes() == before
    assert make_thumbnails.act(None, blob=blob.pk + 1) == {"made": False}


def test_a_picture_that_brings_its_worker_down_is_given_up(folder: Path, monkeypatch: Any) -> None:
    class Killed(BaseException):
        """The process ended: nothing after it was run."""

    def killed(source: Path) -> None:
        raise Killed

    blob = _received(pictures.made("PNG"))
    monkeypatch.setattr(thumbnails, "_picture", killed)
    for _ in range(thumbnails.MOST_TRIES):
        with pytest.raises(Killed):
            thumbnails.make(blob)
    assert thumbnails.make(blob) is False
    blob.refresh_from_db()
    assert blob.thumbnail_state == ThumbnailState.FAILED


def test_what_waits_since_an_hour_is_tried_again(folder: Path) -> None:
    late, young = _received(pictures.made("PNG")), _received(pictures.made("JPEG"))
    Blob.objects.filter(pk=late.pk).update(created_at=F("created_at") - timedelta(hours=2))
    Job.objects.all().delete()
    assert retry_thumbnails() == 1
    assert [job.arguments for job in Job.objects.all()] == [{"blob": late.pk}]
    assert young.thumbnail_state == ThumbnailState.WAITING


def test_there_are_two_sizes_and_no_other(folder: Path) -> None:
    with pytest.raises(ValueError, match="320"):
        thumbnail_of(_received(b"a"), 100)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_started_by_the_first_who_sends_the_content_alone(folder: Path) -> None:
    for _ in range(2):
        _received(pictures.made("PNG"))
    assert Job.objects.filter(name="core.make_thumbnails").count() == 1


@pytest.mark.urls("tests.core.storage.urls")
def test_a_thumbnail_is_shown_in_the_page(kept_in: str) -> None:
    blob = _made(_received(pictures.made("PNG")))
    answer = Client().get(f"/vignettes/{blob.uuid}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).format == "WEBP"
    places.forget(f"{blob.thumbnails_path}/320.webp")
    # What the browser has costs nothing of the storage; what it has not is said to be gone.
    with pytest.raises(StorageGone):
        Client().get(f"/vignettes/{blob.uuid}/")
    again = Client().get(f"/vignettes/{blob.uuid}/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
