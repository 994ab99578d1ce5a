"""Who belongs where: the tables that everything else reads rights from."""

from directory.models.administrators import Administrator, Block, Detachment
from directory.models.belonging import Attachment, ClassAttachment, SchoolClass
from directory.models.class_sheets import ClassSheet, SheetPictures
from directory.models.communication import CommunicationRule
from directory.models.duplicates import DistinctPeople
from directory.models.families import Guardianship, PhotoConsent, TieRestriction
from directory.models.favourites import Favourite, FavouriteEntry
from directory.models.groups import Group, Membership, ScolarityMembership

__all__ = [
    "Administrator",
    "Attachment",
    "Block",
    "ClassAttachment",
    "ClassSheet",
    "CommunicationRule",
    "Detachment",
    "DistinctPeople",
    "Favourite",
    "FavouriteEntry",
    "Group",
    "Guardianship",
    "Membership",
    "PhotoConsent",
    "SchoolClass",
    "ScolarityMembership",
    "SheetPictures",
    "TieRestriction",
]
