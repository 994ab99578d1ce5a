"""The protocol's text (https://tus.io/protocols/resumable-upload), point by point."""

from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from core.storage import parts, uploads
from core.storage.errors import StorageGone, UploadBusy
from core.storage.models import Blob, Upload
from tests.core.storage import urls
from tests.core.storage.sending import BYTES, TUS, create, head, metadata, patch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.storage.urls")]

TEXT = b"Il \xc3\xa9tait une fois."


def test_options_tells_what_the_server_speaks(settings: Any) -> None:
    answer = Client().options("/envois/")
    assert answer.status_code == 204
    assert (answer["Tus-Resumable"], answer["Tus-Version"]) == ("1.0.0", "1.0.0")
    assert answer["Tus-Extension"] == "creation,creation-with-upload,termination,expiration"
    assert answer["Tus-Max-Size"] == str(settings.CARTABLE_UPLOAD_BYTES)


def test_a_file_sent_in_three_times_is_one_content(kept_in: str, files: Callable[[], list[str]]) -> None:
    made = create(len(TEXT), "Conte.txt", shelf="3")
    assert (made.status_code, made["Tus-Resumable"]) == (201, "1.0.0")
    url = made["Location"]
    assert head(url)["Upload-Offset"] == "0"
    for start, end in ((0, 5), (5, 11), (11, len(TEXT))):
        answer = patch(url, TEXT[start:end], start)
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(end))
        if end < len(TEXT):
            assert parsedate_to_datetime(answer["Upload-Expires"])
    upload = Upload.objects.get()
    blob = Blob.objects.get()
    assert answer["X-Kept-As"] == str(blob.uuid)
    assert (upload.blob, upload.target["shelf"], upload.name) == (blob, "3", "Conte.txt")
    assert (blob.size, blob.references) == (len(TEXT), 1)
    assert files() == [blob.path]
    told = head(url)
    assert (told["Upload-Offset"], told["Upload-Length"]) == (str(len(TEXT)), str(len(TEXT)))
    assert told["Cache-Control"] == "no-store"
    assert Blob.objects.get().references == 1  # asked again, it is given once


def test_the_first_bytes_may_come_with_the_creation(kept_in: str) -> None:
    made = create(len(TEXT), body=TEXT[:7])
    assert (made.status_code, made["Upload-Offset"]) == (201, "7")
    patch(made["Location"], TEXT[7:], 7)
    whole = create(3, body=b"abc")
    assert whole["Upload-Offset"] == "3"
    assert {blob.size for blob in Blob.objects.all()} == {3, len(TEXT)}


def test_an_empty_file_ends_as_it_is_created(kept_in: str) -> None:
    made = create(0, "empty.txt")
    assert (made.status_code, made["Upload-Offset"]) == (201, "0")
    assert Upload.objects.get().blob == Blob.objects.get(size=0, references=1)


@pytest.mark.parametrize("version", ["", "0.2.2"])
def test_another_version_is_refused_and_nothing_is_done(version: str) -> None:
    headers = {"Upload-Length": "3"} | ({"Tus-Resumable": version} if version else {})
    answer = Client().post("/envois/", headers=headers)
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "many"}, 400),
        ({"Upload-Length": "²"}, 400),
        ({"Upload-Defer-Length": "1"}, 400),
        ({"Upload-Length": "3", "Upload-Metadata": "filename ***"}, 400),
        ({"Upload-Length": "99000000000"}, 413),
    ],
)
def test_a_creation_that_says_nothing_sound_makes_nothing(headers: dict[str, str], status: int) -> None:
    assert Client().post("/envois/", headers=TUS | headers).status_code == status
    assert not Upload.objects.exists()


def test_a_patch_that_is_not_one_changes_nothing(folder: object) -> None:
    url = create(5)["Location"]
    assert patch(url, b"abc", 0).status_code == 204
    wrong = patch(url, b"de", 0)
    assert (wrong.status_code, wrong.json()["offset"]) == (409, 3)
    assert patch(url, b"de", 4).status_code == 409
    assert patch(url, b"de", 3, content_type="text/plain").status_code == 415
    assert patch(url, b"def", 3).status_code == 413
    assert patch(url, b"de", 3, Tus_Resumable="0.9").status_code == 412
    assert Client().patch(url, data=b"de", content_type=BYTES, headers=TUS).status_code == 400
    assert head(url)["Upload-Offset"] == "3"
    assert patch(url, b"de", 3).status_code == 204


def test_anothers_upload_and_one_that_never_was_are_unknown(folder: object) -> None:
    url = create(5)["Location"]
    other = {"X_Someone": urls.SOMEONE_ELSE}
    assert head(url, **other).status_code == 404
    assert patch(url, b"abc", 0, **other).status_code == 404
    assert Client().delete(url, headers=TUS | {"X-Someone": urls.SOMEONE_ELSE}).status_code == 404
    assert head("/envois/6a6f5c1e-0000-4000-8000-00000000000f/").status_code == 404
    assert head(url).status_code == 200


def test_the_sender_may_end_it_and_what_arrived_goes(kept_in: str, files: Callable[[], list[str]]) -> None:
    url = create(5, body=b"abc")["Location"]
    assert len(files()) == 1
    assert Client().delete(url, headers=TUS).status_code == 204
    assert files() == []
    assert head(url).status_code == 404


def test_a_proxy_that_knows_no_patch_is_got_round(folder: object) -> None:
    url = create(3)["Location"]
    headers = TUS | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert Client().post(url, data=b"abc", content_type=BYTES, headers=headers).status_code == 204
    assert Blob.objects.get().size == 3


