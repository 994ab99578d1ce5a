"""Contents stored once by their digest, and uploads under way."""

import uuid

from django.db import models
from django.db.models.functions import Now


class ThumbnailState(models.TextChoices):
    NONE = "none", "sans vignette"
    WAITING = "waiting", "en attente"
    MADE = "made", "prête"
    FAILED = "failed", "impossible"


class Blob(models.Model):
    """One content, whoever holds it: `digest` is the SHA-256 of the bytes as kept, in hexadecimal.

    `references` counts its holders (`services.hold`, `let_go`); without any since `unreferenced_since`,
    it is collected. `size` in bytes; `width` and `height` in pixels, of pictures as they are shown.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    # Of a text, as its bytes tell: without it a browser guesses.
    charset = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    references = models.BigIntegerField(default=0)
    # The machine's time, as are the two below: what is kept on a disk follows no rehearsed clock.
    unreferenced_since = models.DateTimeField(null=True, blank=True, db_default=Now())
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    thumbnail_state = models.CharField(
        max_length=8, choices=ThumbnailState, default=ThumbnailState.NONE, editable=False
    )

    class Meta:
        verbose_name = "contenu"
        verbose_name_plural = "contenus"
        constraints = [
            models.CheckConstraint(
                name="blob_is_unreferenced_or_held",
                condition=models.Q(references=0, unreferenced_since__isnull=False)
                | models.Q(references__gt=0, unreferenced_since__isnull=True),
            ),
            models.CheckConstraint(name="blob_size", condition=models.Q(size__gte=0)),
        ]
        indexes = [
            models.Index(
                fields=["unreferenced_since"], condition=models.Q(references=0), name="blob_unreferenced"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.digest[:12]}"

    @property
    def path(self) -> str:
        """Where its bytes lie in the storage: a place of this row's own, never given again."""
        return f"blobs/{self.digest[:2]}/{self.digest}-{self.uuid.hex[:12]}"

    @property
    def thumbnails_path(self) -> str:
        """The folder of its thumbnails."""
        return f"thumbnails/{self.digest[:2]}/{self.digest}-{self.uuid.hex[:12]}"


class Upload(models.Model):
    """A resumable upload (tus 1.0): what arrived so far, of whom, and for what.

    `purpose` is the space that takes it and `target` what that space needs to know, as JSON; `parts`
    lists what arrived, in order: `[path, bytes]`. `lease` is the request that now writes, until
    `leased_until`: whoever comes after that takes over, and the former writes nothing any more.
    Once whole, `blob` is its content; once its space took it, `finished_at` says when.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.UUIDField()
    purpose = models.CharField(max_length=60)
    target = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    name = models.CharField(max_length=255)
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    parts = models.JSONField(default=list)
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    blob = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        constraints = [
            models.CheckConstraint(
                name="upload_offset_within_length",
                condition=models.Q(offset__gte=0, offset__lte=models.F("length")),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "purpose"], name="upload_by_owner"),
            models.Index(fields=["expires_at"], name="upload_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.offset}/{self.length})"

    @property
    def whole(self) -> bool:
        return self.offset == self.length

    @property
    def folder(self) -> str:
        """Where its parts lie in the storage."""
        return f"uploads/{self.uuid}"
