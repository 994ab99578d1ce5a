"""What becomes of the directory's rows about people who are erased, or whose accounts are made one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q
from django.db.models.functions import Greatest

from accounts import fates
from accounts.enums import Source
from accounts.ledger import Pair
from core import audit, clock
from directory.enums import ClassRole, Scope, TieLimit
from directory.models import (
    Administrator,
    Attachment,
    Block,
    ClassAttachment,
    Detachment,
    DistinctPeople,
    Favourite,
    FavouriteEntry,
    Guardianship,
    Membership,
    PhotoConsent,
    SchoolClass,
    SheetPictures,
    TieRestriction,
)


def erase(people: Sequence[int]) -> None:
    """Where they belonged, their ties, rights and memberships go with them; a class remembers that it had
    pupils, or a teacher by hand, who kept it when its pupils' feed was undone; the log of each school, that an
    account of its was erased. A query a table."""
    _trace(people)
    had = Q(role=ClassRole.PUPIL) | Q(source=Source.MANUAL)
    theirs = ClassAttachment.objects.filter(had, person_id__in=people)
    SchoolClass.objects.filter(pk__in=theirs.values("school_class")).update(pupils_erased=True)
    _delete(FavouriteEntry, Q(person_id__in=people) | Q(favourite__owner_id__in=people))
    _delete(Favourite, Q(owner_id__in=people))
    _delete(SheetPictures, Q(pupil_id__in=people))
    _delete(DistinctPeople, Q(first_id__in=people) | Q(second_id__in=people))
    for owned in (Administrator, Attachment, Block, ClassAttachment, Detachment, Membership):
        _delete(owned, Q(person_id__in=people))
    for tied in (Guardianship, TieRestriction, PhotoConsent):
        _delete(tied, Q(pupil_id__in=people) | Q(relative_id__in=people))


def _trace(people: Sequence[int]) -> None:
    """One entry for each school that they are attached to, or whose pupils they answer for: their own account's is
    read by nobody there any more, since nobody is of a school who is no longer."""
    own = Attachment.objects.filter(person__in=people, ended_on__isnull=True).order_by("pk")
    rows = set(own.values_list("person__uuid", "school__uuid", "profile"))
    ties = Guardianship.objects.filter(
        relative__in=people, ended_on__isnull=True, pupil__attachment__ended_on__isnull=True
    )
    rows |= set(ties.values_list("relative__uuid", "pupil__attachment__school__uuid", "relative__profile"))
    audit.record_all(
        audit.Entry(verb="person.erased", subject=subject, school=school, before={"profile": profile})
        for subject, school, profile in sorted(rows, key=str)
        if school is not None
    )


def _fed(row: dict[str, Any]) -> bool:
    """What a feed states is what it will state again."""
    return bool(row["source"] != Source.MANUAL)


def _detachments(pair: Pair) -> None:
    """Whoever is in a school by one account is not detached from it by the other."""
    there = Attachment.objects.filter(person__in=pair.both, ended_on__isnull=True).values("school")
    rows = Detachment.objects.filter(person__in=pair.both, school__in=there, lifted_at__isnull=True)
    pair.drop(Detachment, dict.fromkeys(rows.values_list("pk", flat=True)))
    fates.moves("directory.Detachment.person", once=["school_id"], while_="lifted_at")(pair)


def _entries(pair: Pair) -> None:
    """One's own favourites hold others: not one's other account."""
    own = Q(favourite__owner=pair.gone, person=pair.kept) | Q(favourite__owner=pair.kept, person=pair.gone)
    pair.drop(FavouriteEntry, dict.fromkeys(FavouriteEntry.objects.filter(own).values_list("pk", flat=True)))
    fates.moves("directory.FavouriteEntry.person", once=["favourite_id"])(pair)


def _favourites(pair: Pair) -> None:
    """All of them stay; a name that both bear is numbered."""
    names = set(Favourite.objects.filter(owner=pair.kept).values_list("name", flat=True))
    theirs = Favourite.objects.filter(owner=pair.gone).order_by("pk")
    taken = names | set(theirs.values_list("name", flat=True))
    for favourite in theirs.filter(name__in=names):
        number = 2
        while (name := f"{favourite.name[:110]} ({number})") in taken:
            number += 1
        taken.add(name)
        pair.change(Favourite, favourite.pk, {"name": name})
    fates.moves("directory.Favourite.owner")(pair)


def _distinct(pair: Pair) -> None:
    """That the absorbed one is not somebody else is said of nobody any more."""
    told = DistinctPeople.objects.filter(Q(first=pair.gone) | Q(second=pair.gone))
    pair.drop(DistinctPeople, dict.fromkeys(told.values_list("pk", flat=True)))


def _classes_of_their_schools(pair: Pair) -> None:
    """A class that the account kept took meanwhile goes with the school that it is of, where that is the other
    account's again; nobody is in a class of a school that is not theirs."""
    now = ClassAttachment.objects.filter(ended_on__isnull=True)
    schools = Attachment.objects.filter(ended_on__isnull=True)
    here, there = (schools.filter(person=each).values("school") for each in (pair.kept, pair.gone))
    astray = now.filter(person=pair.kept).exclude(school_class__school__in=here)
    known = now.filter(person=pair.gone).values("school_class")
    passing = astray.filter(school_class__school__in=there).exclude(school_class__in=known)
    passing.update(person=pair.gone)
    astray.update(ended_on=Greatest(F("since"), clock.today()), ended_by=audit.actor())


