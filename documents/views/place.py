"""Where a page stands: a space or a folder, the way to it, what may be done there; and the tabs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.text import uuid_of
from documents import querysets
from documents.enums import FOLDER
from documents.models import File
from documents.views.requests import person_of, seen
from sharing.enums import Role
from sharing.models import Resource
from sharing.reaching import reach_in
from sharing.rules import Act, may

MINE, SHARED, STARRED, ATTACHED, TRASH = "mine", "shared", "starred", "attached", "trash"
_TITLES = {
    MINE: "Mes documents",
    SHARED: "Partagés avec moi",
    STARRED: "Mes favoris",
    ATTACHED: "Documents ajoutés dans les applis",
    TRASH: "Corbeille",
}
_TABS = (
    (MINE, "Mes documents", "documents:index", "folder"),
    (SHARED, "Partagés avec moi", "documents:shared", "users"),
    (STARRED, "Mes favoris", "documents:starred", "star"),
    (ATTACHED, "Ajoutés dans les applis", "documents:attached", "apps"),
    (TRASH, "Corbeille", "documents:trashed", "trash"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`trail` are pairs (label, address) from the top to the folder above."""

    tab: str
    title: str
    url: str
    folder: Resource | None = None
    role: Role = Role.MANAGE
    trail: tuple[tuple[str, str], ...] = ()
    may_add: bool = False

    @property
    def uuid(self) -> UUID | None:
        """The folder's, None at the root of a space."""
        return self.folder.uuid if self.folder else None

    @property
    def may_share(self) -> bool:
        return self.folder is not None and may(self.role, Act.SHARE)


def space(tab: str) -> Place:
    """The top of a space. Files are added in one's own alone."""
    name = next(name for key, _, name, _ in _TABS if key == tab)
    return Place(tab=tab, title=_TITLES[tab], url=reverse(name), may_add=tab == MINE)


def above(request: HttpRequest, resource: Any) -> list[Any]:
    """The folders above a thing that the person sees, outermost first."""
    return querysets.above(person_of(request), resource, reach_in(request))


def inside(request: HttpRequest, folder: Any) -> Place:
    """A folder of `seen`. The way to it names only the folders that the person sees."""
    person = person_of(request)
    ways = above(request, folder)
    top = ways[0] if ways else folder
    tab = MINE if top.owner_id == person.pk else SHARED
    start = space(tab)
    trail = [(start.title, start.url)]
    trail += [(each.title, reverse("documents:folder", args=[each.uuid])) for each in ways]
    return Place(
        tab=tab,
        title=folder.title,
        url=reverse("documents:folder", args=[folder.uuid]),
        folder=folder,
        role=Role(folder.my_role),
        trail=tuple(trail),
        may_add=may(folder.my_role, Act.ADD) and folder.trashed_at is None,
    )


def around(request: HttpRequest, resource: Any) -> tuple[tuple[str, str], ...]:
    """The way to a thing: its space, then the folders above it that the person sees."""
    here = inside(request, resource)
    return here.trail


def asked(request: HttpRequest) -> Place:
    """Where to add: the folder named by `dossier`, else one's own root. A 404 where it is not seen."""
    text = request.POST.get("dossier") or request.GET.get("dossier") or ""
    if not text or text == "None":
        return space(MINE)
    folder = get_object_or_404(seen(request), kind=FOLDER, trashed_at=None, uuid=uuid_of(text))
    return inside(request, folder)


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The spaces; that of the applications once one of them keeps something here. One query."""
    person = person_of(request)
    kept = File.objects.filter(kept=True, resource__owner=person).exists()
    return [
        {"label": label, "url": reverse(name), "icon": icon, "current": key == current}
        for key, label, name, icon in _TABS
        if key != ATTACHED or kept or current == ATTACHED
    ]
