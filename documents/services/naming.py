"""A name is an owner's once in a folder: the second is numbered."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core.storage.names import clean_name, numbered
from documents.enums import KINDS
from documents.models import File
from documents.services import quota
from sharing.models import Resource
from sharing.services import resources


def free_name(name: str, *, owner: User, parent: Resource | None, but: int | None = None) -> str:
    """`name` cleaned, and numbered « (2) » where the owner has it there already.

    The caller holds the folder, or the owner's allowance: nobody else's act comes between.
    """
    there = _there().filter(owner=owner, parent=parent)
    if but is not None:
        there = there.exclude(pk=but)
    taken = {title.casefold() for title in there.values_list("title", flat=True)}
    return numbered(clean_name(name), taken)


def free_names(names: Sequence[str], *, owner: User, parent: Resource | None) -> list[str]:
    """`free_name` for several that come together, each numbered after those before it. One query."""
    there = _there().filter(owner=owner, parent=parent)
    taken = {title.casefold() for title in there.values_list("title", flat=True)}
    free = []
    for name in names:
        free.append(numbered(clean_name(name), taken))
        taken.add(free[-1].casefold())
    return free


def number_where_taken(things: Sequence[Resource]) -> None:
    """Things come to folders, or to their owners' roots, are numbered where their owner has that name there,
    each after those before it. A school's are left as they are. Five queries at most, whatever their number.
    """
    come = [each for each in things if each.owner_id is not None]
    if not come:
        return
    owners = {each.owner_id for each in come if each.owner_id is not None}
    quota.hold_all(owners)
    places = {each.parent_id for each in come}
    here = Q(parent__in=[key for key in places if key is not None])
    if None in places:
        here |= Q(parent__isnull=True)
    there = _there().filter(here, owner__in=owners)
    taken: defaultdict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    for owner, parent, title in there.exclude(pk__in=[each.pk for each in come]).values_list(
        "owner_id", "parent_id", "title"
    ):
        taken[owner, parent].add(title.casefold())
    named = {}
    for each in come:
        names = taken[each.owner_id, each.parent_id]
        title = numbered(each.title, names)
        names.add(title.casefold())
        if title != each.title:
            named[each] = title
    if named:
        resources.retitle(named)


def _there() -> QuerySet[Resource, Any]:
    """Folders and files that have a name among others: what applications keep is in a list of its own."""
    found: QuerySet[Resource, Any] = Resource.objects.filter(kind__in=KINDS, trashed_at__isnull=True)
    return found.exclude(Exists(File.objects.filter(pk=OuterRef("pk"), kept=True)))


def hold_folder(parent: Resource | None) -> Resource | None:
    """The folder as it is now, held before anybody's allowance is."""
    if parent is None:
        return None
    return Resource.objects.select_for_update(no_key=True).get(pk=parent.pk)
