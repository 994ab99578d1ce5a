"""The classes of a school and their teachers, in one grid saved once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts import sessions
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.place import page_url, place_of
from admin_console.showing import show_in_console
from core.errors import DomainError
from core.text import uuid_of
from directory.class_grid import Grid, class_grid, pairs_named
from directory.services.class_teachers import Saved, save_grid
from schools.models import School
from ui.french import counted, unbroken


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@administrators_only
def classes(request: HttpRequest) -> HttpResponse:
    """Who teaches where; posted, what was ticked and unticked."""
    place = place_of(request)
    if place.school is None:
        return show_in_console(request, "users/card_school", {"what": "voir ses classes"}, tab="classes")
    grid = class_grid(place.school)
    if request.method == "POST":
        try:
            saved = _save(request, place.school, grid)
        except DomainError as error:
            messages.error(request, unbroken(str(error)))
        else:
            messages.success(request, _said(saved))
        return redirect(page_url("classes", place))
    context = {
        "grid": grid,
        "lines": [
            (line, [(each, each.pk in line.classes) for each in grid.classes]) for line in grid.teachers
        ],
    }
    return show_in_console(request, "classes/grid", context, tab="classes")


def _save(request: HttpRequest, school: School, grid: Grid) -> Saved:
    """What differs from what the page showed: what somebody else changed meanwhile stays."""
    sessions.require_full_assurance(request)
    ticked, shown = _pairs(request, "tient"), _pairs(request, "vu")
    return save_grid(
        by=person_of(request),
        school=school,
        attach=pairs_named(grid, ticked - shown),
        detach=pairs_named(grid, shown - ticked),
    )


def _pairs(request: HttpRequest, name: str) -> set[tuple[UUID, UUID]]:
    """Pairs « teacher class », as the page's boxes say them."""
    found = set()
    for text in request.POST.getlist(name):
        teacher, _, school_class = text.partition(" ")
        pair = (uuid_of(teacher), uuid_of(school_class))
        if pair[0] and pair[1]:
            found.add((pair[0], pair[1]))
    return found


def _said(saved: Saved) -> str:
    if not saved.attached and not saved.detached:
        return "Rien n’a changé."
    parts = []
    if saved.attached:
        parts.append(counted(saved.attached, "rattachement ajouté", "rattachements ajoutés"))
    if saved.detached:
        parts.append(counted(saved.detached, "rattachement retiré", "rattachements retirés"))
    return f"Classes enregistrées{' : ' if parts else ''}{', '.join(parts)}.".replace(" :", "\u00a0:")
