"""The turnovers of schools: from which year to which, by what, and what each ended."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from schools.models import School


class Turnover(models.Model):
    """A school passed to the next year: the rows that ended are kept so that undo restores them exactly."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    on = models.DateField()
    # The feed that turned the school, or none where a command did; the administrator, where one asked.
    feed_run = models.UUIDField(null=True, blank=True, db_index=True)
    by = models.UUIDField(null=True, blank=True)
    running_year_before = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_class_attachments = ArrayField(models.BigIntegerField(), default=list)
    lifted_detachments = ArrayField(models.BigIntegerField(), default=list)
    lifted_blocks = ArrayField(models.BigIntegerField(), default=list)
    # Class attachments made by hand in the new year, set aside by an undo until the school turns again.
    set_aside = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "bascule"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "to_year"],
                condition=Q(undone_at__isnull=True),
                name="school_turns_once_a_year",
            ),
            models.CheckConstraint(condition=Q(from_year__lt=F("to_year")), name="turnover_goes_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.from_year} → {self.to_year}"
