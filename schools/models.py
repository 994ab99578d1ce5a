"""Academies, districts, schools and their years. No key to a person lives here."""

import uuid
from datetime import time

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from core.storage.models import Blob
from schools.enums import SchoolKind


class Academy(models.Model):
    """An academy: keys of feeds are unique within it."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    national_code = models.CharField(max_length=4, blank=True, default="", db_default="")
    time_zone = models.CharField(max_length=40, default="Europe/Paris", db_default="Europe/Paris")

    class Meta:
        verbose_name = "académie"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A circonscription: the schools that one inspector, and one eRUN, look after."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, db_index=False)
    joining_key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)

    class Meta:
        verbose_name = "circonscription"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "joining_key"], name="district_key_once_per_academy")
        ]

    def __str__(self) -> str:
        return self.name


class SchoolYear(models.Model):
    """A school year of an academy: 2026 stands for 2026-2027. `ends_on` is its last day; `first_day` the first of
    class, where somebody said it."""

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, db_index=False)
    year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    first_day = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "année scolaire"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "year"], name="school_year_once_per_academy"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="school_year_runs_forward"),
            models.CheckConstraint(
                condition=Q(first_day__gte=F("starts_on"), first_day__lte=F("ends_on")),
                name="first_day_lies_in_its_year",
            ),
            # Ranges only: the embedded PostgreSQL has no btree_gist.
            ExclusionConstraint(
                name="school_years_do_not_overlap",
                expressions=[
                    (
                        models.Func(
                            F("academy_id"), F("academy_id"), models.Value("[]"), function="int8range"
                        ),
                        "=",
                    ),
                    (
                        models.Func(F("starts_on"), F("ends_on"), models.Value("[]"), function="daterange"),
                        "&&",
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.year + 1}"


class School(models.Model):
    """A school. Its running year opens with the new year's staff; its class year is that of its classes."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, db_index=False)
    district = models.ForeignKey(District, on_delete=models.SET_NULL, null=True, blank=True)
    uai = models.CharField(max_length=8, unique=True)
    joining_key = models.CharField(max_length=60, null=True, blank=True)
    kind = models.CharField(max_length=12, choices=SchoolKind)
    name = models.CharField(max_length=200)
    # What feeds call it, where the school goes by a name that it chose; '' where it goes by theirs.
    fed_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    private = models.BooleanField(default=False, db_default=False)
    address = models.TextField(blank=True, default="", db_default="")
    postal_code = models.CharField(max_length=12, blank=True, default="", db_default="")
    city = models.CharField(max_length=120, blank=True, default="", db_default="")
    phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    running_year = models.PositiveSmallIntegerField(null=True, blank=True)
    class_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # Set when an automatic rollover is undone: the families' records wait until it is released.
    held_at = models.DateTimeField(null=True, blank=True)
    # A setting of the school: may the relatives of one class find and write to one another?
    relatives_reach_relatives = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "école"
        ordering = ["name", "uai"]
        constraints = [
            models.UniqueConstraint(fields=["academy", "joining_key"], name="school_key_once_per_academy"),
            models.CheckConstraint(condition=Q(kind__in=SchoolKind.values), name="school_kind_known"),
            models.CheckConstraint(condition=Q(uai__regex=r"^[0-9]{7}[A-Z]$"), name="school_uai_shape"),
            models.CheckConstraint(
                condition=Q(class_year__isnull=True)
                | Q(running_year__isnull=False, class_year__lte=F("running_year")),
                name="class_year_never_after_running_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolSettings(models.Model):
    """What a school chose; without a row, everything is as by default (`querysets.settings_of`).

    `message` is shown on the home pages of its people of `message_profiles`, to all where none is named,
    until the end of `message_until`. Quiet hours are read by `querysets.quiet_hours_of`.
    """

    school = models.OneToOneField(
        School, on_delete=models.CASCADE, primary_key=True, related_name="chosen_settings"
    )
    logo = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    message = models.TextField(max_length=600, blank=True, default="", db_default="")
    message_profiles = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    message_until = models.DateField(null=True, blank=True)
    quiet = models.BooleanField(default=True, db_default=True)
    quiet_from = models.TimeField(default=time(20, 0))
    quiet_until = models.TimeField(default=time(7, 0))
    quiet_weekends = models.BooleanField(default=True, db_default=True)

    class Meta:
        verbose_name = "réglages d’une école"
        constraints = [
            models.CheckConstraint(
                condition=Q(message="") | Q(message_until__isnull=False), name="school_message_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"settings of {self.school_id}"


class ApplicationOff(models.Model):
    """A school does without an application (its key in `ui.applications`) for one profile."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    application = models.CharField(max_length=40)
    profile = models.CharField(max_length=8)

    class Meta:
        verbose_name = "application fermée"
        constraints = [
            models.UniqueConstraint(fields=["school", "profile", "application"], name="application_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: no {self.application} for {self.profile}"


class ItemSeen(models.Model):
    """Somebody looked at an item of the season whose count may rightly stay, and why it does: it is open again
    where it counts more than then. `item` is a key of `season.items`; `by`, the UUID of a person."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    year = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    reason = models.CharField("raison", max_length=200, blank=True, default="", db_default="")
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "point de rentrée vu"
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "item"], name="season_item_seen_once"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}, {self.year}: {self.item}"
