"""The turn of one school: foreseen, rehearsed, launched, exported."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.place import speak_of
from admin_console.season.telling import year_words
from admin_console.season.turns import words
from admin_console.season.turns.schools import LAST, PAGE, schools_of, started
from admin_console.showing import show_in_console
from core.errors import DomainError
from rollover.files import file_of
from rollover.querysets import turnovers_visible_to
from rollover.rules import is_due
from rollover.services import ask
from rollover.services.export_turn import export_preview
from rollover.services.preview import preview_school
from rollover.services.rehearse import last_rehearsal
from rollover.services.roll import require_turn
from rollover.summary import lifted_words
from schools.models import School
from ui.french import unbroken


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def turn(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the turn of a school would end; posted, the turn itself, as a job."""
    school = _school(request, uuid)
    if request.method != "POST":
        return _show(request, school)
    year = words.year_asked(request, school)
    try:
        require_turn(school, year)
    except DomainError as error:
        return _show(request, school, problem=unbroken(str(error)))
    return started(
        request,
        lambda by: ask.start_school(by=by, school=school, year=year),
        back="console:turn",
        uuid=school.uuid,
    )


@require_POST
@administrators_only
def rehearse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The same told and kept; nothing is changed."""
    school = _school(request, uuid)
    return started(
        request,
        lambda by: ask.start_rehearsal(by=by, school=school),
        back="console:turn",
        uuid=school.uuid,
    )


@require_safe
@administrators_only
def export(request: HttpRequest, uuid: str, form: str) -> HttpResponseBase:
    """All that it would end, as CSV or XLSX; recorded."""
    school = _school(request, uuid)
    if school.class_year is None:
        raise Http404
    rows = export_preview(by=person_of(request), school=school, form=form)
    return file_of(rows, name=f"changement-d-annee-{school.uai}", form=form)


def _school(request: HttpRequest, uuid: UUID | str) -> School:
    school = get_object_or_404(schools_of(request), uuid=uuid)
    speak_of(request, school)
    return school


def _show(request: HttpRequest, school: School, *, problem: str = "") -> HttpResponse:
    number = Paginator(range(10**9), 1).get_page(request.GET.get("page")).number
    preview = preview_school(school, first=(number - 1) * PAGE, most=PAGE)
    turnovers = list(turnovers_visible_to(standpoint(request)).filter(school=school)[:LAST])
    context = {
        "school": school,
        "years": words.years_words(school),
        "preview": preview,
        "figures": words.figures(preview) if preview else [],
        "table": words.table(preview.told) if preview else None,
        "kept": words.kept(preview.told) if preview else [],
        "decided": words.decided(preview.decided) if preview else "",
        "lifted": lifted_words(preview.detachments, preview.blocks) if preview else "",
        "page": Paginator(range(preview.number), PAGE).get_page(number) if preview else None,
        "compared": words.compared(preview, last_rehearsal(school), turnovers) if preview else None,
        "begins": year_words(preview.year) if preview else "",
        "due": preview is not None and is_due(school),
        "problem": problem,
        "turnovers": words.lines(turnovers),
    }
    return show_in_console(request, "season/turn", context, tab="overview", status=409 if problem else 200)
