"""A name is an owner's once in a folder: the second is numbered."""

from collections.abc import Sequence

from accounts.models import User
from core.storage.names import clean_name, numbered
from documents.services import quota
from sharing.models import Resource
from sharing.services import resources


def free_name(name: str, *, owner: User, parent: Resource | None, but: int | None = None) -> str:
    """`name` cleaned, and numbered « (2) » where the owner has it there already.

    The caller holds the folder, or the owner's allowance: nobody else's act comes between.
    """
    there = Resource.objects.filter(owner=owner, parent=parent, trashed_at__isnull=True)
    if but is not None:
        there = there.exclude(pk=but)
    taken = {title.casefold() for title in there.values_list("title", flat=True)}
    return numbered(clean_name(name), taken)


def free_names(names: Sequence[str], *, owner: User, parent: Resource | None) -> list[str]:
    """`free_name` for several that come together, each numbered after those before it. One query."""
    there = Resource.objects.filter(owner=owner, parent=parent, trashed_at__isnull=True)
    taken = {title.casefold() for title in there.values_list("title", flat=True)}
    free = []
    for name in names:
        free.append(numbered(clean_name(name), taken))
        taken.add(free[-1].casefold())
    return free


def rename_where_taken(resource: Resource, *, by: User) -> Resource:
    """A thing come to a folder, or to its owner's root, where it is numbered if its name is taken."""
    if resource.owner is None:
        return resource
    quota.held(resource.owner)
    name = free_name(resource.title, owner=resource.owner, parent=resource.parent, but=resource.pk)
    return resource if name == resource.title else resources.rename(by=by, resource=resource, title=name)


def hold_folder(parent: Resource | None) -> Resource | None:
    """The folder as it is now, held before anybody's allowance is."""
    if parent is None:
        return None
    return Resource.objects.select_for_update(no_key=True).get(pk=parent.pk)
