"""The turn of the year for administrators: foreseen, launched, listed, undone."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.place import speak_of
from admin_console.season import words
from admin_console.showing import show_in_console
from core.errors import DomainError
from directory.querysets.administered import administered_schools
from rollover.figures import purged_in
from rollover.models import Turnover
from rollover.querysets import turnovers_visible_to
from rollover.rules import next_year
from rollover.services.preview import preview_school
from rollover.services.roll import roll_school
from rollover.services.undo import undo_run
from schools.models import School
from schools.querysets import named_like
from ui.french import counted, unbroken

PAGE = 40
LAST = 10


def schools_of(request: HttpRequest) -> QuerySet[School]:
    return administered_schools(standpoint(request)).select_related("district", "academy")


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """The schools of the scope with their year; one alone is shown at once."""
    schools = schools_of(request)
    few = list(schools[:2])
    if len(few) == 1:
        return redirect("console:turn", uuid=few[0].uuid)
    typed = request.GET.get("q", "").strip()[:80]
    page = Paginator(named_like(schools, typed), PAGE).get_page(request.GET.get("page"))
    context = {
        "typed": typed,
        "page": page,
        "lines": [(school, words.years_words(school)) for school in page],
        "turnovers": words.lines(turnovers_visible_to(standpoint(request))[:LAST]),
    }
    return show_in_console(request, "season/turns", context, tab="overview")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def turn(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the turn of a school would end; posted, the turn itself."""
    school = get_object_or_404(schools_of(request), uuid=uuid)
    speak_of(request, school)
    problem = ""
    if request.method == "POST":
        try:
            rolled = roll_school(
                school=school, year=words.year_asked(request, school), by=person_of(request).uuid
            )
        except DomainError as error:
            problem = unbroken(str(error))
        else:
            (told,) = rolled.schools
            messages.success(
                request,
                unbroken(
                    f"L’école passe à {words.year_words(told['year'])} : "
                    f"{counted(purged_in(told), 'partage')} de groupes ont pris fin."
                ),
            )
            return redirect("console:turn", uuid=school.uuid)
    preview = preview_school(school)
    context = {
        "school": school,
        "years": words.years_words(school),
        "preview": preview,
        "figures": words.figures(preview) if preview else [],
        "begins": words.year_words(preview.year) if preview else "",
        "due": preview is not None and next_year(school) == school.running_year,
        "problem": problem,
        "turnovers": words.lines(turnovers_visible_to(standpoint(request)).filter(school=school)[:LAST]),
    }
    return show_in_console(request, "season/turn", context, tab="overview", status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def turn_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The undo of a school's turnover, with what it brings back."""
    turnover = get_object_or_404(turnovers_visible_to(standpoint(request)), uuid=uuid)
    problem = "" if turnover.undone_at is None else "Cette bascule est déjà annulée."
    if request.method == "POST" and not problem:
        try:
            undone = undo_run(run=turnover.run, schools=[turnover.school_id], by=person_of(request).uuid)
        except DomainError as error:
            problem = unbroken(str(error))
        else:
            messages.success(request, _undone_words(turnover, undone.grants_restored))
            for note in undone.notes:
                messages.warning(request, unbroken(note))
            return redirect("console:turn", uuid=turnover.school.uuid)
    context = {
        "turnover": turnover,
        "line": words.line(turnover),
        "ends": words.year_words(turnover.from_year),
        "problem": problem,
    }
    status = 409 if problem and request.method == "POST" else 200
    return show_in_console(request, "season/turn_back", context, tab="overview", status=status)


def _undone_words(turnover: Turnover, grants: int) -> str:
    said = (
        f"L’école revient à {words.year_words(turnover.from_year)} : {counted(grants, 'partage')} de retour."
    )
    if turnover.automatic:
        said += " Ses fiches de familles attendent."
    return unbroken(said)
