"""Contents come in once, are held, are let go."""

import hashlib
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F

from core.storage import services
from core.storage.errors import StorageGone
from core.storage.models import Blob


@pytest.mark.django_db
def test_a_content_is_kept_once_whoever_sends_it(kept_in: str, files: Callable[[], list[str]]) -> None:
    first = services.receive(file=SimpleUploadedFile("a", b"Bonjour"), name="a.txt")
    second = services.receive(file=BytesIO(b"Bonjour"), name="b.txt")
    assert first.blob == second.blob
    assert (first.name, second.name) == ("a.txt", "b.txt")
    assert files() == [first.blob.path]
    assert first.blob.digest == hashlib.sha256(b"Bonjour").hexdigest()
    assert (first.blob.size, first.blob.media_type, first.blob.charset) == (7, "text/plain", "utf-8")
    with services.opened(first.blob) as file:
        assert file.read() == b"Bonjour"


@pytest.mark.django_db
def test_an_empty_file_is_a_file(kept_in: str) -> None:
    received = services.receive(file=BytesIO(b""), name="empty.txt")
    assert (received.blob.size, received.blob.media_type) == (0, "text/plain")
    with services.opened(received.blob) as file:
        assert file.read() == b""


@pytest.mark.django_db
def test_a_content_is_held_and_let_go_as_often_as_it_has_holders(folder: object) -> None:
    blob = services.receive(file=BytesIO(b"a"), name="a").blob
    assert (blob.references, blob.unreferenced_since is None) == (0, False)
    services.hold(blob)
    services.hold_all([blob.pk, blob.pk])
    blob.refresh_from_db()
    assert (blob.references, blob.unreferenced_since) == (3, None)
    services.let_go_all([blob.pk, blob.pk])
    services.let_go(blob)
    blob.refresh_from_db()
    assert (blob.references, blob.unreferenced_since is None) == (0, False)


@pytest.mark.django_db
def test_a_content_collected_since_is_not_held(folder: object) -> None:
    blob = services.receive(file=BytesIO(b"a"), name="a").blob
    Blob.objects.filter(pk=blob.pk).delete()
    with pytest.raises(StorageGone):
        services.hold(blob)


@pytest.mark.django_db
def test_no_count_falls_below_nothing(folder: object) -> None:
    from django.db import IntegrityError

    blob = services.receive(file=BytesIO(b"a"), name="a").blob
    with pytest.raises(IntegrityError), transaction.atomic():
        services.let_go(blob)
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.filter(pk=blob.pk).update(references=F("references") + 1)


@pytest.mark.django_db(transaction=True)
def test_holding_outside_a_transaction_is_a_mistake_of_the_code(folder: object) -> None:
    blob = services.receive(file=BytesIO(b"a"), name="a").blob
    with pytest.raises(transaction.TransactionManagementError):
        services.hold(blob)
