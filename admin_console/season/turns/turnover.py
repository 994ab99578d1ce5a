"""One turn of a school: its report, and its undo, foreseen."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.place import PARAMETER, speak_of
from admin_console.season.telling import year_words
from admin_console.season.turns import words
from admin_console.season.turns.schools import started
from admin_console.showing import show_in_console
from feeds.models import FeedRun
from feeds.querysets import runs_visible_to
from rollover import undoing
from rollover.files import file_of
from rollover.models import Turnover
from rollover.querysets import in_force, turnovers_visible_to
from rollover.report import report_of
from rollover.services import ask
from rollover.services.export_turn import export_report
from rollover.summary import back_words, lifted_words
from ui.french import unbroken


@require_safe
@administrators_only
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """When, by what, what ended and for whom, what is left to do, how to take it back."""
    turnover = _turnover(request, uuid)
    told = report_of(turnover)
    run = FeedRun.objects.filter(uuid=turnover.feed_run).first() if turnover.feed_run else None
    opens = run is not None and runs_visible_to(person_of(request)).filter(pk=run.pk).exists()
    together = in_force(turnovers_visible_to(standpoint(request))).filter(run=turnover.run).count()
    context = {
        "turnover": turnover,
        "report": told,
        "line": words.line(turnover),
        "ended": year_words(turnover.from_year),
        "figures": words.report_figures(told),
        "table": words.table(told.told),
        "kept": words.kept(told.told),
        "lifted": lifted_words(len(turnover.lifted_detachments), len(turnover.lifted_blocks)),
        "run": run,
        "run_opens": opens,
        "together": together if turnover.undone_at is None and together > 1 else 0,
        "back": back_words(turnover.undo_figures) if turnover.undone_at else [],
        "season": f"{reverse('console:season')}?{urlencode({PARAMETER: str(turnover.school.uuid)})}",
    }
    return show_in_console(request, "season/turnover", context, tab="overview")


@require_safe
@administrators_only
def export(request: HttpRequest, uuid: str, form: str) -> HttpResponseBase:
    """The report as CSV or XLSX; recorded."""
    turnover = _turnover(request, uuid)
    rows = export_report(by=person_of(request), turnover=turnover, form=form)
    return file_of(rows, name=f"compte-rendu-{turnover.school.uai}", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def turn_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The undo of a school's turn, with exactly what it would put back; posted, the undo itself, as a job."""
    turnover = _turnover(request, uuid)
    refusal = undoing.refusal_of([turnover])
    if request.method == "POST" and refusal is None:
        return started(
            request,
            lambda by: ask.start_undo(by=by, run=turnover.run, school=turnover.school),
            back="console:turn_back",
            uuid=turnover.uuid,
        )
    back = None if refusal else undoing.foresee([turnover])[turnover.school_id]
    context = {
        "turnover": turnover,
        "line": words.line(turnover),
        "ends": year_words(turnover.from_year),
        "problem": unbroken(refusal.sentence) if refusal else "",
        "remedy": unbroken(refusal.remedy) if refusal else "",
        "later": words.lines(undoing.later_than([turnover])) if refusal and not turnover.undone_at else [],
        "back": back,
        "shares": words.apps(back.grants) if back else [],
        "decisions": words.decided(back.decisions) if back else "",
    }
    status = 409 if refusal and request.method == "POST" else 200
    return show_in_console(request, "season/turn_back", context, tab="overview", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def run_back(request: HttpRequest, run: UUID) -> HttpResponse:
    """The undo of what one launch turned, in every school of the scope, foreseen school by school."""
    mine = in_force(turnovers_visible_to(standpoint(request))).filter(run=run)
    turnovers = list(mine.order_by("school__name", "pk"))
    if not turnovers:
        raise Http404
    refusal = undoing.refusal_of(turnovers)
    if request.method == "POST" and refusal is None:
        return started(request, lambda by: ask.start_undo(by=by, run=run), back="console:run_back", run=run)
    found = {} if refusal else undoing.foresee(turnovers)
    context = {
        "run": run,
        "turnovers": turnovers,
        "year": year_words(turnovers[0].to_year),
        "problem": unbroken(refusal.sentence) if refusal else "",
        "remedy": unbroken(refusal.remedy) if refusal else "",
        "later": words.lines(undoing.later_than(turnovers)) if refusal else [],
        "lines": [(each, found[each.school_id]) for each in turnovers] if found else [],
        "shares": sum(each.count for each in found.values()),
        "attachments": sum(each.attachments for each in found.values()),
        "set_aside": sum(each.set_aside for each in found.values()),
    }
    status = 409 if refusal and request.method == "POST" else 200
    return show_in_console(request, "season/run_back", context, tab="overview", status=status)


def _turnover(request: HttpRequest, uuid: UUID | str) -> Turnover:
    turnover = get_object_or_404(
        turnovers_visible_to(standpoint(request)).select_related("school__district", "school__academy"),
        uuid=uuid,
    )
    speak_of(request, turnover.school)
    return turnover
