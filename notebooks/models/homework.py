"""The cahier de textes: what a class has to do, for which day; what each pupil has done of it; secret
addresses of calendars.

A day is a date, not an instant: it is the same wherever one reads.
"""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from notebooks.enums import Stage
from notebooks.models.class_book import ClassBook
from sharing.models import Resource

SUBJECT_LENGTH = 40
TITLE_LENGTH = 160
MOST_MINUTES = 600


class HomeworkBook(ClassBook):
    """A cahier de textes: its title, its owner and its rights are its resource's. The class is whose homework
    it usually holds; its pupils see it by a share alone."""

    resource = models.OneToOneField(
        Resource, on_delete=models.PROTECT, primary_key=True, related_name="homework_book"
    )

    class Meta:
        verbose_name = "cahier de textes"

    def __str__(self) -> str:
        return f"homework book {self.resource_id}"


class HomeworkEntry(models.Model):
    """One piece of homework. Its readers see it from the day that it is given on, once it is published.

    `body` is HTML that `ui.rich_text` cleaned, `text` the same in plain words. `author_name` stays when the
    account is no more. `trashed_at`: taken out of the book, and not for good yet.
    """

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    book = models.ForeignKey(HomeworkBook, on_delete=models.PROTECT, related_name="entries", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    author_name = models.CharField(max_length=200)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.DRAFT)
    subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True, default="")
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    body = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    given_on = models.DateField()
    due_on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "devoir"
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="homework_stage_known"),
            models.CheckConstraint(condition=Q(due_on__gte=F("given_on")), name="homework_due_after_given"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PUBLISHED) | Q(published_at__isnull=False),
                name="homework_published_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
                name="homework_takes_some_minutes",
            ),
        ]
        indexes = [models.Index(fields=["book", "due_on"], name="homework_by_book_and_day")]

    def __str__(self) -> str:
        return f"{self.subject} {self.due_on}"


class HomeworkTick(models.Model):
    """« Fait »: a pupil's own mark."""

    entry = models.ForeignKey(HomeworkEntry, on_delete=models.CASCADE, related_name="ticks", db_index=False)
    pupil = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "devoir fait"
        constraints = [models.UniqueConstraint(fields=["entry", "pupil"], name="homework_ticked_once")]

    def __str__(self) -> str:
        return f"{self.pupil_id} did {self.entry_id}"


class HomeworkCalendar(models.Model):
    """The secret address at which `holder`, the pupil or one of their relatives, subscribes to a pupil's
    homework. It is derived from this row, the counter and a key kept outside the database; `seal` is by what
    it is found, so that no copy of the database gives an address away."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    pupil = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    counter = models.PositiveIntegerField(default=1)
    seal = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField()

    class Meta:
        verbose_name = "adresse d’agenda"
        constraints = [
            models.UniqueConstraint(fields=["holder", "pupil"], name="homework_calendar_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.pupil_id}"