def _parted(pair: Pair) -> None:
    """What came back as it was, and the year or the school that it is of did not: a detachment of a year that has
    ended since, the administration of a director whose school is not theirs any more."""
    over = Detachment.objects.filter(person__in=pair.both, lifted_at__isnull=True)
    over.filter(running_year__lt=F("school__class_year")).update(
        lifted_at=clock.now(), lifted_by=audit.actor()
    )
    there = Attachment.objects.filter(
        person=OuterRef("person"), school=OuterRef("school"), ended_on__isnull=True
    )
    named = Administrator.objects.filter(
        person__in=pair.both, scope=Scope.SCHOOL, ended_on__isnull=True
    ).exclude(source=Source.MANUAL)
    named.filter(~Exists(there)).update(ended_on=Greatest(F("since"), clock.today()))
    _classes_of_their_schools(pair)


MERGES = {
    # Before attachments move: they are compared.
    "directory.Detachment.person": _detachments,
    "directory.Administrator.person": fates.moves(
        "directory.Administrator.person",
        once=["scope", "school_id", "district_id", "academy_id", "source"],
        while_="ended_on",
    ),
    "directory.Attachment.person": fates.moves(
        "directory.Attachment.person", once=["school_id"], while_="ended_on", best=_fed
    ),
    "directory.ClassAttachment.person": fates.moves(
        "directory.ClassAttachment.person", once=["school_class_id"], while_="ended_on", best=_fed
    ),
    "directory.Block.person": fates.moves("directory.Block.person"),
    "directory.DistinctPeople.first": _distinct,
    "directory.DistinctPeople.second": fates.stays,
    "directory.FavouriteEntry.person": _entries,
    "directory.Favourite.owner": _favourites,
    "directory.Guardianship.pupil": fates.moves(
        "directory.Guardianship.pupil", once=["relative_id"], while_="ended_on", best=_fed
    ),
    "directory.Guardianship.relative": fates.moves(
        "directory.Guardianship.relative", once=["pupil_id"], while_="ended_on", best=_fed
    ),
    "directory.Membership.person": fates.moves("directory.Membership.person", once=["group_id"]),
    # The strictest word holds, on pictures and on ties.
    "directory.PhotoConsent.pupil": fates.moves(
        "directory.PhotoConsent.pupil",
        once=["said_by", "relative_id"],
        best=lambda row: not row["allowed"],
    ),
    "directory.PhotoConsent.relative": fates.moves(
        "directory.PhotoConsent.relative", once=["pupil_id"], best=lambda row: not row["allowed"]
    ),
    "directory.SheetPictures.pupil": fates.moves("directory.SheetPictures.pupil", once=["sheet_id"]),
    "directory.TieRestriction.pupil": fates.moves(
        "directory.TieRestriction.pupil",
        once=["relative_id"],
        while_="lifted_at",
        best=lambda row: row["limit"] == TieLimit.ENDED,
    ),
    "directory.TieRestriction.relative": fates.moves(
        "directory.TieRestriction.relative",
        once=["pupil_id"],
        while_="lifted_at",
        best=lambda row: row["limit"] == TieLimit.ENDED,
    ),
    # The view follows its tables: nothing of it is stored.
    "directory.ScolarityMembership.person": fates.stays,
    "directory.ScolarityMembership.through": fates.stays,
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("directory", covers=list(MERGES), erase=erase, merges=MERGES, unmerged=_parted)


def _delete(model: type[Model], which: Q) -> None:
    rows = model._default_manager.filter(which)
    rows._raw_delete(using=rows.db)
