"""What happened, for whom, and what each has read of it.

An event is one row whatever the size of its audience: a group's is matched against the groups that a person
is in now, so nothing here has to follow who comes and goes.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from schools.models import School
from sharing.models import Resource
from timeline.enums import MailPace


class Event(models.Model):
    """One thing that happened. `kind` is a key of `timeline.kinds`; keys grow with time, so that they are
    its order.

    `resource` is what it is about, where only those who see it may know; `about` another thing, by UUID
    (a turnover, a run of a feed). `data` holds the words that outlive it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True, blank=True)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, null=True, blank=True, db_index=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True)
    about = models.UUIDField(null=True, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = "nouveauté"
        indexes = [
            models.Index(fields=["resource"], condition=Q(resource__isnull=False), name="event_by_resource"),
            models.Index(fields=["at"], name="event_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Audience(models.Model):
    """For whom an event is: a person or a group. The group's key is not checked by the database: it may end
    meanwhile, and then nobody is in it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="audience", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, db_index=False
    )
    group_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "destinataire d’une nouveauté"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, group_id__isnull=True)
                | Q(person__isnull=True, group_id__isnull=False),
                name="audience_is_a_person_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["event", "person", "group_id"], nulls_distinct=False, name="audience_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "-event"], condition=Q(person__isnull=False), name="audience_by_person"
            ),
            models.Index(
                fields=["group_id", "-event"], condition=Q(group_id__isnull=False), name="audience_by_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} for {self.person_id or self.group_id}"


class Reader(models.Model):
    """Up to which event someone has read everything: a key, 0 for nothing yet; and when they said so, for
    what came to them later than it happened."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    read_until = models.BigIntegerField(default=0, db_default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lecture des nouveautés"

    def __str__(self) -> str:
        return f"{self.person_id} until {self.read_until}"


class ReadEvent(models.Model):
    """One event read past the mark."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE)

    class Meta:
        verbose_name = "nouveauté lue"
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="event_read_once")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.event_id}"


class Preference(models.Model):
    """What someone wants of one kind of event, where it is not the default; `text`: mails quote it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=40)
    page = models.BooleanField()
    mail = models.CharField(max_length=8, choices=MailPace)
    text = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "choix de nouveautés"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="preference_once"),
            models.CheckConstraint(condition=Q(mail__in=MailPace.values), name="preference_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.page}, {self.mail}"


class Gathering(models.Model):
    """Up to which event the mails of one pace were gathered; one row each."""

    pace = models.CharField(max_length=8, choices=MailPace, primary_key=True)
    until = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "nouveautés réunies"
        constraints = [
            models.CheckConstraint(condition=Q(pace__in=MailPace.values), name="gathering_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.pace} until {self.until}"


class WaitingMail(models.Model):
    """An event that a mail is to tell somebody; it waits where their schools are quiet."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE)

    class Meta:
        verbose_name = "nouveauté à écrire"
        constraints = [models.UniqueConstraint(fields=["person", "event"], name="mail_waits_once")]

    def __str__(self) -> str:
        return f"{self.person_id} is told {self.event_id}"
