"""The two kinds of resource of the Espace documentaire, as sharing asks about them."""

from collections import Counter
from collections.abc import Callable, Sequence

from django.urls import reverse

from accounts.models import User
from core.storage.services import let_go_all
from documents import spaces
from documents.enums import FILE, FOLDER
from documents.models import Comment, File, FileVersion, Folder, Star, Use
from documents.services import quota
from documents.services.returns import came_home
from sharing import kinds
from sharing.models import Resource


def erase_rows(ids: Sequence[int]) -> None:
    """Deletes the rows of these resources, frees their owners' space and lets their contents go."""
    keys = list(ids)
    files = File.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    freed: Counter[int] = Counter()
    for owner, size in files.values_list("resource__owner_id", "charged"):
        if owner is not None:
            freed[owner] -= size
    quota.settle(freed)
    versions = FileVersion.objects.filter(file__in=keys)
    let_go_all(list(versions.values_list("blob_id", flat=True)))
    for rows in (
        versions,
        Use.objects.filter(file__in=keys),
        Star.objects.filter(resource__in=keys),
        Comment.objects.filter(resource__in=keys),
        File.objects.filter(pk__in=keys),
        Folder.objects.filter(pk__in=keys),
    ):
        rows.delete()


def room_for(person: User, resources: Sequence[Resource]) -> bool:
    """Whether files that would become a person's fit, with all their versions; holds their space."""
    return quota.has_room(person, sum(_charged(resources).values()))


def moved(moves: Sequence[kinds.Moved]) -> None:
    """Files changed hands: what they weigh is counted for their new owners, whatever their limits."""
    charged = _charged([each.resource for each in moves])
    sizes: Counter[int] = Counter()
    for each in moves:
        size = charged.get(each.resource.pk, 0)
        if each.former is not None:
            sizes[each.former] -= size
        if each.to is not None:
            sizes[each.to] += size
    quota.settle(sizes)


def held_by_readers(ids: Sequence[int]) -> set[int]:
    """Files of things of which readers hold copies."""
    uses = Use.objects.filter(file__in=list(ids), space__in=spaces.of_copies())
    return set(uses.values_list("file_id", flat=True))


def _charged(resources: Sequence[Resource]) -> dict[int, int]:
    """What each file weighs, by its key. One query."""
    files = File.objects.filter(pk__in=[each.pk for each in resources])
    return dict(files.values_list("pk", "charged"))


def register() -> None:
    """To be called in `ready()`."""
    for key, label, icon, page in (
        (FOLDER, "dossier", "folder", "documents:folder"),
        (FILE, "fichier", "file", "documents:file"),
    ):
        kinds.register(
            kinds.Kind(
                key=key,
                app="documents",
                app_label="Espace documentaire",
                label=label,
                icon=icon,
                url=_page(page),
                erase=erase_rows,
                room_for=room_for if key == FILE else None,
                moved=moved if key == FILE else None,
                held=held_by_readers if key == FILE else None,
                came_home=came_home,
                own_bin=True,
            )
        )


def _page(name: str) -> Callable[[Resource], str]:
    return lambda resource: reverse(name, args=[resource.uuid])