def test_djangos_token_is_asked_in_a_header_and_the_body_stays_a_stream(folder: object) -> None:
    browser = Client(enforce_csrf_checks=True)
    headers = TUS | {"Upload-Length": "3", "Upload-Metadata": metadata(filename="a")}
    assert browser.post("/envois/", headers=headers).status_code == 403
    signed = {"X-CSRFToken": browser.get("/jeton/").content.decode()}
    made = browser.post("/envois/", data=b"a", content_type=BYTES, headers=headers | signed)
    assert made.status_code == 201
    told = TUS | {"Upload-Offset": "1"}
    assert browser.patch(made["Location"], data=b"bc", content_type=BYTES, headers=told).status_code == 403
    sent = browser.patch(made["Location"], data=b"bc", content_type=BYTES, headers=told | signed)
    assert (sent.status_code, Blob.objects.get().size) == (204, 3)


def test_a_refusal_before_the_first_byte_says_why() -> None:
    answer = create(3, refuse="now")
    assert (answer.status_code, answer.json()["title"]) == (409, "Pas ici.")
    assert answer["Content-Type"] == "application/problem+json"
    assert not Upload.objects.exists()


def test_a_refusal_of_the_whole_says_why_and_leaves_no_upload(
    kept_in: str, files: Callable[[], list[str]]
) -> None:
    answer = create(3, body=b"abc", refuse="whole")
    assert (answer.status_code, answer.json()["title"]) == (409, "Plus de place.")
    assert not Upload.objects.exists()
    blob = Blob.objects.get()
    assert (files(), blob.references) == ([blob.path], 0)


def test_a_picture_that_cannot_be_read_is_refused_and_leaves_nothing(
    kept_in: str, files: Callable[[], list[str]]
) -> None:
    answer = create(7, "photo.jpg", body=b"\xff\xd8\xff\xe0abc")
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:cartable:image-unreadable")
    assert (Upload.objects.count(), files()) == (0, [])


class Lost(BytesIO):
    """A connection that breaks after its bytes."""

    def read(self, size: int | None = -1) -> bytes:
        block = super().read(size)
        if not block:
            raise OSError("lost")
        return block


@pytest.mark.parametrize("kind", [Lost, BytesIO])
def test_what_arrived_before_a_connection_was_lost_is_kept(kept_in: str, kind: type[BytesIO]) -> None:
    url = create(3_000_000)["Location"]
    upload = Upload.objects.get()
    uploads.add(upload, kind(b"x" * 2_500_000), offset=0, length=3_000_000)
    assert head(url)["Upload-Offset"] == "2500000"
    assert patch(url, b"y" * 500_000, 2_500_000).status_code == 204
    blob = Blob.objects.get()
    from core.storage import services

    with services.opened(blob) as file:
        assert file.read() == b"x" * 2_500_000 + b"y" * 500_000


def test_two_requests_do_not_write_at_once(folder: object) -> None:
    url = create(6)["Location"]
    said = []

    class Meanwhile(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if not said:
                said.append(patch(url, b"abc", 0).status_code)
            return super().read(size)

    uploads.add(Upload.objects.get(), Meanwhile(b"ABCDEF"), offset=0, length=6)
    assert said == [423]
    assert head(url)["Upload-Offset"] == "6"
    with open(folder / Blob.objects.get().path, "rb") as kept:  # type: ignore[operator]
        assert kept.read() == b"ABCDEF"


def test_a_request_that_hangs_is_overtaken_and_writes_nothing_any_more(kept_in: str) -> None:
    url = create(6)["Location"]

    class Hangs(BytesIO):
        """Its connection was lost without a word: the sender came back while it waited."""

        def read(self, size: int | None = -1) -> bytes:
            if self.tell() == 0:
                Upload.objects.update(leased_until=F("leased_until") - 2 * uploads.WRITING_LEASE)
                assert patch(url, b"abcd", 0).status_code == 204
            return super().read(size)

    with pytest.raises(UploadBusy):
        uploads.add(Upload.objects.get(), Hangs(b"ABCDEF"), offset=0, length=6)
    assert head(url)["Upload-Offset"] == "4"
    assert patch(url, b"ef", 4).status_code == 204
    from core.storage import services

    with services.opened(Blob.objects.get()) as file:
        assert file.read() == b"abcdef"


def test_bytes_that_were_never_counted_are_not_read_back(folder: Any) -> None:
    url = create(6, body=b"abc")["Location"]
    [(path, size)] = Upload.objects.get().parts
    with (folder / path).open("ab") as left:
        left.write(b"ZZZ")  # written by a process that was killed before it counted them
    patch(url, b"def", 3)
    assert (folder / Blob.objects.get().path).read_bytes() == b"abcdef"
    assert (path, size) == (path, 3)


def test_a_making_cut_short_is_done_at_the_next_question(kept_in: str) -> None:
    url = create(3)["Location"]
    upload = Upload.objects.get()
    uploads.add(upload, BytesIO(b"abc"), offset=0, length=3)
    assert (upload.whole, Blob.objects.count()) == (True, 0)
    assert head(url)["Upload-Offset"] == "3"
    assert Blob.objects.get().references == 1


def test_an_upload_that_waited_too_long_has_ended(folder: Any, files: Callable[[], list[str]]) -> None:
    url = create(5, body=b"abc")["Location"]
    Upload.objects.update(expires_at=F("expires_at") - timedelta(hours=25))
    answer = head(url)
    assert answer.status_code == 410
    assert (head(url).status_code, files()) == (404, [])


def test_parts_that_went_are_no_half_file(folder: Any) -> None:
    create(6, body=b"abc")
    upload = Upload.objects.get()
    (folder / upload.parts[0][0]).write_bytes(b"a")
    with pytest.raises(StorageGone):
        parts.join(upload.parts, folder / "joined")
