"""An upload from its first byte to its content: begun, added to, joined, given to its space, or ended."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from core.errors import DomainError
from core.storage import parts, places, services
from core.storage.errors import UploadBusy, UploadTooLarge
from core.storage.models import Upload
from core.storage.names import clean_name

READ = 1 << 17  # bytes asked of the connection at a time
# What arrived is written and counted at least so often (seconds, bytes), however slowly it comes.
COUNTED_EVERY = 1.0
COUNTED_BYTES = 8 << 20
# A request that counted nothing for so long may be overtaken: its connection hangs.
WRITING_LEASE = timedelta(seconds=8)
JOINING_LEASE = timedelta(minutes=5)

type Given = Mapping[str, str] | None


class WrongOffset(DomainError):
    """The sender and the site do not agree on what arrived: `offset` is the site's word."""

    code = "upload-wrong-offset"
    sentence = "L’envoi ne reprend pas là où il s’était arrêté."
    remedy = "Recommencez l’envoi."
    status = 409


class UploadEnded(DomainError):
    """What had arrived was kept too long, or is no more."""

    code = "upload-ended"
    sentence = "Cet envoi interrompu n’est plus gardé."
    remedy = "Envoyez le fichier de nouveau."
    status = 410


@dataclass(frozen=True, slots=True)
class UploadMetadata:
    """What the sender says of a file: `values` as sent (`filename`, `filetype`…), `length` in bytes."""

    name: str
    length: int
    values: Mapping[str, str]


def begin(*, owner: uuid.UUID, purpose: str, target: dict[str, Any], metadata: UploadMetadata) -> Upload:
    """A new upload of `owner`, for the space `purpose`. Raises `UploadTooLarge`."""
    if metadata.length > settings.CARTABLE_UPLOAD_BYTES:
        raise UploadTooLarge(settings.CARTABLE_UPLOAD_BYTES)
    upload = Upload.objects.create(
        owner=owner,
        purpose=purpose,
        target=target,
        metadata=dict(metadata.values),
        name=clean_name(metadata.name),
        length=metadata.length,
        expires_at=_expiry(),
    )
    upload.refresh_from_db()
    return upload


def under_way(owner: uuid.UUID, *purposes: str) -> QuerySet[Upload]:
    """A person's uploads to these spaces that are not finished, for what they will weigh."""
    return Upload.objects.filter(owner=owner, purpose__in=purposes, finished_at=None, expires_at__gte=Now())


def add(upload: Upload, source: BinaryIO, *, offset: int, length: int) -> None:
    """Writes up to `length` bytes of `source` after the first `offset`, and counts them as they come.

    A source that ends early, or fails, keeps what arrived. Raises `UploadBusy`, `WrongOffset`,
    `StorageFull`, `StorageGone`.
    """
    if upload.blob_id or upload.finished_at or offset != upload.offset:
        raise WrongOffset(offset=upload.offset)
    with _leased(upload, WRITING_LEASE, offset=offset) as token:
        written = parts.writer(upload.folder, token.hex, upload.parts)
        try:
            _pour(upload, source, written, token, length)
        finally:
            written.close()


def finish(upload: Upload, finished: Callable[[Upload], Given]) -> Given:
    """Makes the content of what arrived and gives it to its space, once: answers what `finished` says.

    `finished` runs in the transaction that marks the upload as finished; a refusal of its own, or of
    the content, ends the upload. Raises what they raise, `UploadBusy`, `StorageFull`, `StorageGone`.
    """
    if upload.finished_at:
        return None
    try:
        with _leased(upload, JOINING_LEASE) as token:
            if upload.blob is None:
                _make_content(upload, token)
            with transaction.atomic():
                given = finished(upload)
                Upload.objects.filter(pk=upload.pk, lease=token).update(finished_at=Now())
    except DomainError as error:
        if error.status < 500 and not isinstance(error, UploadBusy):
            end(upload)
        raise
    upload.refresh_from_db()
    return given


