"""Requests for help, what is said in them, and the answers that helpers keep ready."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat

from accounts.enums import Profile
from schools.models import Academy, District, School
from support.enums import ENDED, Category, Kind, Level, State, Step, Urgency

SUBJECT_LENGTH = 150
PAGE_LENGTH = 500
BROWSER_LENGTH = 120


def _words(heading: str, text: str) -> Func:
    """What a part is found by: folded as what is typed is."""
    said = Concat(heading, Value(" "), text, output_field=models.TextField())
    return Func(said, function="support_words", output_field=SearchVectorField())


class Ticket(models.Model):
    """A request for help: between whoever asks and whoever helps at its level.

    It is of one place: a school, or where its author has none a district, an academy, or nowhere (the platform).
    `entry` is the level that had it first, `reached` the farthest that has had it, `level` whose turn it is.
    From `veiled_from` up, helpers see neither names of families nor files: `veiled_subject` is the subject as
    they read it. `changed_at` says what its author may know of: a note among helpers changes it not.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    author_name = models.CharField(max_length=250, blank=True, default="")
    author_profile = models.CharField(max_length=8, choices=Profile)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    district = models.ForeignKey(
        District, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    academy = models.ForeignKey(
        Academy, on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    entry = models.PositiveSmallIntegerField(choices=Level)
    level = models.PositiveSmallIntegerField(choices=Level)
    reached = models.PositiveSmallIntegerField(choices=Level)
    veiled_from = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.NEW)
    category = models.CharField(max_length=6, choices=Category)
    application = models.CharField(max_length=40, blank=True, default="")
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    subject = models.CharField(max_length=SUBJECT_LENGTH)
    veiled_subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True, default="")
    page = models.CharField(max_length=PAGE_LENGTH, blank=True, default="")
    browser = models.CharField(max_length=BROWSER_LENGTH, blank=True, default="")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # The first answer of a helper; when it was solved, or closed, last.
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What a helper did last that its author is to see, and when its author last looked.
    helped_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "demande d’aide"
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="ticket_state_known"),
            models.CheckConstraint(condition=Q(category__in=Category.values), name="ticket_category_known"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="ticket_urgency_known"),
            models.CheckConstraint(
                condition=Q(level__gte=F("entry"), level__lte=F("reached"), reached__lte=Level.PLATFORM)
                & Q(entry__gte=Level.SCHOOL),
                name="ticket_levels_in_order",
            ),
            models.CheckConstraint(
                condition=Q(veiled_from__isnull=True)
                | Q(veiled_from__gt=F("entry"), veiled_from__lte=F("reached")),
                name="ticket_veiled_above_its_first_level",
            ),
            models.CheckConstraint(
                condition=Q(district__isnull=True, academy__isnull=True)
                | Q(school__isnull=True, academy__isnull=True)
                | Q(school__isnull=True, district__isnull=True),
                name="ticket_of_one_place",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
                name="ticket_ended_has_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-changed_at"], name="ticket_by_author"),
            models.Index(fields=["school", "-changed_at"], name="ticket_by_school"),
            models.Index(fields=["district"], name="ticket_by_district", condition=Q(district__isnull=False)),
            models.Index(fields=["academy"], name="ticket_by_academy", condition=Q(academy__isnull=False)),
            models.Index(fields=["-changed_at", "-id"], name="ticket_by_time"),
            models.Index(fields=["assignee"], name="ticket_by_assignee", condition=Q(assignee__isnull=False)),
            models.Index(
                fields=["ended_at"], name="ticket_ended_by_time", condition=Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def number(self) -> str:
        """What people call it by: « n° 128 »."""
        return f"n°\u00a0{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def unread(self) -> bool:
        """Whether a helper did something that its author has not seen."""
        return self.helped_at is not None and self.helped_at > self.seen_at

    @property
    def place(self) -> School | District | Academy | None:
        """Its school, or the wider place that it is of."""
        return self.school or self.district or self.academy

    @property
    def place_name(self) -> str:
        return self.place.name if self.place is not None else "Plateforme"


class TicketMessage(models.Model):
    """One part of a conversation. Without `at` it is a draft, its author's alone; without a ticket, of a request
    that is not made yet, whose choices are in `data`.

    `body` is HTML that `ui.rich_text` cleaned, `text` the same in plain words; `veiled_…` the same for helpers
    to whom names of families are not shown, '' where they are. Files joined bear its UUID (space `support`).
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="messages", db_index=False
    )
    kind = models.CharField(max_length=4, choices=Kind, default=Kind.SAID)
    step = models.CharField(max_length=8, choices=Step, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    author_name = models.CharField(max_length=250, blank=True, default="")
    author_profile = models.CharField(max_length=8, choices=Profile, blank=True, default="")
    body = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    # Of the first part alone: the subject and who asked, by which it is found.
    heading = models.TextField(blank=True, default="", db_default="")
    veiled_heading = models.TextField(blank=True, default="", db_default="")
    veiled_body = models.TextField(blank=True, default="")
    veiled_text = models.TextField(blank=True, default="")
    data = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField()
    at = models.DateTimeField(null=True, blank=True)
    words = models.GeneratedField(
        expression=_words("heading", "text"), output_field=SearchVectorField(), db_persist=True
    )
    veiled_words = models.GeneratedField(
        expression=_words("veiled_heading", "veiled_text"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = "message d’une demande"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ticket__isnull=False) | Q(at__isnull=True), name="ticket_message_sent_is_of_one"
            ),
            models.CheckConstraint(
                condition=(Q(kind=Kind.STEP) & ~Q(step="")) | (Q(kind__in=[Kind.SAID, Kind.NOTE], step="")),
                name="ticket_message_step_is_said",
            ),
            models.UniqueConstraint(
                fields=["ticket", "author"],
                condition=Q(at__isnull=True, ticket__isnull=False),
                name="ticket_one_draft_each",
            ),
        ]
        indexes = [
            models.Index(fields=["ticket", "at"], name="ticket_message_by_time"),
            models.Index(fields=["author"], name="ticket_draft_by_author", condition=Q(at__isnull=True)),
            models.Index(fields=["changed_at"], name="ticket_draft_by_time", condition=Q(at__isnull=True)),
            GinIndex(fields=["words"], name="ticket_message_words"),
            GinIndex(
                fields=["veiled_words"], name="ticket_message_veiled_words", condition=~Q(veiled_text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class CannedAnswer(models.Model):
    """An answer kept ready by those who administer a place, for whoever helps there and below: a school, a
    district, an academy; of none of them, the platform's."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    body = models.TextField()
    text = models.TextField()
    made_by = models.UUIDField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "réponse toute prête"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(district__isnull=True, academy__isnull=True)
                | Q(school__isnull=True, academy__isnull=True)
                | Q(school__isnull=True, district__isnull=True),
                name="canned_answer_of_one_place",
            ),
            models.UniqueConstraint(
                fields=["school", "district", "academy", "title"],
                nulls_distinct=False,
                name="canned_answer_title_once_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def level(self) -> Level:
        if self.school_id is not None:
            return Level.SCHOOL
        if self.district_id is not None:
            return Level.DISTRICT
        return Level.ACADEMY if self.academy_id is not None else Level.PLATFORM

    @property
    def place_name(self) -> str:
        place = self.school or self.district or self.academy
        return place.name if place is not None else "Plateforme"
