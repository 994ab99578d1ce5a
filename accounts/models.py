"""Who a person is: names, keys, credentials, life cycle. Where they belong is the directory's."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from accounts.enums import Drawing, JoiningKind, Lifecycle, Profile, Source
from accounts.querysets import NAME_WORDS, Persons, UserQuerySet
from accounts.rules import MOTTO_LENGTH
from core.storage.models import Blob
from schools.models import Academy


class User(AbstractBaseUser):
    """A person's account. `username` is kept for life; a feed never touches it, nor the password."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    username = models.CharField("identifiant", max_length=80)
    # `username` is `login_base`, then `login_number` from the second person of that name on.
    login_base = models.CharField(max_length=61)
    login_number = models.PositiveIntegerField(default=1, db_default=1)

    profile = models.CharField("profil", max_length=8, choices=Profile)
    first_name = models.CharField("prénom", max_length=120)
    last_name = models.CharField("nom", max_length=120)
    birth_name = models.CharField("nom de naissance", max_length=120, blank=True, default="", db_default="")
    other_first_names = models.CharField(
        "autres prénoms", max_length=240, blank=True, default="", db_default=""
    )
    civility = models.CharField("civilité", max_length=12, blank=True, default="", db_default="")
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    # What the feed says, and what the person says: the second is never overwritten.
    email = models.CharField("courriel", max_length=254, blank=True, default="", db_default="")
    own_email = models.EmailField("courriel choisi", max_length=254, blank=True, default="", db_default="")
    home_phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    work_phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    mobile_phone = models.CharField(max_length=30, blank=True, default="", db_default="")
    address = models.TextField(blank=True, default="", db_default="")
    postal_code = models.CharField(max_length=12, blank=True, default="", db_default="")
    city = models.CharField(max_length=120, blank=True, default="", db_default="")
    country = models.CharField(max_length=80, blank=True, default="", db_default="")
    sort_name = models.GeneratedField(
        expression=models.Func(
            "last_name", "first_name", function="core_fold", output_field=models.TextField()
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, null=True, blank=True, db_index=False)
    source = models.CharField(max_length=8, choices=Source, default=Source.MANUAL, db_default=Source.MANUAL)
    joining_kind = models.CharField(max_length=1, choices=JoiningKind, null=True, blank=True)
    joining_key = models.CharField("clé de jointure", max_length=60, null=True, blank=True)
    ine = models.CharField("INE", max_length=20, blank=True, default="", db_default="")

    activated_at = models.DateTimeField(null=True, blank=True)
    # Counts the codes given out: the code itself is derived, never stored.
    code_counter = models.PositiveIntegerField(default=0, db_default=0)
    # A code opens a password of one's own: until first sign-in, and again after a renewal.
    code_open = models.BooleanField(default=True, db_default=True)
    charter_accepted_at = models.DateTimeField(null=True, blank=True)
    # Part of every session's seal: one more ends them all.
    session_epoch = models.PositiveIntegerField(default=0, db_default=0)
    absent_since = models.DateField(null=True, blank=True)
    pre_deleted_on = models.DateField(null=True, blank=True)
    # Of this absence alone, and forgotten at its end: told that the account will close; asked that what was
    # left in shared spaces goes with it.
    leaving_told_on = models.DateField(null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    # A duplicate, absorbed by the account of the same person: its login and its keys live on for that one.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    # What a person says of themself, which no feed touches: a photo for adults, a drawing for pupils.
    photo = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    drawing = models.CharField(
        "dessin", max_length=12, choices=Drawing, blank=True, default="", db_default=""
    )
    motto = models.CharField("devise", max_length=MOTTO_LENGTH, blank=True, default="", db_default="")

    # People are made by `accounts.services`, never by a manager. `objects` knows persons: each once.
    # `everyone` knows accounts, the absorbed too: for logins, keys, and the names that history bears.
    objects = Persons()
    everyone = UserQuerySet.as_manager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name", "profile"]

    class Meta:
        verbose_name = "personne"
        # Declared here, not on the fields: a text field's own index comes with a second one, for LIKE, of no use.
        constraints = [
            models.UniqueConstraint(fields=["username"], name="username_once"),
            models.UniqueConstraint(
                fields=["academy", "joining_kind", "joining_key"],
                condition=Q(joining_key__isnull=False),
                name="joining_key_once_per_academy_and_kind",
            ),
            models.CheckConstraint(condition=Q(profile__in=Profile.values), name="user_profile_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="user_source_known"),
            models.CheckConstraint(
                condition=Q(joining_key__isnull=True, joining_kind__isnull=True)
                | Q(joining_key__isnull=False, joining_kind__isnull=False, academy__isnull=False),
                name="joining_key_has_kind_and_academy",
            ),
            models.CheckConstraint(
                condition=Q(joining_kind__isnull=True)
                | Q(joining_kind="P", profile="PUPIL")
                | Q(joining_kind="R", profile="RELATIVE")
                | Q(joining_kind="S", profile__in=["TEACHER", "STAFF"]),
                name="joining_kind_fits_profile",
            ),
            models.CheckConstraint(
                condition=Q(activated_at__isnull=False) | Q(password=""), name="password_only_once_activated"
            ),
            models.CheckConstraint(
                condition=Q(pre_deleted_on__isnull=True) | Q(absent_since__isnull=False),
                name="pre_deleted_only_after_absence",
            ),
            models.CheckConstraint(
                condition=Q(absent_since__isnull=False)
                | Q(leaving_told_on__isnull=True, objected_at__isnull=True),
                name="told_and_objecting_while_absent",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="absorbed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(photo__isnull=True) | ~Q(profile="PUPIL"), name="photo_of_an_adult"
            ),
            models.CheckConstraint(condition=Q(drawing="") | Q(profile="PUPIL"), name="drawing_of_a_pupil"),
        ]
        indexes = [
            models.Index(fields=["login_base"], name="user_login_base"),
            models.Index(fields=["ine"], name="user_ine", condition=~Q(ine="")),
            models.Index(
                fields=["absent_since"], name="user_absent", condition=Q(absent_since__isnull=False)
            ),
            models.Index(
                fields=["merged_into"], name="user_absorbed", condition=Q(merged_into__isnull=False)
            ),
            # The console walks people in order; what is rare among them has an order of its own.
            models.Index(fields=["sort_name", "id"], name="user_by_name"),
            models.Index(
                fields=["profile", "sort_name", "id"],
                condition=Q(profile__in=[Profile.TEACHER, Profile.STAFF, Profile.GUEST]),
                name="user_adults_by_name",
            ),
            models.Index(
                fields=["source", "sort_name", "id"],
                condition=Q(source__in=[Source.MANUAL, Source.ONDE_CSV]),
                name="user_other_sources_by_name",
            ),
            models.Index(
                fields=["sort_name", "id"],
                condition=Q(pre_deleted_on__isnull=False),
                name="user_pre_deleted_by_name",
            ),
            models.Index(fields=["created_at"], name="user_created_at"),
            models.Index(fields=["photo"], condition=Q(photo__isnull=False), name="user_photo"),
            GinIndex(NAME_WORDS, name="user_words"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name, then name of use, as shown everywhere."""
        return f"{self.first_name} {self.last_name}"

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def holder(self) -> "User":
        """The person of this account: whose it is now, when it was absorbed. Select `merged_into` with it."""
        return self.merged_into or self

    @property
    def holder_id(self) -> int:
        """The key of `holder`, without reading it."""
        return self.merged_into_id or self.pk

    @property
    def contact_email(self) -> str:
        """Where to write: the person's own choice, else what the feed says."""
        return self.own_email or self.email

    @property
    def lifecycle(self) -> Lifecycle:
        if self.pre_deleted_on is not None:
            return Lifecycle.PRE_DELETED
        if self.absent_since is not None:
            return Lifecycle.ABSENT
        return Lifecycle.ACTIVE if self.activated_at else Lifecycle.NEVER_ACTIVATED

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's word for "may hold a session"; blocks are asked of the gates."""
        return True

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """The seal of a session: broken by a new password, and by signing out everywhere."""
        sealed = f"{self.password}:{self.session_epoch}"
        return salted_hmac("accounts.session", sealed, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """No Django permissions here: rights are rules of the rooms."""
        return False


class RetiredLogin(models.Model):
    """A login whose account was deleted: nobody gets it again."""

    login_base = models.CharField(max_length=61)
    login_number = models.PositiveIntegerField()

    class Meta:
        verbose_name = "identifiant retiré"
        constraints = [
            models.UniqueConstraint(fields=["login_base", "login_number"], name="login_retired_once"),
        ]

    def __str__(self) -> str:
        return f"{self.login_base}{self.login_number if self.login_number > 1 else ''}"


class OpenSession(models.Model):
    """A session under way, as its person may know it: which browser, since when, used when. No address.

    `seal` is that of its person at the time: once theirs changed (a new password, signing out everywhere),
    the session is no more.
    """

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    seal = models.CharField(max_length=64)
    device = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        verbose_name = "session ouverte"
        ordering = ["-used_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["key"], name="open_session_once")]
        indexes = [models.Index(fields=["used_at"], name="open_session_used")]

    def __str__(self) -> str:
        return f"{self.device} ({self.person_id})"


class Takeout(models.Model):
    """An archive of what a person made and holds, theirs alone: asked for, then made by `job` (its UUID), then
    held until `kept_until`. `blob` counts for no quota; `files` and `missing` say how many things are in it,
    and how many could not be read."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    job = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    kept_until = models.DateTimeField(null=True, blank=True)
    blob = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=255, blank=True, default="", db_default="")
    files = models.PositiveIntegerField(default=0, db_default=0)
    missing = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = "archive de contenus"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(blob__isnull=True, made_at__isnull=True, kept_until__isnull=True)
                | Q(blob__isnull=False, made_at__isnull=False, kept_until__isnull=False),
                name="takeout_made_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kept_until"], condition=Q(kept_until__isnull=False), name="takeout_kept_until"
            ),
        ]

    def __str__(self) -> str:
        return f"takeout of {self.person_id}"


class Merge(models.Model):
    """Two accounts of one person made one: `gone` was absorbed by `kept`; what moved is in its `rows`."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    kept = models.ForeignKey(User, on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absorptions")
    at = models.DateTimeField()
    by = models.UUIDField(null=True, blank=True)
    # How many rows moved, by table, as they were told at the time.
    figures = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = "réunion de deux comptes"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept=models.F("gone")), name="merge_joins_two_accounts"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class MergedRows(models.Model):
    """What a merge did to some rows of one table of a room, exactly, until it is undone: moved them from
    one account to the other (`keys`), set them aside or changed them (`rows`, with what they held)."""

    class Act(models.TextChoices):
        MOVED = "MOVED", "passées"
        DROPPED = "DROPPED", "mises de côté"
        CHANGED = "CHANGED", "changées"
        ADDED = "ADDED", "ajoutées"

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
    room = models.CharField(max_length=30)
    model = models.CharField(max_length=60)
    act = models.CharField(max_length=7, choices=Act)
    # The column by which `keys` and `rows` name rows; of rows that moved, the one that changed.
    key = models.CharField(max_length=60)
    column = models.CharField(max_length=60, blank=True, default="", db_default="")
    keys = ArrayField(models.BigIntegerField(), default=list)
    rows = models.JSONField(default=list)

    class Meta:
        verbose_name = "lignes d’une réunion"

    def __str__(self) -> str:
        return f"{self.merge_id}: {self.act} {self.model}"
