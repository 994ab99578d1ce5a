"""Two accounts of one person, among people who know either, for tests of merges."""

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from core import clock
from directory.models import Favourite, FavouriteEntry, Group, SchoolClass
from documents.models import Comment, Star
from schools.models import School
from sharing.enums import Reason, Role
from sharing.models import Grant, Handover, Resource
from sharing.services.withdraw import withdraw
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    BlockFactory,
    ClassAttachmentFactory,
    DetachmentFactory,
    GroupFactory,
    GuardianshipFactory,
    MembershipFactory,
    PhotoConsentFactory,
    TieRestrictionFactory,
)
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.documents import factories as documents
from tests.feeds.whole import Whole, differences, whole
from tests.sharing.factories import GrantFactory

# What a merge writes of itself, and who came in since.
ITSELF = ("accounts_merge", "accounts_mergedrows", "core_auditentry", "django_session")
BORN = date(2018, 3, 14)


@dataclass
class TwinWorld:
    """`kept` and `gone` are one person's; the director administers the school of both."""

    home: SchoolWorld
    kept: User
    gone: User

    @property
    def school(self) -> School:
        return self.home.school

    @property
    def director(self) -> User:
        return self.home.director

    def fresh(self, person: User) -> User:
        return User.everyone.get(pk=person.pk)


def twins(profile: str = "teacher", **traits: Any) -> TwinWorld:
    """Two accounts of one name, made by hand and in use, attached to one school (relatives: by a child each)."""
    home = school_world()
    traits = {profile: True, "activated": True, "first_name": "Maëlle", "last_name": "Le Goff"} | traits
    kept, gone = PersonFactory(**traits), PersonFactory(**traits)
    for person, pupil in zip((kept, gone), home.classes[0].pupils, strict=False):
        if profile == "relative":
            GuardianshipFactory(relative=person, pupil=pupil)
        else:
            AttachmentFactory(person=person, school=home.school)
    return TwinWorld(home, kept, gone)


def snapshot() -> Whole:
    """Every row of every table, but for what a merge says of itself and the epochs of sessions."""
    found = whole(but=ITSELF)
    found["accounts_user"] = [row for row in found["accounts_user"] if row]
    return found


def changed(before: Whole, after: Whole) -> dict[str, Any]:
    """What differs, epochs of sessions apart: those of both have ended."""
    said = differences(before, after)
    users = said.pop("accounts_user", {"gone": [], "new": []})
    bare = [
        [{name: value for name, value in row.items() if name != "session_epoch"} for row in users[side]]
        for side in ("gone", "new")
    ]
    if sorted(map(str, bare[0])) != sorted(map(str, bare[1])):
        said["accounts_user"] = {"gone": bare[0], "new": bare[1]}
    return said


def whose(dice: random.Random, world: TwinWorld) -> list[User]:
    """Neither, either or both."""
    return dice.choice([[], [world.kept], [world.gone], [world.kept, world.gone]])


def fill(world: TwinWorld, dice: random.Random) -> None:
    """Gives the two things of every kind that a person may have, at random."""
    _fill_directory(world, dice)
    others = [world.director, *(teacher_at(world.school) for _ in range(2))]
    for number, owner in enumerate([world.kept, world.gone, *others] * 2):
        folder = documents.folder(owner, f"Dossier {number}")
        file = documents.file(owner, f"mots {number}.txt", b"m" * dice.randint(1, 9), folder=folder)
        _fill_resource(folder, world, dice)
        _fill_resource(file, world, dice)


def _fill_directory(world: TwinWorld, dice: random.Random) -> None:
    classes: list[SchoolClass] = [each.school_class for each in world.home.classes]
    for school_class in classes:
        for person in whose(dice, world):
            ClassAttachmentFactory(person=person, school_class=school_class, by_hand=dice.random() < 0.5)
    for _ in range(3):
        group: Group = GroupFactory(school=world.school)
        for person in whose(dice, world):
            MembershipFactory(group=group, person=person)
    for person in whose(dice, world):
        AdministratorFactory(person=person, school=world.school)
    for person in whose(dice, world):
        BlockFactory(person=person, lifted=dice.random() < 0.5)
    elsewhere = school_world().school
    for person in whose(dice, world):
        DetachmentFactory(person=person, school=elsewhere, lifted=dice.random() < 0.3)
    for owner in whose(dice, world):
        for name in dice.sample(["Maitres", "Cantine", "APE"], 2):
            favourite = Favourite.objects.create(owner=owner, name=name, created_at=clock.now())
            FavouriteEntry.objects.create(favourite=favourite, person=world.director)
            other = world.gone if owner == world.kept else world.kept
            FavouriteEntry.objects.create(favourite=favourite, person=other)
    theirs = Favourite.objects.create(owner=world.director, name="Équipe", created_at=clock.now())
    for person in whose(dice, world):
        FavouriteEntry.objects.create(favourite=theirs, person=person)


def fill_family(world: TwinWorld, dice: random.Random) -> None:
    """Of two accounts of a relative: children, words on pictures, decisions of the direction."""
    for pupil in world.home.classes[0].pupils:
        for person in whose(dice, world):
            if not person.guardianships.filter(pupil=pupil).exists():
                GuardianshipFactory(relative=person, pupil=pupil, by_hand=dice.random() < 0.5)
        for person in whose(dice, world):
            PhotoConsentFactory(pupil=pupil, relative=person, said_by="RELATIVE", allowed=dice.random() < 0.5)
        for person in whose(dice, world):
            TieRestrictionFactory(pupil=pupil, relative=person, over=dice.random() < 0.5)


def _fill_resource(resource: Resource, world: TwinWorld, dice: random.Random) -> None:
    for person in whose(dice, world):
        if person.pk != resource.owner_id:
            GrantFactory(resource=resource, person=person, role=dice.choice(list(Role)))
    for person in whose(dice, world):
        Star.objects.create(person=person, resource=resource, at=clock.now())
        Comment.objects.create(resource=resource, author=person, text="Bien.", at=clock.now())
    if dice.random() < 0.3:
        to = dice.choice([world.kept, world.gone])
        if to.pk != resource.owner_id:
            Handover.objects.create(resource=resource, to=to, by=world.director.uuid, at=clock.now())
    if dice.random() < 0.3:
        withdraw(
            grants=Grant.objects.filter(resource=resource), reason=Reason.REMOVED, by=world.director.uuid
        )
