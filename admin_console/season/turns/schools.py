"""The turn of the year over the schools of a scope: each with its figures; all that are due launched together, or
rehearsed."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.season.turns import words
from admin_console.showing import show_in_console
from core.errors import DomainError
from core.models import Job
from directory.querysets.administered import administered_academies, administered_schools
from rollover.files import file_of
from rollover.querysets import due_of, turnovers_visible_to
from rollover.services import ask
from rollover.services.export_turn import export_schools
from rollover.services.preview import preview_schools
from schools.models import Academy, School
from schools.querysets import named_like
from ui.french import unbroken

PAGE = 40
LAST = 10


def schools_of(request: HttpRequest) -> QuerySet[School]:
    return administered_schools(standpoint(request)).select_related("district", "academy")


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """The schools of the scope with what their turn would end; one alone is shown at once."""
    schools = schools_of(request)
    few = list(schools[:2])
    if len(few) == 1:
        return redirect("console:turn", uuid=few[0].uuid)
    typed = request.GET.get("q", "").strip()[:80]
    page = Paginator(named_like(schools, typed), PAGE).get_page(request.GET.get("page"))
    academies = list(_academies(request))
    due = due_of(academies)
    context = {
        "typed": typed,
        "page": page,
        "lines": [words.school_line(each) for each in preview_schools(list(page))],
        "turnovers": words.lines(turnovers_visible_to(standpoint(request))[:LAST]),
        "academies": [(academy, due.get(academy.pk, 0)) for academy in academies],
    }
    return show_in_console(request, "season/turns", context, tab="overview")


@require_safe
@administrators_only
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The figures of every school of the scope; recorded."""
    schools = list(schools_of(request))
    if not schools:
        raise Http404
    rows = export_schools(by=person_of(request), schools=schools, form=form)
    return file_of(rows, name="changement-d-annee", form=form)


@require_POST
@administrators_only
def launch(request: HttpRequest, code: str) -> HttpResponse:
    """Every school of an academy whose new year is open passes to it, as a job."""
    academy = get_object_or_404(_academies(request), code=code)
    return started(request, lambda by: ask.start_academy(by=by, academy=academy), back="console:turns")


@require_POST
@administrators_only
def rehearse(request: HttpRequest, code: str) -> HttpResponse:
    """What the turn of an academy's schools would do, told and kept, as a job."""
    academy = get_object_or_404(_academies(request), code=code)
    return started(request, lambda by: ask.start_rehearsal(by=by, academy=academy), back="console:turns")


def started(
    request: HttpRequest, start: Callable[[User], Job], *, back: str, **address: object
) -> HttpResponse:
    """Starts a job and follows it; back to a page, with a word, where it is refused."""
    try:
        sessions.require_full_assurance(request)
        job = start(person_of(request))
    except DomainError as refused:
        messages.error(request, unbroken(str(refused)))
        return redirect(reverse(back, kwargs=address))
    return redirect("console:turn_job", uuid=job.uuid)


def _academies(request: HttpRequest) -> QuerySet[Academy]:
    """Those that the person asking administers whole."""
    return administered_academies(standpoint(request))
