"""What can be shared, with whom it is, and what was taken back.

A share is one row, whatever the size of its group: who reads what is matched against the groups that a
person is in now, so nothing here has to follow who comes and goes.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from directory.models import Group
from schools.models import School
from sharing.enums import Reason, Role


class Resource(models.Model):
    """One row for each thing that can be shared, whatever the application that keeps it.

    `kind` is a key of `sharing.kinds`. What lies in a folder has it as `parent` and its rights flow down:
    `ancestors` holds the keys of all folders above, outermost first.
    """

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    kind = models.CharField(max_length=20)
    title = models.CharField("titre", max_length=255)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )
    owner_school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True)
    school_year = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    trashed_at = models.DateTimeField(null=True, blank=True)
    # The resource by whose trashing this one went too: restoring that one brings it back.
    trashed_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    ancestors = ArrayField(models.BigIntegerField(), default=list, db_default=[])

    class Meta:
        verbose_name = "production"
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_school__isnull=True)
                | Q(owner__isnull=True, owner_school__isnull=False),
                name="resource_has_one_owner",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="resource_has_title"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, ancestors__len=0)
                | Q(parent__isnull=False, ancestors__len__gt=0),
                name="resource_lies_under_its_ancestors",
            ),
            models.CheckConstraint(
                condition=Q(trashed_with__isnull=True) | Q(trashed_at__isnull=False),
                name="resource_trashed_with_only_when_trashed",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "kind", "-changed_at"], name="resource_by_owner"),
            # Without its pending list, which every look-up would read through.
            GinIndex(fields=["ancestors"], fastupdate=False, name="resource_by_ancestor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} « {self.title} »"

    @property
    def chain(self) -> list[int]:
        """The keys whose grants hold for this one: the folders above it, then itself."""
        return [*self.ancestors, self.pk]


class Grant(models.Model):
    """One right on one resource, for one person or one group.

    `year` is that of a scolarity group's grant: its class's, or the running year of the day it was given;
    none for a person and for a manual group. `origins` of a person's grant says what it comes of, each with
    its own role: `{"by": "name", "role": 2}` or `{"by": "favourite", "uuid": …, "name": …, "role": 3}`;
    `role` is the highest of them.
    """

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="grants", db_index=False)
    role = models.PositiveSmallIntegerField("droit", choices=Role)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, db_index=False
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    origins = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))

    class Meta:
        verbose_name = "partage"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, group__isnull=True, year__isnull=True)
                | Q(person__isnull=True, group__isnull=False),
                name="grant_has_one_grantee",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.UniqueConstraint(
                fields=["resource", "person"],
                condition=Q(person__isnull=False),
                name="grant_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["resource", "group", "year"],
                condition=Q(group__isnull=False),
                nulls_distinct=False,
                name="grant_once_per_group_and_year",
            ),
        ]
        indexes = [
            # What reaches someone, the last given first, read from the index alone.
            models.Index(
                fields=["person", "given_at", "resource"],
                condition=Q(person__isnull=False),
                name="grant_by_person",
            ),
            models.Index(
                fields=["group", "given_at", "resource"],
                include=["year"],
                condition=Q(group__isnull=False),
                name="grant_by_group",
            ),
            models.Index(fields=["resource"], name="grant_by_resource"),
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label}: {self.resource_id} to {self.person_id or self.group_id}"


class Withdrawal(models.Model):
    """A set of grants that ended together: who, when, why, and until when they can be put back."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    reason = models.CharField(max_length=16, choices=Reason)
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True)
    # What caused it: the turnover's UUID, the group's, the feed run's.
    cause = models.UUIDField(null=True, blank=True, db_index=True)
    restored_at = models.DateTimeField(null=True, blank=True)
    restored_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "retrait"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.reason} {self.at:%Y-%m-%d %H:%M}"


class WithdrawnGrant(models.Model):
    """A grant set aside as it was. It holds no key that the database checks: what it tells of may be
    deleted meanwhile, and a school's thousands are set aside at once (then its title is a `LostTitle`)."""

    pk = models.CompositePrimaryKey("withdrawal_id", "grant_id")
    withdrawal = models.ForeignKey(
        Withdrawal, on_delete=models.CASCADE, related_name="grants", db_index=False, db_constraint=False
    )
    grant_id = models.BigIntegerField()
    resource_id = models.BigIntegerField()
    role = models.PositiveSmallIntegerField(choices=Role)
    person_id = models.BigIntegerField(null=True, blank=True)
    group_id = models.BigIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    origins = models.JSONField(default=list)

    class Meta:
        verbose_name = "partage retiré"

    def __str__(self) -> str:
        return f"{Role(self.role).label}: {self.resource_id} to {self.person_id or self.group_id}"


class LostTitle(models.Model):
    """The title of a resource deleted for good, so that an undo can name what it cannot bring back; kept as
    long as what was withdrawn before."""

    resource_id = models.BigIntegerField(primary_key=True)
    title = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "titre d’une production supprimée"

    def __str__(self) -> str:
        return self.title


class Handover(models.Model):
    """Ownership offered (*céder*): it moves when the other accepts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="handovers")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.UUIDField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name = "cession"
        constraints = [
            models.UniqueConstraint(
                fields=["resource"],
                condition=Q(answered_at__isnull=True),
                name="one_open_handover_per_resource",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, accepted__isnull=True)
                | Q(answered_at__isnull=False, accepted__isnull=False),
                name="handover_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} → {self.to_id}"


class Reached(models.Model):
    """By what right a resource is reached, read from a view and never stored: of a person, a group, or a
    school whose administrators own a folder above. One resource has many rows, and none for its owner."""

    resource_id = models.BigIntegerField(primary_key=True)
    person_id = models.BigIntegerField(null=True)
    group_id = models.BigIntegerField(null=True)
    school_id = models.BigIntegerField(null=True)
    role = models.PositiveSmallIntegerField(choices=Role)

    class Meta:
        managed = False
        db_table = "sharing_reach"
        verbose_name = "droit"

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.role}"
