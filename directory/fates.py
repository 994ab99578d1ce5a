"""What becomes of the directory's rows about people who are erased."""

from collections.abc import Sequence

from django.db.models import Model, Q

from accounts import fates
from directory.models import (
    Administrator,
    Attachment,
    Block,
    ClassAttachment,
    Detachment,
    Favourite,
    FavouriteEntry,
    Guardianship,
    Membership,
    PhotoConsent,
    TieRestriction,
)

COVERS = (
    "directory.Administrator.person",
    "directory.Attachment.person",
    "directory.Block.person",
    "directory.ClassAttachment.person",
    "directory.Detachment.person",
    "directory.Favourite.owner",
    "directory.FavouriteEntry.person",
    "directory.Guardianship.pupil",
    "directory.Guardianship.relative",
    "directory.Membership.person",
    "directory.PhotoConsent.pupil",
    "directory.PhotoConsent.relative",
    "directory.TieRestriction.pupil",
    "directory.TieRestriction.relative",
    # The view follows its tables: nothing of it is stored.
    "directory.ScolarityMembership.person",
    "directory.ScolarityMembership.through",
)


def erase(people: Sequence[int]) -> None:
    """Where they belonged, their ties, rights and memberships go with them. A query a table."""
    _delete(FavouriteEntry, Q(person_id__in=people) | Q(favourite__owner_id__in=people))
    _delete(Favourite, Q(owner_id__in=people))
    for owned in (Administrator, Attachment, Block, ClassAttachment, Detachment, Membership):
        _delete(owned, Q(person_id__in=people))
    for tied in (Guardianship, TieRestriction, PhotoConsent):
        _delete(tied, Q(pupil_id__in=people) | Q(relative_id__in=people))


def register() -> None:
    """To be called in `ready()`."""
    fates.register("directory", covers=COVERS, erase=erase)


def _delete(model: type[Model], which: Q) -> None:
    rows = model._default_manager.filter(which)
    rows._raw_delete(using=rows.db)
