"""The lists: Mes documents and its folders, Partagés avec moi, Mes favoris, Documents ajoutés dans les applis,
Corbeille, and the search by name."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from documents import querysets
from documents.enums import FOLDER
from documents.forms import NewFolderForm
from documents.views import place as places
from documents.views.lists import lines
from documents.views.place import Place
from documents.views.requests import page_or_part, person_of, seen
from documents.views.returned import notes
from sharing.reaching import reach_in

PAGE = 60
LIST, GRID = "liste", "grille"
VIEWS = (
    {"key": LIST, "label": "Liste", "icon": "list"},
    {"key": GRID, "label": "Grille", "icon": "layout-grid"},
)
VIEW_COOKIE = "documents_vue"
YEAR = 365 * 24 * 3600

RECENT, NAME, SIZE = "recents", "nom", "taille"
SORTS = ((RECENT, "Les plus récents"), (NAME, "Nom"), (SIZE, "Taille"))
ORDERS: dict[str, Sequence[Any]] = {
    RECENT: ("-changed_at", "-pk"),
    NAME: ("-kind", Lower("title"), "pk"),
    SIZE: (F("file__size").desc(nulls_last=True), "-pk"),
}


@require_safe
@vary_on_headers("HX-Request")
def mine(request: HttpRequest) -> HttpResponse:
    """Mes documents."""
    found = querysets.mine(person_of(request), reach_in(request))
    return _list(
        request, "browse", places.space(places.MINE), found, space="mine", more={"returned": notes(request)}
    )


@require_safe
@vary_on_headers("HX-Request")
def folder(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What lies in a folder; one that is in the trash is looked at there."""
    found = get_object_or_404(seen(request), kind=FOLDER, uuid=uuid)
    if found.trashed_at is not None:
        return redirect("documents:trashed")
    inside = querysets.inside(person_of(request), found, reach_in(request))
    return _list(
        request, "browse", places.inside(request, found), inside, space="folder", more={"returned": []}
    )


@require_safe
@vary_on_headers("HX-Request")
def shared(request: HttpRequest) -> HttpResponse:
    """Partagés avec moi: documents alone, the last shared first."""
    found = querysets.shared(person_of(request), reach_in(request))
    return _list(request, "shared", places.space(places.SHARED), found, space="shared", sorts=())


@require_safe
@vary_on_headers("HX-Request")
def starred(request: HttpRequest) -> HttpResponse:
    """Mes favoris: what the person marked, theirs or shared with them."""
    found = querysets.starred(person_of(request), reach_in(request))
    return _list(request, "starred", places.space(places.STARRED), found, space="starred")


@require_safe
@vary_on_headers("HX-Request")
def attached(request: HttpRequest) -> HttpResponse:
    """Documents ajoutés dans les applis, with where each is used."""
    found = querysets.attached(person_of(request), reach_in(request))
    return _list(request, "attached", places.space(places.ATTACHED), found, space="attached")


@require_safe
@vary_on_headers("HX-Request")
def trash(request: HttpRequest) -> HttpResponse:
    """Corbeille: what was put there itself, the last first."""
    found = querysets.trashed(person_of(request), reach_in(request)).order_by("-trashed_at", "-pk")
    return _list(request, "trash", places.space(places.TRASH), found, space="trash", sorts=())


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """What the person sees whose name fits."""
    typed = request.GET.get("q", "").strip()
    found = querysets.named(seen(request).filter(trashed_at=None), typed)
    return _list(request, "search", places.space(places.MINE), found, space="search", typed=typed)


def _list(
    request: HttpRequest,
    page: str,
    place: Place,
    found: QuerySet[Any],
    *,
    space: str,
    sorts: Sequence[tuple[str, str]] = SORTS,
    typed: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of a list, in the order and the view asked for; the view is remembered by a cookie."""
    sort = request.GET.get("tri", RECENT)
    sort = sort if sort in ORDERS else RECENT
    if sorts:
        found = found.order_by(*ORDERS[sort])
    view, remembered = _view(request)
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    told = lines(request, shown.object_list)
    context = {
        "place": place,
        "tabs": places.tabs(request, place.tab),
        "quota": querysets.quota_of(person_of(request)),
        "page": shown,
        "lines": told,
        "space": space,
        "sorts": sorts,
        "sort": sort,
        "view": view,
        "css_view": "grid" if view == GRID else "list",
        "views": VIEWS,
        "typed": typed,
        "back": request.get_full_path(),
        "may_share": any(line.may_share for line in told),
        "may_edit": any(line.may_edit for line in told),
        "owns": any(line.owns for line in told),
        "folder_form": NewFolderForm(),
    }
    if space == "trash":
        context["trashed"] = querysets.weight_of_trash(person_of(request))
    response = page_or_part(request, page, context | (more or {}))
    if view != remembered:
        response.set_cookie(VIEW_COOKIE, view, max_age=YEAR, httponly=True, samesite="Lax")
    return response


def _view(request: HttpRequest) -> tuple[str, str]:
    """The view asked for, else the one remembered, else a list; and the one remembered."""
    remembered = request.COOKIES.get(VIEW_COOKIE, LIST)
    remembered = remembered if remembered in (LIST, GRID) else LIST
    asked = request.GET.get("vue", remembered)
    return (asked if asked in (LIST, GRID) else remembered), remembered
