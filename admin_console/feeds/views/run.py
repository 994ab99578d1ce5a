"""A run: its report, its anomalies, who changes, its downloads, its progress."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console.access import administrators_only, standpoint
from admin_console.feeds import live, telling
from admin_console.feeds.anomaly_words import TITLES, words_of
from admin_console.place import speak_of
from admin_console.showing import show_in_console
from core import clock
from feeds import report
from feeds.changes import tell
from feeds.enums import PlanAction, PlanKind
from feeds.models import FeedRun, PlanRow
from feeds.querysets import runs_seen_from
from feeds.services.send import kept_job

ANOMALIES = 200
ROWS = 100


def run_of(request: HttpRequest, uuid: UUID) -> FeedRun:
    """A run of the person's scope, else 404; the page speaks of its school where it is of one."""
    run: FeedRun = get_object_or_404(runs_seen_from(standpoint(request)), uuid=uuid)
    if run.school is not None:
        speak_of(request, run.school)
    return run


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def report_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The report of a run, and what can be decided of it."""
    run = run_of(request, uuid)
    context = {
        **telling.head(run),
        **telling.report(run, standpoint(request)),
        "live": live.of_run(run),
        "kept": kept_job(run) is not None,
    }
    return show_in_console(request, "feeds/run", context, tab="feeds")


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The part of a run's page that follows what is done with it; the whole page again at its end."""
    run = run_of(request, uuid)
    following = live.of_run(run)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("console:run", uuid=run.uuid)
    if following is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "admin_console/feeds/_live.html", {"live": following})


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def anomalies(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every anomaly of a run by file and line, or those of one kind."""
    run = run_of(request, uuid)
    code = request.GET.get("code", "")
    found = run.anomalies.order_by("file", "line", "pk")
    if code in TITLES:
        found = found.filter(code=code)
    page = Paginator(found, ANOMALIES).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        **telling.head(run),
        "words": words_of(code, source=run.source) if code in TITLES else None,
        "page": page,
        "lines": [(anomaly, words_of(anomaly.code, source=run.source)) for anomaly in page],
    }
    return show_in_console(request, "feeds/anomalies", context, tab="feeds")


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def rows(request: HttpRequest, uuid: UUID, kind: str, action: str) -> HttpResponse:
    """Everybody, or every class, school or tie, to whom a run does one thing."""
    if kind not in PlanKind.values or action not in telling.WORDS:
        raise Http404
    run = run_of(request, uuid)
    found = PlanRow.objects.filter(run=run, kind=kind, action=action).order_by("label", "pk")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        **telling.head(run),
        "heading": telling.title_of(PlanKind(kind), PlanAction(action)),
        "page": page,
        "rows": tell(list(page.object_list)),
    }
    return show_in_console(request, "feeds/rows", context, tab="feeds")


@require_safe
@administrators_only
def as_text(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The report as lines of text."""
    run = run_of(request, uuid)
    lines = report.as_lines(report.as_dict(run))
    return _file(HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"), run, "txt")


@require_safe
@administrators_only
def as_json(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The report as the object that commands print."""
    run = run_of(request, uuid)
    told = JsonResponse(
        report.as_dict(run), encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False}
    )
    return _file(told, run, "json")


def _file(answer: HttpResponse, run: FeedRun, ending: str) -> HttpResponse:
    day = run.fed_on or clock.today()
    answer["Content-Disposition"] = f'attachment; filename="alimentation-{run.pk}-{day:%Y-%m-%d}.{ending}"'
    return answer
