"""The share panel, one for every application: who sees a thing, and the search for whom to add."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from directory.annuaire.viewer import viewer_of
from sharing import search
from sharing.enums import Role
from sharing.panel.showing import managed, seen, show, show_mine


@require_safe
@vary_on_headers("HX-Request")
def panel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The panel to whoever manages the thing; to the others, what they may do with it."""
    resource = seen(request, uuid)
    if resource.my_role < Role.MANAGE:  # type: ignore[attr-defined]
        return show_mine(request, resource)
    return show(request, resource)


@require_safe
def recipients(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Options of the search field, while one types. `seuls=personnes` leaves groups and favourites out."""
    managed(request, uuid)
    return options(request)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The same for several things at once."""
    return options(request)


def options(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    found = search.options(viewer_of(request), typed, persons_only=request.GET.get("seuls") == "personnes")
    return render(
        request, "sharing/options.html", {"options": found, "typed": typed, "said": search.said(found, typed)}
    )
