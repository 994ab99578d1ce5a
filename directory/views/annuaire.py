"""The pages of the Annuaire: my school, search. Each page's `#part` serves htmx."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from directory.annuaire.groups import groups_found
from directory.annuaire.levels import class_order
from directory.annuaire.lines import lines
from directory.annuaire.members import Kind, kinds_of
from directory.annuaire.tabs import SCHOOL, choices_of, tabs_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.search import find_people, typed_words
from directory.views.parts import page_or_part
from schools.models import School

PAGE = 40


@require_safe
@vary_on_headers("HX-Request")
def schools(request: HttpRequest) -> HttpResponse:
    """My school; the list of those I may see where none is mine."""
    me = viewer_of(request)
    mine = me.own_schools
    if mine:
        return _school_page(request, mine[0], mine)
    visible = me.schools.order_by("name", "uai")
    page = Paginator(visible, PAGE).get_page(request.GET.get("page"))
    return page_or_part(request, "schools", {"tabs": tabs_of(me, SCHOOL), "page": page})


@require_safe
@vary_on_headers("HX-Request")
def school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A school that I may see, mine or not."""
    me = viewer_of(request)
    found = get_object_or_404(me.schools, uuid=uuid)
    return _school_page(request, found, me.own_schools)


@require_safe
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """People and groups within my reach whose name fits; typed letter by letter where scripts run."""
    me = viewer_of(request)
    typed = request.GET.get("q", "").strip()
    found = find_people(me.people, typed)
    page = Paginator(found.people, PAGE).get_page(request.GET.get("page"))
    groups, more = groups_found(me, typed) if page.number == 1 else ([], False)
    told = {
        "tabs": tabs_of(me, ""),
        "typed": typed,
        "asked": bool(typed_words(typed)),
        "approximate": found.approximate,
        "page": page,
        "lines": lines(page.object_list, me, with_school=_several_schools(me)),
        "groups": groups,
        "more_groups": more,
    }
    return page_or_part(request, "search", told)


def _school_page(request: HttpRequest, shown: School, mine: list[School]) -> HttpResponse:
    me = viewer_of(request)
    kinds = kinds_of(shown, me)
    wanted = request.GET.get("profil")
    kind = next((k for k in kinds if k.key == wanted), kinds[0] if kinds else None)
    people = kind.people if kind else me.people.none()
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(me, SCHOOL),
        "school": shown,
        "choices": choices_of(mine, shown, "annuaire:school"),
        "kinds": _kind_choices(shown, kinds, kind),
        "kind": kind,
        "page": page,
        "lines": lines(page.object_list, me, with_school=False),
        "classes": sorted(me.classes.filter(school=shown), key=class_order),
    }
    return page_or_part(request, "school", context)


def _kind_choices(shown: School, kinds: list[Kind], kind: Kind | None) -> list[dict[str, Any]]:
    address = reverse("annuaire:school", args=[shown.uuid])
    return [
        {"label": f"{k.title} ({k.count})", "url": f"{address}?profil={k.key}", "current": k is kind}
        for k in kinds
    ]


def _several_schools(me: Viewer) -> bool:
    return len(me.own_schools) != 1
