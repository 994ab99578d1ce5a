"""Relatives and pupils: ties as the feed states them, and what a director decides about them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import Source
from directory.enums import ConsentBy, TieLimit


class Guardianship(models.Model):
    """A relative is responsible for a pupil, as the pupil's record says."""

    relative = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guardianships"
    )
    pupil = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guardians")
    tie_kind = models.PositiveSmallIntegerField(null=True, blank=True)
    legal = models.BooleanField(null=True, blank=True)
    contact = models.BooleanField(null=True, blank=True)
    payer = models.BooleanField(null=True, blank=True)
    # The order in which the pupil's record names its relatives: letters and calls follow it.
    rank = models.PositiveSmallIntegerField(default=0, db_default=0)
    source = models.CharField(max_length=8, choices=Source)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "lien de responsabilité"
        constraints = [
            models.UniqueConstraint(
                fields=["relative", "pupil"], condition=Q(ended_on__isnull=True), name="tie_open_once"
            ),
            models.CheckConstraint(condition=~Q(relative=F("pupil")), name="tie_joins_two_people"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since")), name="tie_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relative_id} → {self.pupil_id}"


class TieRestriction(models.Model):
    """A director's decision to end or limit a tie: it wins over every feed, in later schools too."""

    relative = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="restrictions"
    )
    pupil = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="restricted_ties"
    )
    limit = models.CharField(max_length=8, choices=TieLimit)
    reason = models.TextField(blank=True, default="", db_default="")
    by = models.UUIDField()
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "restriction d’un lien"
        constraints = [
            models.UniqueConstraint(
                fields=["relative", "pupil"], condition=Q(lifted_at__isnull=True), name="tie_restricted_once"
            ),
            models.CheckConstraint(condition=Q(limit__in=TieLimit.values), name="tie_limit_known"),
        ]

    def __str__(self) -> str:
        return f"{self.limit} {self.relative_id} → {self.pupil_id}"


class PhotoConsent(models.Model):
    """One word on a pupil's picture: ONDE's, the school's or a legal relative's. The strictest wins."""

    pupil = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="photo_consents"
    )
    said_by = models.CharField(max_length=8, choices=ConsentBy)
    relative = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="photo_consents_given",
    )
    allowed = models.BooleanField()
    said_on = models.DateField()

    class Meta:
        verbose_name = "autorisation de photo"
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "said_by"], condition=Q(relative__isnull=True), name="photo_consent_once"
            ),
            models.UniqueConstraint(
                fields=["pupil", "relative"],
                condition=Q(relative__isnull=False),
                name="photo_consent_once_per_relative",
            ),
            models.CheckConstraint(
                condition=Q(said_by=ConsentBy.RELATIVE, relative__isnull=False)
                | Q(said_by__in=[ConsentBy.ONDE, ConsentBy.SCHOOL], relative__isnull=True),
                name="photo_consent_names_its_relative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil_id}: {self.allowed}"
