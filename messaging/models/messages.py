"""Messages, each once, whoever holds it; to whom they were written; what each person holds of them.

Who receives a group's message is counted when it goes, and written down, a copy a person: it is no share, and
outlives the class.
"""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower

from accounts.enums import Profile
from core.storage.models import Blob
from messaging.enums import Box, Line, State

SUBJECT_LENGTH = 200
# What a message is found by: its subject, its text, and the names that it bears.
WORDS = Func(
    Concat(
        "subject",
        Value(" "),
        "author_name",
        Value(" "),
        "addressed",
        Value(" "),
        "text",
        output_field=models.TextField(),
    ),
    function="messaging_words",
    output_field=SearchVectorField(),
)


class Message(models.Model):
    """What somebody wrote. `thread` is the UUID of the first message of its conversation.

    `body` is HTML that `ui.rich_text` cleaned, `text` the same in plain words; `addressed` the names of whom
    it was openly written to; `weight` what its attachments weigh, in bytes: each holder is charged for it.
    `author_name` and `author_profile` stay when the account is no more.
    """

    uuid = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    thread = models.UUIDField(default=uuid4)
    answers = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, db_index=False
    )
    author_name = models.CharField(max_length=200)
    author_profile = models.CharField(max_length=8, choices=Profile)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    subject = models.CharField(max_length=SUBJECT_LENGTH, blank=True, default="")
    body = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    addressed = models.TextField(blank=True, default="")
    weight = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    no_reply = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    # The word with which a teacher gave it back to the pupil who wrote it; empty once it is sent again.
    handed_back = models.TextField(blank=True, default="", db_default="")
    # How many people it reached when it went.
    reached = models.PositiveIntegerField(default=0)
    words = models.GeneratedField(expression=WORDS, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        verbose_name = "message"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="message_state_known"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="message_weighs_bytes"),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="message_sent_has_an_instant"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PLANNED) | Q(send_at__isnull=False),
                name="message_planned_has_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["thread"], name="message_by_thread"),
            models.Index(fields=["author", "-sent_at"], name="message_by_author"),
            models.Index(
                fields=["send_at"], condition=Q(state=State.PLANNED), name="message_planned_by_time"
            ),
            models.Index(fields=["author"], condition=Q(state=State.HELD), name="message_held"),
            GinIndex(fields=["words"], name="message_by_words"),
        ]

    def __str__(self) -> str:
        return self.subject or f"message {self.uuid}"


class Address(models.Model):
    """Someone, or a group, to whom a message is written, under the name that they bore when it went.

    A group's key is not checked by the database: it may end meanwhile, its name stays. `reached` is how many
    people it brought; `refused` that rules of communication let it through no more when the message went.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="addresses", db_index=False)
    line = models.CharField(max_length=6, choices=Line)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    group_id = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=200)
    reached = models.PositiveIntegerField(null=True, blank=True)
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name = "destinataire"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(line__in=Line.values), name="address_line_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(group_id__isnull=True), name="address_is_one"
            ),
            models.UniqueConstraint(
                fields=["message", "person"], condition=Q(person__isnull=False), name="address_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["message", "group_id"],
                condition=Q(group_id__isnull=False),
                name="address_once_a_group",
            ),
        ]
        indexes = [models.Index(fields=["message"], name="address_by_message")]

    def __str__(self) -> str:
        return f"{self.line} {self.label}"


class Folder(models.Model):
    """A folder of one's own, for what one received."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=60)

    class Meta:
        verbose_name = "dossier de messages"
        constraints = [
            models.UniqueConstraint("person", Lower("name"), name="message_folder_once"),
            models.CheckConstraint(condition=~Q(name=""), name="message_folder_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Copy(models.Model):
    """What someone holds of a message, theirs alone: they read it, put it away, throw it away.

    `at` is when it is in the box: an instant to come where it waits for the morning. `line` is how they were
    addressed; empty for the author's.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="copies", db_index=False)
    box = models.CharField(max_length=5, choices=Box)
    line = models.CharField(max_length=6, choices=Line, blank=True, default="")
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "exemplaire d’un message"
        constraints = [
            models.UniqueConstraint(fields=["message", "person", "box"], name="copy_once"),
            models.CheckConstraint(condition=Q(box__in=Box.values), name="copy_box_known"),
            models.CheckConstraint(
                condition=Q(box=Box.RECEIVED, line__in=Line.values) | ~Q(box=Box.RECEIVED) & Q(line=""),
                name="copy_line_of_what_was_received",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "box", "-at", "-id"],
                condition=Q(trashed_at__isnull=True, folder__isnull=True),
                name="copy_by_box",
            ),
            models.Index(
                fields=["folder", "-at", "-id"],
                condition=Q(trashed_at__isnull=True, folder__isnull=False),
                name="copy_by_folder",
            ),
            models.Index(
                fields=["person", "-trashed_at"],
                condition=Q(trashed_at__isnull=False),
                name="copy_in_the_trash",
            ),
            models.Index(
                fields=["person", "at"],
                condition=Q(box=Box.RECEIVED, read_at__isnull=True, trashed_at__isnull=True),
                name="copy_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.box} {self.message_id}"


class Attachment(models.Model):
    """A file joined to a message, or a picture shown in its text (`inline`). It holds its content once,
    however many hold the message."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments", db_index=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    inline = models.BooleanField(default=False)

    class Meta:
        verbose_name = "pièce jointe"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=0), name="attachment_counts_bytes")]
        indexes = [models.Index(fields=["message"], name="attachment_by_message")]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """What someone ends their messages with: HTML that `ui.rich_text` cleaned."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    body = models.TextField(blank=True, default="")
    on = models.BooleanField(default=True)

    class Meta:
        verbose_name = "signature"

    def __str__(self) -> str:
        return f"{self.person_id}"


class Stop(models.Model):
    """Sending stopped: for a profile or all, in a school, a district, an academy, or everywhere (no place); or
    for one person, wherever they write: the place is then whose administrators let them send again."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    district = models.ForeignKey(
        "schools.District", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    academy = models.ForeignKey(
        "schools.Academy", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    profile = models.CharField(max_length=8, choices=Profile, blank=True, default="")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, default="")
    by = models.UUIDField()
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "arrêt des envois"
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=True, district__isnull=True)
                | Q(school__isnull=True, academy__isnull=True)
                | Q(district__isnull=True, academy__isnull=True),
                name="stop_has_one_place",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("at")), name="stop_lifted_after"
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.profile or 'all'} {self.school_id or self.district_id or self.academy_id or 'everywhere'}"
        )
