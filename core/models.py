"""Jobs and the audit log. People and schools are named by their UUID: core holds no key to them."""

import uuid
from typing import Any

from django.core.cache import cache
from django.db import models
from django.db.models.functions import Now

from core.storage.models import Blob, ThumbnailState, Upload

__all__ = ["AuditEntry", "Blob", "Job", "JobState", "ThumbnailState", "Upload", "progress_key"]


class JobState(models.TextChoices):
    QUEUED = "queued", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    REFUSED = "refused", "refusé"
    FAILED = "failed", "échoué"
    CANCELLED = "cancelled", "annulé"


class Job(models.Model):
    """A background act: who asked, with what, how far it is, what came of it.

    `result` is what the act answered; `problem` the problem details of the error that ended it.
    """

    FINISHED = (JobState.DONE, JobState.REFUSED, JobState.FAILED, JobState.CANCELLED)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    label = models.CharField(max_length=200)
    actor = models.UUIDField(null=True, blank=True)
    school = models.UUIDField(null=True, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    clock_shift = models.DurationField()
    cancel_asked = models.BooleanField(default=False)
    result = models.JSONField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    # The machine's time, not the rehearsed one: it tells a lost message from a slow one.
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "tâche de fond"
        verbose_name_plural = "tâches de fond"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["actor", "-created_at"], name="job_by_actor"),
            models.Index(fields=["created_at"], condition=models.Q(state="queued"), name="job_queued"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_state_display()})"

    @property
    def finished(self) -> bool:
        return self.state in self.FINISHED

    @property
    def progress(self) -> dict[str, Any]:
        """`{"label": str, "done": int, "total": int | None}` of the step under way; empty when none."""
        return cache.get(progress_key(self.uuid)) or {}

    @property
    def percent(self) -> int | None:
        """How far the step under way is, 0 to 100; None where its length is unknown."""
        step = self.progress
        return min(100, 100 * step["done"] // step["total"]) if step.get("total") else None


class AuditEntry(models.Model):
    """Who did what, on whom, when, from what to what."""

    at = models.DateTimeField()
    actor = models.UUIDField(null=True, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.UUIDField(null=True, blank=True)
    school = models.UUIDField(null=True, blank=True)
    run = models.UUIDField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = "trace"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
            models.Index(fields=["school", "-at"], name="audit_by_school"),
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["run"], condition=models.Q(run__isnull=False), name="audit_by_run"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


def progress_key(job: uuid.UUID) -> str:
    """Where a running job's progress lies in the cache: a transaction would hide it until its end."""
    return f"job:{job}:progress"
