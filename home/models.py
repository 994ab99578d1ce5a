"""The school's notice board: what its administrators tell, to whom, and who said that they have read it.

For whom a notice is, is groups of scolarity, read as they are now: who comes is told, who leaves is not.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from directory.models import Group
from home.enums import Weight
from schools.models import School

TITLE_LENGTH = 120


class Notice(models.Model):
    """What a school tells on its home pages, from `starts_on` to the end of `ends_on`.

    `body` is HTML that `ui.rich_text` cleaned. `profiles` are whom it is for; its groups (`audience`) say it
    to the database. `posted_at` is empty for a draft; `told_at` says that the timeline told it, once.
    """

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    author = models.UUIDField(null=True, blank=True)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    body = models.TextField(blank=True, default="")
    profiles = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    weight = models.CharField(max_length=6, choices=Weight, default=Weight.NORMAL)
    asks = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    changed_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "actualité"
        constraints = [
            models.CheckConstraint(condition=Q(weight__in=Weight.values), name="notice_weight_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="notice_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(posted_at__isnull=False), name="notice_told_was_posted"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "-changed_at"], name="notice_by_school"),
            models.Index(
                fields=["starts_on"],
                condition=Q(posted_at__isnull=False, told_at__isnull=True, withdrawn_at__isnull=True),
                name="notice_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"notice {self.uuid}"


class NoticeAudience(models.Model):
    """A group that a notice is for: of the school, or of one of its classes."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="audience", db_index=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "destinataire d’une actualité"
        constraints = [models.UniqueConstraint(fields=["notice", "group"], name="notice_audience_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} for {self.group_id}"


class Acknowledgement(models.Model):
    """« J’ai lu »: a relative's word on a notice, once."""

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="acknowledgements", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lecture d’une actualité"
        constraints = [models.UniqueConstraint(fields=["notice", "person"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person_id} has read {self.notice_id}"


class AppFavourite(models.Model):
    """An application that someone wants at hand on their home page: the key of a door of `ui.navigation`. One
    whose door does not open to them, for now, is kept and not shown."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=40)

    class Meta:
        verbose_name = "application favorite"
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="app_favourite_once")]

    def __str__(self) -> str:
        return f"{self.person_id} keeps {self.key} at hand"
