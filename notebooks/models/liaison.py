"""The carnet de liaison: words to relatives, and what each legal relative holds of them, child by child.

To whom a word went is written down when it goes: it is no share, and outlives the class.
"""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q

from notebooks.enums import Asks, WordState
from notebooks.models.class_book import ClassBook
from sharing.models import Resource

WORD_TITLE_LENGTH = 120


class LiaisonBook(ClassBook):
    """A carnet de liaison, shared between those who write and follow words; relatives hold copies."""

    resource = models.OneToOneField(
        Resource, on_delete=models.PROTECT, primary_key=True, related_name="liaison_book"
    )

    class Meta:
        verbose_name = "carnet de liaison"

    def __str__(self) -> str:
        return f"liaison book {self.resource_id}"


class LiaisonWord(models.Model):
    """A word. `body` is HTML that `ui.rich_text` cleaned, `text` the same in plain words.

    `version` grows at each correction once it has gone; a signature holds where it is of `asked_version` or
    later. It has no book any more where that was deleted while someone still holds the word.
    """

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    book = models.ForeignKey(
        LiaisonBook, on_delete=models.SET_NULL, null=True, blank=True, related_name="words"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    author_name = models.CharField(max_length=200)
    state = models.CharField(max_length=6, choices=WordState, default=WordState.DRAFT)
    asks = models.CharField(max_length=6, choices=Asks, default=Asks.SIGNATURE)
    title = models.CharField(max_length=WORD_TITLE_LENGTH, blank=True, default="")
    body = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    asked_version = models.PositiveSmallIntegerField(default=1)
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "mot aux parents"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WordState.values), name="word_state_known"),
            models.CheckConstraint(condition=Q(asks__in=Asks.values), name="word_asks_known"),
            models.CheckConstraint(
                condition=Q(state=WordState.DRAFT, sent_at__isnull=True)
                | (~Q(state=WordState.DRAFT) & Q(sent_at__isnull=False)),
                name="word_sent_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(asked_version__gte=1, asked_version__lte=F("version")),
                name="word_asks_for_a_version",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"word {self.uuid}"


class LiaisonTarget(models.Model):
    """Whom a word is for: the families of a class, or of a pupil."""

    word = models.ForeignKey(LiaisonWord, on_delete=models.CASCADE, related_name="targets", db_index=False)
    school_class = models.ForeignKey(
        "directory.SchoolClass",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
    )
    pupil = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "destinataire d’un mot"
        constraints = [
            models.CheckConstraint(
                condition=Q(school_class__isnull=False, pupil__isnull=True)
                | Q(school_class__isnull=True, pupil__isnull=False),
                name="word_is_for_a_class_or_a_pupil",
            ),
            models.UniqueConstraint(
                fields=["word", "school_class", "pupil"], nulls_distinct=False, name="word_for_each_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word_id} for {self.school_class_id or self.pupil_id}"


class LiaisonCopy(models.Model):
    """What one legal relative holds of a word, for one child; without a relative for a child who has none
    known: then it is printed. Names stay as they were when it went.

    `signed_version` is that of the text signed. `on_paper_by`: who noted a slip that came back signed.
    """

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    word = models.ForeignKey(LiaisonWord, on_delete=models.CASCADE, related_name="copies", db_index=False)
    pupil = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    pupil_name = models.CharField(max_length=200)
    class_label = models.CharField(max_length=120, blank=True, default="")
    relative = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    relative_name = models.CharField(max_length=200, blank=True, default="")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_version = models.PositiveSmallIntegerField(default=0)
    answer = models.BooleanField(null=True, blank=True)
    on_paper_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "mot reçu"
        constraints = [
            models.UniqueConstraint(
                fields=["word", "pupil", "relative"],
                condition=Q(pupil__isnull=False, relative__isnull=False),
                name="word_held_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_at__isnull=True, signed_version=0, answer__isnull=True, on_paper_by__isnull=True
                )
                | Q(signed_at__isnull=False, signed_version__gte=1),
                name="word_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word_id} held by {self.relative_id} for {self.pupil_id}"


class LiaisonVersion(models.Model):
    """A word as it was before a correction: what those who had signed it signed."""

    word = models.ForeignKey(LiaisonWord, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=WORD_TITLE_LENGTH)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "mot avant correction"
        constraints = [models.UniqueConstraint(fields=["word", "number"], name="word_version_once")]

    def __str__(self) -> str:
        return f"{self.word_id} ({self.number})"
