"""The turnovers of schools: from which year to which, by what, and what each ended; the runs that group them;
what people decided of their shares before."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q, Value

from rollover.enums import Choice
from schools.models import Academy, School
from sharing.models import Resource


class Run(models.Model):
    """A rollover asked for an academy, twenty-five schools a transaction: killed, it is begun again where it stopped."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    academy = models.ForeignKey(Academy, on_delete=models.CASCADE)
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "bascule d’académie"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["academy", "year"],
                condition=Q(finished_at__isnull=True),
                name="one_unfinished_rollover_per_academy_and_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.academy_id}: {self.year}"


class Turnover(models.Model):
    """A school passed to the next year: the rows that ended are kept so that undo restores them exactly."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    # What `rollover_undo` names: shared by the schools that one command turned; its own by a feed.
    run = models.UUIDField(db_default=RandomUUID(), db_index=True)
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
    # What it withdrew and kept, counted (`rollover.figures.Figures`).
    figures = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)
    # What its undo put back, counted (`rollover.undoing.Back`).
    undo_figures = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))

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

    @property
    def automatic(self) -> bool:
        """Turned by a feed: undone, the school is held, else the next feed would turn it again."""
        return self.feed_run is not None


class Rehearsal(models.Model):
    """A dry run that was kept: what a school's turn would have done that day. One school keeps its last few.

    `told` is what `rollover.services.preview.SchoolPreview.kept` says.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)
    told = models.JSONField()

    class Meta:
        verbose_name = "répétition"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["school", "-id"], name="rehearsal_by_school")]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.from_year} → {self.to_year}"


class Decision(models.Model):
    """What somebody decided of a thing of theirs that the people of a place will no longer see: before the
    turn to a year it can be taken back, after it is a memory.

    `place` is the UUID of a class, or of a school for its own groups: no key, a class may go. What was given
    by name bears `uuid` as its mark (`sharing.services.marked`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE)
    place = models.UUIDField()
    to_year = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=8, choices=Choice)
    # Kept for the pupils' relatives too.
    relatives = models.BooleanField(default=False)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = "choix de fin d’année"
        indexes = [models.Index(fields=["place", "to_year"], name="decision_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "resource", "place", "to_year"], name="decision_once_per_line"
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="decision_choice_known"),
            models.CheckConstraint(
                condition=Q(choice=Choice.ENTRUST, to__isnull=False)
                | (~Q(choice=Choice.ENTRUST) & Q(to__isnull=True)),
                name="decision_entrusts_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} ({self.to_year}): {self.choice}"
