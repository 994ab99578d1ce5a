"""Favourites: a person's own address book for shares and messages."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from directory.models.groups import Group


class Favourite(models.Model):
    """A named set of recipients, its owner's alone. Sharing with it writes grants in the persons' names."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    name = models.CharField("nom", max_length=120)
    created_at = models.DateTimeField()
    # The last day that something was shared with it, or written to it; None where it never was.
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "favori de partage"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="favourite_has_name"),
            models.UniqueConstraint(fields=["owner", "name"], name="favourite_once_per_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class FavouriteEntry(models.Model):
    """One recipient of a favourite: a person, or a group as it is on the day it is shared with."""

    favourite = models.ForeignKey(Favourite, on_delete=models.CASCADE, related_name="entries", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True)
    # What the person was on the day they were added; '' for a group, and where nobody wrote it down.
    profile = models.CharField(max_length=8, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "destinataire d’un favori"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, group__isnull=True)
                | Q(person__isnull=True, group__isnull=False),
                name="favourite_entry_is_person_or_group",
            ),
            models.UniqueConstraint(
                fields=["favourite", "person", "group"],
                nulls_distinct=False,
                name="favourite_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.favourite_id}: {self.person_id or self.group_id}"
