"""A person belongs to a school; a pupil or a teacher to a class."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from accounts.enums import Profile, Source
from directory.enums import ClassRole
from schools.models import School


class SchoolClass(models.Model):
    """A class of one school and one school year. It exists from its first pupil on.

    Known by school, year and key; from the CSV, which bears no key, by its one normalised label.
    """

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60, null=True, blank=True)
    label = models.CharField(max_length=120)
    folded_label = models.GeneratedField(
        expression=models.Func("label", function="core_label", output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )
    source = models.CharField(max_length=8, choices=Source)
    # Some of its pupils were erased since: it had one, even where no row says so any more.
    pupils_erased = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "classe"
        ordering = ["label", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "key"],
                condition=Q(key__isnull=False),
                name="class_key_once_per_year",
            ),
            models.UniqueConstraint(
                fields=["school", "year", "folded_label"],
                condition=Q(key__isnull=True),
                name="class_label_once_per_year_without_key",
            ),
        ]
        indexes = [models.Index(fields=["school", "year"], name="class_by_school_year")]

    def __str__(self) -> str:
        return self.label


class Attachment(models.Model):
    """A person belongs to a school, from a day on, as its source states. Relatives have none."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    profile = models.CharField(max_length=8, choices=Profile)
    function_code = models.CharField(max_length=20, blank=True, default="", db_default="")
    function_label = models.CharField(max_length=120, blank=True, default="", db_default="")
    is_head = models.BooleanField(default=False, db_default=False)
    level = models.CharField(max_length=4, blank=True, default="", db_default="")
    source = models.CharField(max_length=8, choices=Source)
    since = models.DateField()
    # The school's running year on the day it began.
    running_year = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "rattachement"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school"], condition=Q(ended_on__isnull=True), name="attachment_open_once"
            ),
            models.CheckConstraint(
                condition=Q(profile__in=[Profile.TEACHER, Profile.STAFF, Profile.PUPIL, Profile.GUEST]),
                name="attachment_profile_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
                name="attachment_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "profile"],
                condition=Q(ended_on__isnull=True),
                name="attachment_open_by_school",
            ),
            models.Index(
                fields=["school"],
                condition=Q(ended_on__isnull=True, is_head=True),
                name="attachment_open_head",
            ),
            # Whom a school's administrators still look after: those who left it, and have no other.
            models.Index(
                fields=["school"],
                condition=Q(ended_on__isnull=False),
                name="attachment_ended_by_school",
            ),
            # Few have a function: an academy's are listed, and whoever has one found, by this alone.
            models.Index(
                fields=["function_label", "school"],
                include=["person"],
                condition=Q(ended_on__isnull=True) & ~Q(function_label=""),
                name="attachment_open_by_function",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.school_id}"


class ClassAttachment(models.Model):
    """A person belongs to a class, as pupil or as teacher."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, db_index=False)
    role = models.CharField(max_length=8, choices=ClassRole)
    source = models.CharField(max_length=8, choices=Source)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "rattachement à une classe"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school_class"],
                condition=Q(ended_on__isnull=True),
                name="class_attachment_open_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=ClassRole.values), name="class_attachment_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")),
                name="class_attachment_ends_after_start",
            ),
        ]
        indexes = [
            # Whole, so that it serves the foreign key too: a class's attachments end together.
            models.Index(fields=["school_class", "role"], name="class_attachment_by_class"),
            # Who teaches, among a million: no feed says it, so that no import pays for it.
            models.Index(
                fields=["person", "school_class"],
                condition=Q(ended_on__isnull=True, role=ClassRole.TEACHER),
                name="class_attachment_open_teacher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.school_class_id}"
