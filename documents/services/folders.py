"""Folders are made."""

from accounts.models import User
from core import audit
from documents.enums import FOLDER
from documents.models import Folder
from documents.services import quota
from documents.services.naming import free_name, hold_folder
from sharing.models import Resource
from sharing.services import resources


def create_folder(*, by: User, title: str, parent: Resource | None = None) -> Resource:
    """A folder of `by`'s, at their root or in a folder to which they contribute; numbered where they have
    one of that name there. Raises CannotAddThere, InTrash."""
    with audit.acting(by=by):
        hold_folder(parent)
        quota.held(by)
        name = free_name(title, owner=by, parent=parent)
        made = resources.create(owner=by, kind=FOLDER, title=name, parent=parent, by=by)
        Folder.objects.create(resource=made)
    return made
