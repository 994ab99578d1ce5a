"""The sign-in sheet of a class: a link that its teacher shows, and each pupil's pictures behind it."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from directory.models.belonging import SchoolClass


class ClassSheet(models.Model):
    """A class whose pupils sign in by pictures, until it is closed: by hand, or by the end of its year.

    The link is derived from the sheet and `counter` (`directory.class_sheet`); `link` is its seal, by which
    the sheet is found: no copy of the database gives the link away.
    """

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, related_name="sheets")
    counter = models.PositiveIntegerField(default=0, db_default=0)
    link = models.CharField(max_length=64, unique=True)
    # The day on which the link was made: a teacher who left the class since knows it.
    link_on = models.DateField(db_default=Now())
    # By day alone: Monday to Saturday, from 7 to 19, in the school's own time.
    by_day = models.BooleanField(default=True, db_default=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "feuille de connexion"
        constraints = [
            models.UniqueConstraint(
                fields=["school_class"], condition=Q(closed_at__isnull=True), name="sheet_open_once_per_class"
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_class_id}: {self.uuid}"


class SheetPictures(models.Model):
    """A pupil's pictures on a sheet, sealed (`accounts.pictures`)."""

    sheet = models.ForeignKey(ClassSheet, on_delete=models.CASCADE, related_name="pictures", db_index=False)
    pupil = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealed = models.CharField(max_length=100)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = "images d’un élève"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "pupil"], name="pictures_once_per_sheet"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.pupil_id}"
