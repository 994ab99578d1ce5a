"""Folders, files and their versions, what each person is charged for, and what other applications keep."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import Profile
from core.storage.models import Blob
from schools.models import School
from sharing.models import Resource


class Folder(models.Model):
    """A folder: its name, place and owner are its resource's."""

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, primary_key=True)

    class Meta:
        verbose_name = "dossier"

    def __str__(self) -> str:
        return f"folder {self.resource_id}"


class File(models.Model):
    """A file: its name, place and owner are its resource's; its content is that of the version shown.

    `size` is that content's, in bytes; `charged` what all versions weigh, which its owner is charged
    for. `current` is the number of the version shown, `last` the highest ever given. `kept` marks what
    another application keeps: shown in « Documents ajoutés dans les applis » alone.
    """

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, primary_key=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    charged = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    current = models.PositiveIntegerField(default=1)
    last = models.PositiveIntegerField(default=1)
    kept = models.BooleanField(default=False)

    class Meta:
        verbose_name = "fichier"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=0, charged__gte=F("size")), name="file_charged_for_its_content"
            ),
            models.CheckConstraint(
                condition=Q(current__gte=1, current__lte=F("last")), name="file_shows_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.resource_id}"


class FileVersion(models.Model):
    """One content of a file; each holds its blob. `by` is the UUID of whoever sent it."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=120)
    by = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "version"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="version_once_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1, size__gte=0), name="version_number_and_size"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Star(models.Model):
    """A person's own mark on a folder or a file."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, db_index=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="stars")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "favori"
        constraints = [
            models.UniqueConstraint(fields=["person", "resource"], name="star_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} * {self.resource_id}"


class Comment(models.Model):
    """What somebody says of a file. It stays, unsigned, when their account is deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    text = models.TextField(max_length=2_000)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "commentaire"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="comment_says_something")]
        indexes = [models.Index(fields=["resource", "at"], name="comment_by_resource")]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.text[:40]}"


class Returned(models.Model):
    """A note to someone: so many of their things came back to their root, from a folder that went. `of` is
    the UUID of whose that was. It is deleted once it was read."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    folder = models.CharField(max_length=255)
    of = models.UUIDField(null=True, blank=True)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "documents rendus"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.count} to {self.person_id}"


class Allowance(models.Model):
    """The space of one person. `used` is what the versions of all their files weigh, in bytes, those in the
    trash too; `held` what they hold in other applications (messages with their files); `limit` stands for
    that of their profile, where an administrator set one."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    used = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0, db_default=0)
    limit = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "espace de stockage"
        constraints = [
            models.CheckConstraint(
                condition=Q(used__gte=0, held__gte=0) & (Q(limit__isnull=True) | Q(limit__gte=0)),
                name="allowance_counts_bytes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.used}"


class SchoolAllowance(models.Model):
    """The space that a school gives to one of its profiles, in bytes, instead of the site's."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, db_index=False)
    profile = models.CharField(max_length=8, choices=Profile)
    limit = models.BigIntegerField()

    class Meta:
        verbose_name = "espace de stockage d’une école"
        constraints = [
            models.UniqueConstraint(fields=["school", "profile"], name="school_allowance_once"),
            models.CheckConstraint(condition=Q(limit__gte=0), name="school_allowance_counts_bytes"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.profile}: {self.limit}"


class Use(models.Model):
    """Where an application uses a file that it keeps here: `space` is a key of `documents.spaces`,
    `subject` the application's own thing, `label` its name for the reader. `inline`: a picture that the thing's
    text shows; `caption`: what is said of it there."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="uses", db_index=False)
    space = models.CharField(max_length=40)
    subject = models.UUIDField()
    label = models.CharField(max_length=255)
    at = models.DateTimeField()
    inline = models.BooleanField(default=False, db_default=False)
    caption = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        verbose_name = "emploi d’un document"
        constraints = [
            models.UniqueConstraint(fields=["file", "space", "subject"], name="use_once_per_subject"),
        ]
        indexes = [models.Index(fields=["space", "subject"], name="use_by_subject")]

    def __str__(self) -> str:
        return f"{self.file_id} in {self.space}"
