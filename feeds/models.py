"""Runs of feeds: what each planned, did and set aside. Staged records live in a schema of the run's own."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from accounts.enums import Source
from feeds.enums import ParkCause, Part, PlanAction, PlanKind, RunState, SchoolRole
from schools.models import Academy, School


class FeedRun(models.Model):
    """One try at one file set; its key is the number that people quote."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    source = models.CharField(max_length=8, choices=Source)
    # None only where the set could not be read and its academy is not known here.
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, null=True, blank=True)
    # The school of an ONDE CSV.
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=12, choices=RunState, default=RunState.RUNNING)
    origin = models.CharField("fichier", max_length=255, blank=True, default="")
    fed_on = models.DateField("date du fichier", null=True, blank=True)
    year = models.PositiveSmallIntegerField("année scolaire", null=True, blank=True)
    # Of a parked run: what it holds, why, and the run it was taken from.
    part = models.CharField(max_length=1, choices=Part, blank=True, default="")
    cause = models.CharField(max_length=8, choices=ParkCause, blank=True, default="")
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    accepted_departures = models.BooleanField(default=False)
    by = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    seconds = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    refusal = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    notes = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "alimentation"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="feed_run_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RunState.PARKED) | (~Q(part="") & ~Q(cause="")), name="parked_run_says_why"
            ),
        ]
        indexes = [models.Index(fields=["academy", "state"], name="feed_run_by_state")]

    def __str__(self) -> str:
        return f"alimentation n° {self.pk}"

    @property
    def schema(self) -> str:
        """The schema that holds the run's staged records and plan while they are needed."""
        return f"feed_{self.pk}"


class RunSchool(models.Model):
    """What a run did with one school, for families or for staff, with the figures that decided it."""

    run = models.ForeignKey(FeedRun, on_delete=models.CASCADE, related_name="schools", db_index=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    part = models.CharField(max_length=1, choices=Part)
    role = models.CharField(max_length=8, choices=SchoolRole)
    figures = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "école d’une alimentation"
        constraints = [
            models.UniqueConstraint(fields=["run", "school", "part", "role"], name="run_school_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.school_id} {self.role}"


class Anomaly(models.Model):
    """What a file holds that cannot be used, by file and physical line, with what to do about it."""

    run = models.ForeignKey(FeedRun, on_delete=models.CASCADE, related_name="anomalies")
    code = models.CharField(max_length=40)
    file = models.CharField(max_length=255, blank=True, default="", db_default="")
    line = models.PositiveIntegerField(null=True, blank=True)
    message = models.TextField()
    key = models.CharField(max_length=80, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "anomalie"
        ordering = ["run", "file", "line", "pk"]

    def __str__(self) -> str:
        return self.message


class PlanRow(models.Model):
    """What a run does to one person, class, school or tie, with values before and after."""

    # Written by the run's own statement, a hundred thousand at once: a check of each would tell nothing.
    run = models.ForeignKey(
        FeedRun, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="plan"
    )
    kind = models.CharField(max_length=10, choices=PlanKind)
    action = models.CharField(max_length=10, choices=PlanAction)
    # No key: the row outlives the account, whose erasure takes the names out of it.
    person_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    school_id = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=260, blank=True, default="", db_default="")
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = "ligne de plan"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run", "kind", "action"], name="plan_row_by_action"),
            models.Index(fields=["school_id", "run"], name="plan_row_by_school"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.action} {self.label}"


class Effect(models.Model):
    """What a run wrote, so that it can be taken back: rows added (many a line), or one row changed."""

    class Action(models.TextChoices):
        INSERT = "insert", "ajout"
        UPDATE = "update", "modification"

    run = models.ForeignKey(FeedRun, on_delete=models.CASCADE, related_name="effects")
    entity = models.CharField(max_length=20)
    action = models.CharField(max_length=6, choices=Action)
    ids = ArrayField(models.BigIntegerField(), default=list)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = "effet d’une alimentation"

    def __str__(self) -> str:
        return f"{self.run_id}: {self.action} {self.entity}"


class SchoolMark(models.Model):
    """The last date that a source applied for a school, families and staff apart: older ones are refused."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    source = models.CharField(max_length=8, choices=Source)
    part = models.CharField(max_length=1, choices=Part)
    fed_on = models.DateField()
    run = models.ForeignKey(FeedRun, on_delete=models.CASCADE)

    class Meta:
        verbose_name = "dernière alimentation d’une école"
        constraints = [models.UniqueConstraint(fields=["school", "source", "part"], name="school_mark_once")]

    def __str__(self) -> str:
        return f"{self.school_id} {self.part} {self.fed_on}"


class ParkedKey(models.Model):
    """A record that waits counts as present, in every school."""

    run = models.ForeignKey(FeedRun, on_delete=models.CASCADE)
    kind = models.CharField(max_length=1)
    key = models.CharField(max_length=60)

    class Meta:
        verbose_name = "fiche en attente"
        indexes = [models.Index(fields=["kind", "key"], name="parked_key")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Freeze(models.Model):
    """A summer freeze: families' records wait until its last day has passed. Days count in no delay."""

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    by = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "gel d’été"
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="freeze_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class Departed(models.Model):
    """A mark left by an erased account: the digest of its key, so that the report says who is new again."""

    digest = models.CharField(max_length=64, primary_key=True)
    erased_on = models.DateField()

    class Meta:
        verbose_name = "trace d’un compte supprimé"

    def __str__(self) -> str:
        return self.digest[:8]