def end(upload: Upload) -> None:
    """Forgets an upload and what arrived of it; a content already made is let be."""
    Upload.objects.filter(pk=upload.pk).delete()
    parts.forget(upload.folder)


def _pour(upload: Upload, source: BinaryIO, written: parts.Writer, token: uuid.UUID, length: int) -> None:
    """Whatever ends it, what was written is counted: there is nothing to send twice."""
    left, waiting = length, bytearray()
    counted, counted_at = upload.offset, time.monotonic()
    try:
        while left > 0 and (block := _next(source, min(READ, left))):
            left -= len(block)
            waiting += block
            late = time.monotonic() - counted_at >= COUNTED_EVERY
            if late or len(waiting) >= written.piece:
                _write(upload, waiting, written)
            if late or upload.offset - counted >= COUNTED_BYTES:
                _count(upload, written, token)
                counted, counted_at = upload.offset, time.monotonic()
        if waiting:
            _write(upload, waiting, written)
    finally:
        if upload.offset > counted:
            _count(upload, written, token)


def _next(source: BinaryIO, most: int) -> bytes:
    """What comes next; nothing at the end, or where the connection was lost."""
    try:
        return source.read(most)
    except OSError:
        return b""


def _write(upload: Upload, waiting: bytearray, written: parts.Writer) -> None:
    written.write(bytes(waiting))
    upload.offset += len(waiting)
    waiting.clear()


def _count(upload: Upload, written: parts.Writer, token: uuid.UUID) -> None:
    """Tells the row what is written. Raises `UploadBusy` where another request took over."""
    upload.parts, upload.expires_at = written.parts, _expiry()
    counted = Upload.objects.filter(pk=upload.pk, lease=token).update(
        offset=upload.offset,
        parts=upload.parts,
        expires_at=upload.expires_at,
        leased_until=Now() + WRITING_LEASE,
    )
    if not counted:
        raise UploadBusy()


def _make_content(upload: Upload, token: uuid.UUID) -> None:
    with places.draft() as draft:
        parts.join(upload.parts, draft)
        if draft.stat().st_size != upload.length:
            raise UploadEnded()
        received = services.take_in(draft, upload.name)
    upload.blob, upload.name, upload.parts = received.blob, received.name, []
    kept = Upload.objects.filter(pk=upload.pk, lease=token).update(
        blob=received.blob, name=received.name, parts=[]
    )
    if not kept:
        raise UploadBusy()
    parts.forget(upload.folder)


class _leased:  # noqa: N801 (reads as a function)
    """The right to write to an upload, until the end of the block; the row tells it anew meanwhile."""

    def __init__(self, upload: Upload, lasting: timedelta, **as_known: Any) -> None:
        self.upload, self.lasting, self.as_known = upload, lasting, as_known
        self.token = uuid.uuid4()

    def __enter__(self) -> uuid.UUID:
        free = Q(lease=None) | Q(leased_until__lt=Now())
        rows = Upload.objects.filter(free, pk=self.upload.pk, finished_at=None, **self.as_known)
        if not rows.update(lease=self.token, leased_until=Now() + self.lasting):
            self._refuse()
        self.upload.refresh_from_db()
        return self.token

    def __exit__(self, *failure: object) -> None:
        Upload.objects.filter(pk=self.upload.pk, lease=self.token).update(lease=None, leased_until=None)

    def _refuse(self) -> None:
        now = Upload.objects.filter(pk=self.upload.pk).first()
        if now is None:
            raise UploadEnded()
        if now.lease is None and any(getattr(now, name) != told for name, told in self.as_known.items()):
            raise WrongOffset(offset=now.offset)
        raise UploadBusy()


def expired(upload: Upload) -> bool:
    """Whether it was kept for its time, by the machine's clock; what is finished does not expire here."""
    return upload.finished_at is None and upload.expires_at < _machine_now()


def _expiry() -> datetime:
    return _machine_now() + timedelta(hours=settings.CARTABLE_UPLOAD_HOURS)


def _machine_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)
