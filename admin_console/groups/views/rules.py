"""« Règles de communication » of a school: the matrix, a preview in words, the change, the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.groups import matrix
from admin_console.groups.reading import done
from admin_console.place import speak_of
from admin_console.showing import show_in_console
from core.errors import DomainError
from directory.communication import defaults
from directory.communication_words import change_sentence
from directory.querysets.administered import administered_schools
from directory.querysets.communication import matrix_of
from directory.services import communication as service
from schools.models import School
from ui.french import counted, unbroken

SHOW = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW)
@administrators_only
def rules(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Posted, says first what it changes; then, asked again, does it."""
    school = _school(request, uuid)
    chosen = matrix.read(request.POST)
    foreseen: list[service.Change] = []
    problem = ""
    if request.method == "POST":
        try:
            foreseen = service.foresee(school=school, cells=chosen)
        except DomainError as refused:
            problem, chosen = unbroken(str(refused)), {}
        if foreseen and request.POST.get("acte") == "appliquer":
            done(
                request,
                lambda: service.change(by=person_of(request), school=school, cells=chosen),
                lambda changes: (
                    f"{counted(len(changes), 'règle changée', 'règles changées')}, dès maintenant."
                ),
            )
            return redirect("console:rules", uuid=uuid)
    present = matrix_of(school)
    context: dict[str, Any] = {
        "school": school,
        "columns": matrix.columns(),
        "rows": matrix.rows(present, chosen),
        "bounds": matrix.bounds(),
        "changed": matrix.changed_sentences(present),
        "foreseen": [change_sentence(each.key, each.before, each.after) for each in foreseen],
        "chosen": [(f"{each.key[0]}-{each.key[1]}", each.after.value) for each in foreseen],
        "nothing": request.method == "POST" and not foreseen and not problem,
        "problem": problem,
    }
    return show_in_console(request, "groups/rules", context, tab="groups", status=409 if problem else 200)


@require_http_methods(SHOW)
@administrators_only
def reset(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Revenir aux règles par défaut », after saying what it changes."""
    school = _school(request, uuid)
    if request.method == "POST":
        done(
            request,
            lambda: service.reset(by=person_of(request), school=school),
            lambda changes: "Les règles par défaut sont revenues.",
        )
        return redirect("console:rules", uuid=uuid)
    foreseen = service.foresee(school=school, cells=defaults())
    context = {
        "school": school,
        "foreseen": [change_sentence(each.key, each.before, each.after) for each in foreseen],
    }
    return show_in_console(request, "groups/rules_reset", context, tab="groups")


def _school(request: HttpRequest, uuid: UUID) -> School:
    schools = administered_schools(standpoint(request)).select_related("district", "academy")
    school = get_object_or_404(schools, uuid=uuid)
    speak_of(request, school)
    return school
