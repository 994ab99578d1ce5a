"""What keeps people safe from messages: those that were reported, those that a teacher reads before they go,
senders kept away from a pupil."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import Profile
from messaging.enums import Reason, Sign
from messaging.models.messages import Message


class Report(models.Model):
    """A message reported by someone who received it, for the administrators of their schools alone.

    The message, which no one changes once it has gone, is the evidence: it stays, with its files, as long as
    the report, whoever deletes their copies. `shown` is to whom it was written as the reporter saw it: lines
    of a label and names.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reports", db_index=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    reporter_name = models.CharField(max_length=200)
    reporter_profile = models.CharField(max_length=8, choices=Profile)
    reason = models.CharField(max_length=8, choices=Reason)
    words = models.TextField(blank=True, default="")
    shown = models.JSONField(default=list)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    note = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "signalement"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="report_reason_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("at")), name="report_closed_after"
            ),
            models.UniqueConstraint(
                fields=["message", "reporter"], condition=Q(reporter__isnull=False), name="report_once"
            ),
        ]
        indexes = [
            models.Index(fields=["message"], name="report_by_message"),
            models.Index(fields=["-at", "-id"], name="report_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.message_id}"


class ReportPlace(models.Model):
    """A school of whoever reported, that day: its administrators read the report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="places", db_index=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "école d’un signalement"
        constraints = [models.UniqueConstraint(fields=["report", "school"], name="report_place_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.school_id}"


class Review(models.Model):
    """What the pupils of a class write, or of a whole school, is read by a teacher before it goes. One that
    ended is kept; a class's ends by itself with its year."""

    school_class = models.ForeignKey(
        "directory.SchoolClass", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    by = models.UUIDField()
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "relecture"
        constraints = [
            models.CheckConstraint(
                condition=Q(school_class__isnull=True, school__isnull=False)
                | Q(school_class__isnull=False, school__isnull=True),
                name="review_has_one_place",
            ),
            models.UniqueConstraint(
                fields=["school_class"],
                condition=Q(school_class__isnull=False, ended_at__isnull=True),
                name="review_once_a_class",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(school__isnull=False, ended_at__isnull=True),
                name="review_once_a_school",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class_id or self.school_id}"


class Barred(models.Model):
    """Someone whose messages reach a pupil no more, as a teacher of their class said. It ends with the year of
    the class; one that ended is kept."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    pupil = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    school_class = models.ForeignKey("directory.SchoolClass", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="")
    by = models.UUIDField()
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "expéditeur écarté"
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "sender", "school_class"],
                condition=Q(lifted_at__isnull=True),
                name="barred_once",
            ),
            models.CheckConstraint(condition=~Q(pupil=F("sender")), name="barred_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} for {self.pupil_id}"


class Alert(models.Model):
    """An account that wrote like a stolen one, once a day; `closed_at` when an administrator looked at it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    day = models.DateField()
    sign = models.CharField(max_length=6, choices=Sign)
    reached = models.PositiveIntegerField()
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "alerte"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="alert_once_a_day")]

    def __str__(self) -> str:
        return f"{self.sign} {self.person_id} {self.day}"
