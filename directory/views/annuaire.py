"""The pages of the Annuaire: my class, my school, search. Each page's `#part` serves htmx."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.enums import Profile
from directory.annuaire.levels import class_order
from directory.annuaire.lines import lines
from directory.annuaire.members import Kind, class_members, kinds_of
from directory.annuaire.tabs import CLASS, OWNERS, SCHOOL, tabs_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.models import SchoolClass
from directory.search import find_people, typed_words
from directory.views.parts import page_or_part
from schools.models import School

PAGE = 40

_CLASS_SECTIONS = ((Profile.TEACHER, "Enseignants"), (Profile.PUPIL, "Élèves"), (Profile.RELATIVE, "Parents"))


@require_safe
@vary_on_headers("HX-Request")
def index(request: HttpRequest) -> HttpResponse:
    """My class; my school for those who have no class by their work."""
    me = viewer_of(request)
    mine = me.own_classes
    if mine:
        return _class_page(request, mine[0], mine)
    if me.person.profile in {*OWNERS, Profile.RELATIVE}:
        return page_or_part(request, "class_none", {"tabs": tabs_of(me, CLASS)})
    return schools(request)


@require_safe
@vary_on_headers("HX-Request")
def school_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A class that I may see, mine or not."""
    me = viewer_of(request)
    found = get_object_or_404(me.classes.select_related("school"), uuid=uuid)
    return _class_page(request, found, me.own_classes)


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
    """People within my reach whose name fits; typed letter by letter where scripts run."""
    me = viewer_of(request)
    typed = request.GET.get("q", "").strip()
    found = find_people(me.people, typed)
    page = Paginator(found.people, PAGE).get_page(request.GET.get("page"))
    told = {
        "tabs": tabs_of(me, ""),
        "typed": typed,
        "asked": bool(typed_words(typed)),
        "approximate": found.approximate,
        "page": page,
        "lines": lines(page.object_list, me, with_school=_several_schools(me)),
    }
    return page_or_part(request, "search", told)


def _class_page(request: HttpRequest, shown: SchoolClass, mine: list[SchoolClass]) -> HttpResponse:
    me = viewer_of(request)
    members = class_members(shown, me)
    everybody = [person for people in members.values() for person in people]
    told = lines(everybody, me, with_school=False, of_class=shown)
    by_person = {line.person.pk: line for line in told}
    sections = [
        {"title": title, "lines": [by_person[person.pk] for person in members[profile]]}
        for profile, title in _CLASS_SECTIONS
        if members[profile]
    ]
    own = any(school_class.pk == shown.pk for school_class in mine)
    context = {
        "tabs": tabs_of(me, CLASS if own else SCHOOL),
        "school_class": shown,
        "sections": sections,
        "jumps": [
            {"label": f"{section['title']} ({len(section['lines'])})", "url": f"#liste-{n}", "current": False}
            for n, section in enumerate(sections, 1)
        ],
        "choices": _choices(mine, shown, "annuaire:class") if own else [],
    }
    return page_or_part(request, "class", context)


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
        "choices": _choices(mine, shown, "annuaire:school"),
        "kinds": _kind_choices(shown, kinds, kind),
        "kind": kind,
        "page": page,
        "lines": lines(page.object_list, me, with_school=False),
        "classes": sorted(me.classes.filter(school=shown), key=class_order),
    }
    return page_or_part(request, "school", context)


def _choices(mine: list[Any], shown: Any, url_name: str) -> list[dict[str, Any]]:
    """One link for each of my classes or schools; none where there is no choice."""
    if len(mine) < 2:
        return []
    return [
        {"label": str(each), "url": reverse(url_name, args=[each.uuid]), "current": each.pk == shown.pk}
        for each in mine
    ]


def _kind_choices(shown: School, kinds: list[Kind], kind: Kind | None) -> list[dict[str, Any]]:
    address = reverse("annuaire:school", args=[shown.uuid])
    return [
        {"label": f"{k.title} ({k.count})", "url": f"{address}?profil={k.key}", "current": k is kind}
        for k in kinds
    ]


def _several_schools(me: Viewer) -> bool:
    return len(me.own_schools) != 1
