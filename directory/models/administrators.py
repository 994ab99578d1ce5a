"""Who administers what, who was detached, who is blocked."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.enums import Profile, Source
from directory.enums import Scope
from schools.models import Academy, District, School


class Administrator(models.Model):
    """A person administers a school, a district, an academy or the platform.

    A director named by the feed does so until a feed names another or they leave the school; what
    was given by hand stays until taken back by hand.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    scope = models.CharField(max_length=8, choices=Scope)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True)
    district = models.ForeignKey(District, on_delete=models.CASCADE, null=True, blank=True)
    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, null=True, blank=True)
    source = models.CharField(max_length=8, choices=Source)
    given_by = models.UUIDField(null=True, blank=True)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "administrateur"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope=Scope.SCHOOL, school__isnull=False, district__isnull=True, academy__isnull=True
                )
                | Q(scope=Scope.DISTRICT, school__isnull=True, district__isnull=False, academy__isnull=True)
                | Q(scope=Scope.ACADEMY, school__isnull=True, district__isnull=True, academy__isnull=False)
                | Q(scope=Scope.PLATFORM, school__isnull=True, district__isnull=True, academy__isnull=True),
                name="administrator_scope_names_its_place",
            ),
            models.UniqueConstraint(
                fields=["person", "scope", "school", "district", "academy", "source"],
                condition=Q(ended_on__isnull=True),
                nulls_distinct=False,
                name="administrator_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.scope}"


class Detachment(models.Model):
    """An administrator took a person out of a school: it wins over feeds until the rollover that
    ends the running year of that day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    running_year = models.PositiveSmallIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()
    # The rights of administration that it ended, and that its undo gives back: their keys.
    rights = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    # The rollover that lifted it, or the administrator who undid it.
    lifted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "détachement"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school"], condition=Q(lifted_at__isnull=True), name="detachment_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ✕ {self.school_id}"


class Block(models.Model):
    """A person, or a profile in one school, kept out for now; nothing of theirs changes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True)
    profile = models.CharField(max_length=8, choices=Profile, null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    # Ends with the first family feed of the new year: the one that turns the school over.
    until_turnover = models.BooleanField(default=False, db_default=False)
    reason = models.TextField(blank=True, default="", db_default="")
    message = models.TextField(blank=True, default="", db_default="")
    # How many it covered when it was made, for its history: who arrives later is covered too.
    people = models.PositiveIntegerField(null=True, blank=True)
    by = models.UUIDField()
    # The narrowest right by which they could: whoever administers less neither changes it nor lifts it.
    set_from = models.CharField(
        max_length=8, choices=Scope, default=Scope.SCHOOL, db_default=Scope.SCHOOL.value
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "blocage"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, profile__isnull=True, school__isnull=True)
                | Q(person__isnull=True, profile__isnull=False, school__isnull=False),
                name="block_of_a_person_or_of_a_profile_in_a_school",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="block_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(until_turnover=False) | Q(school__isnull=False),
                name="block_until_a_schools_turnover",
            ),
            models.CheckConstraint(condition=Q(set_from__in=Scope.values), name="block_scope_known"),
        ]
        indexes = [
            models.Index(
                fields=["school", "profile"], condition=Q(lifted_at__isnull=True), name="block_open_by_school"
            ),
        ]

    def __str__(self) -> str:
        return f"block {self.person_id or (self.school_id, self.profile)}"
