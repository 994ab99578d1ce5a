"""Ma classe: its teachers, its pupils each with their relatives, as a list or as a sheet of faces to print."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.enums import Profile
from accounts.models import User
from core.text import fold
from directory.annuaire.families import families_of
from directory.annuaire.lines import lines
from directory.annuaire.members import class_members
from directory.annuaire.tabs import CLASS, OWNERS, SCHOOL, choices_of, tabs_of
from directory.annuaire.viewer import viewer_of
from directory.models import SchoolClass
from directory.views.annuaire import schools
from directory.views.parts import page_or_part

_SECTIONS = ((Profile.TEACHER, "Enseignants"), (Profile.PUPIL, "Élèves"), (Profile.RELATIVE, "Parents"))
FIRST_NAME, FACES = "prenom", "trombinoscope"


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


def _class_page(request: HttpRequest, shown: SchoolClass, mine: list[SchoolClass]) -> HttpResponse:
    """Teams see relatives beside each pupil; others, those within their reach in a list of their own."""
    me = viewer_of(request)
    members = class_members(shown, me)
    by_first_name = request.GET.get("tri") == FIRST_NAME
    if by_first_name:
        members = {profile: sorted(people, key=_by_first_name) for profile, people in members.items()}
    families = families_of(members[Profile.PUPIL], me) if me.in_team else {}
    beside = {guardian.person.pk for family in families.values() for guardian in family}
    members[Profile.RELATIVE] = [p for p in members[Profile.RELATIVE] if p.pk not in beside]
    everybody = [person for people in members.values() for person in people]
    by_person = {line.person.pk: line for line in lines(everybody, me, with_school=False, of_class=shown)}
    sections: list[dict[str, Any]] = [
        {
            "title": title,
            "lines": [(by_person[person.pk], families.get(person.pk, [])) for person in members[profile]],
            "families": bool(families) and profile == Profile.PUPIL,
        }
        for profile, title in _SECTIONS
        if members[profile]
    ]
    own = any(school_class.pk == shown.pk for school_class in mine)
    faces = request.GET.get("vue") == FACES
    context = {
        "tabs": tabs_of(me, CLASS if own else SCHOOL),
        "school_class": shown,
        "sections": sections,
        "faces": faces,
        "views": _views(shown, faces=faces, by_first_name=by_first_name),
        "sorts": _sorts(shown, faces=faces, by_first_name=by_first_name),
        "many": len(members[Profile.PUPIL]) > 1,
        "jumps": [
            {"label": f"{section['title']} ({len(section['lines'])})", "url": f"#liste-{n}", "current": False}
            for n, section in enumerate(sections, 1)
        ],
        "choices": choices_of(mine, shown, "annuaire:class") if own else [],
        "teaches": me.person.profile == Profile.TEACHER and shown.pk in me.standpoint.classes,
    }
    return page_or_part(request, "class", context)


def _by_first_name(person: User) -> tuple[str, str, int]:
    return (fold(person.first_name), fold(person.last_name), person.pk)


def _views(shown: SchoolClass, *, faces: bool, by_first_name: bool) -> list[dict[str, Any]]:
    rest = {"tri": FIRST_NAME} if by_first_name else {}
    return [
        {"label": "Liste", "url": _address(shown, rest), "current": not faces},
        {"label": "Trombinoscope", "url": _address(shown, rest | {"vue": FACES}), "current": faces},
    ]


def _sorts(shown: SchoolClass, *, faces: bool, by_first_name: bool) -> list[dict[str, Any]]:
    rest = {"vue": FACES} if faces else {}
    return [
        {"label": "Par nom", "url": _address(shown, rest), "current": not by_first_name},
        {"label": "Par prénom", "url": _address(shown, rest | {"tri": FIRST_NAME}), "current": by_first_name},
    ]


def _address(shown: SchoolClass, query: dict[str, str]) -> str:
    return reverse("annuaire:class", args=[shown.uuid], query=query or None)
