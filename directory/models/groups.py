"""Groups: those of scolarity are read from who belongs where; only manual ones hold rows."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from accounts.enums import Profile
from directory import labels
from directory.enums import GroupKind
from directory.models.belonging import SchoolClass
from schools.models import School


class Group(models.Model):
    """A group of people of a school. Those of scolarity take their name from their class or school."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=GroupKind)
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    school_class = models.ForeignKey(SchoolClass, on_delete=models.CASCADE, null=True, blank=True)
    profile = models.CharField(max_length=8, choices=Profile, null=True, blank=True)
    name = models.CharField(max_length=120, blank=True, default="", db_default="")
    # A protected group is renamed and deleted by nobody.
    protected = models.BooleanField(default=False, db_default=False)
    # Whether relatives and pupils who are in a manual group may write to it and share with it.
    open_to_members = models.BooleanField(default=False, db_default=False)
    created_by = models.UUIDField(null=True, blank=True)
    # Of a manual group, the school year that it serves: that of its creation, or the last it was kept for.
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "groupe"
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "profile"],
                condition=Q(kind="CLASS"),
                name="class_group_once_per_profile",
            ),
            models.UniqueConstraint(
                fields=["school", "profile"], condition=Q(kind="SCHOOL"), name="school_group_once_per_profile"
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(kind="DIRECTION"), name="direction_group_once_per_school"
            ),
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(protected=True), name="protected_group_once_per_school"
            ),
            models.CheckConstraint(
                condition=Q(kind="CLASS", school_class__isnull=False, profile__isnull=False, name="")
                | Q(kind="SCHOOL", school_class__isnull=True, profile__isnull=False, name="")
                | Q(kind="DIRECTION", school_class__isnull=True, profile__isnull=True, name="")
                | (Q(kind="MANUAL", school_class__isnull=True, profile__isnull=True) & ~Q(name="")),
                name="group_kind_fits_columns",
            ),
            models.CheckConstraint(
                condition=Q(protected=False) | Q(kind="MANUAL"), name="only_manual_groups_are_protected"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.profile or ''} {self.school_class_id or self.school_id}"

    @property
    def label(self) -> str:
        """The name on screen: « Élèves du CP A », « Direction de l’école des Tilleuls », or its own.

        Reads its class and school: select them with it.
        """
        if self.kind == GroupKind.MANUAL:
            return self.name
        if self.kind == GroupKind.DIRECTION:
            return labels.direction(self.school.name)
        if self.kind == GroupKind.CLASS and self.school_class is not None:
            return labels.class_group(Profile(self.profile), self.school_class.label)
        return labels.school_group(Profile(self.profile), self.school.name)


class Membership(models.Model):
    """A person in a manual group, edited only by hand; those who left the school stay, marked."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    added_by = models.UUIDField(null=True, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = "membre d’un groupe manuel"
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="member_once_per_group")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class ScolarityMembership(models.Model):
    """Who is in which group of scolarity, read from a view and never stored.

    `through` is the pupil by whom a relative is in the group; the person themself elsewhere.
    """

    pk = models.CompositePrimaryKey("group_id", "person_id", "through_id")
    group = models.ForeignKey(Group, on_delete=models.DO_NOTHING, related_name="scolarity_members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="scolarity_memberships"
    )
    through = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        db_table = "directory_scolarity_membership"
        verbose_name = "membre d’un groupe de scolarité"

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"
