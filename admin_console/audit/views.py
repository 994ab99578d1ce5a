"""Journal des actes: every administrative act of the scope, read, filtered, taken away."""

from itertools import groupby, islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.audit.filters import Filters, Line, lines
from admin_console.audit.words import KINDS
from admin_console.place import place_of
from admin_console.school.sections import menu_of
from admin_console.showing import show_in_console
from core import clock
from core.spreadsheets import csv_lines
from directory.querysets.audit import audit_visible_to, before
from ui.french import day, day_year

PAGE = 50
MOST = 20_000  # lines of an export
BATCH = 500
HEAD = ("Date", "Heure", "Qui", "Acte", "Sur", "École", "Genre", "Avant", "Après", "Code")


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def audit(request: HttpRequest) -> HttpResponse:
    """A page of the log, the newest first, by a cursor."""
    filters = Filters.read(request)
    me = person_of(request)
    entries = filters.asked(request, me).of(audit_visible_to(me))
    found = list(before(entries, request.GET.get("apres", ""))[: PAGE + 1])
    page = lines(found[:PAGE])
    older = filters.query(request, apres=str(found[PAGE - 1].pk)) if len(found) > PAGE else ""
    earlier = filters.query(request) if request.GET.get("apres") else ""
    address = reverse("console:audit")
    context: dict[str, Any] = {
        "menu": menu_of(request, "audit") if place_of(request).school else [],
        "filters": filters,
        "days": [(title, list(told)) for title, told in groupby(page, key=_day_of)],
        "kinds": KINDS,
        "older": address + older if older else "",
        "newest": address + earlier if request.GET.get("apres") else "",
        "export": reverse("console:audit_export") + filters.query(request),
        "address": address,
    }
    return show_in_console(request, "audit/audit", context, tab="school")


@require_safe
@administrators_only
def export(request: HttpRequest) -> HttpResponse:
    """The same entries as a CSV that a spreadsheet opens and does not run."""
    filters = Filters.read(request)
    me = person_of(request)
    entries = filters.asked(request, me).of(audit_visible_to(me))[:MOST]
    answer = HttpResponse(csv_lines(_rows(entries)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{clock.today():%Y-%m-%d}.csv"'
    return answer


def _rows(entries: Any) -> Any:
    yield HEAD
    found = entries.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        for line in lines(batch):
            yield (
                day_year(line.entry.at),
                line.hour,
                line.who,
                line.said,
                line.whom,
                line.school,
                line.kind,
                _flat(line.before),
                _flat(line.after),
                line.entry.verb,
            )


def _flat(pairs: list[tuple[str, str]]) -> str:
    return " ; ".join(f"{word} : {value}" for word, value in pairs)


def _day_of(line: Line) -> str:
    said = day(line.entry.at)
    return f"{said[0].upper()}{said[1:]} {line.entry.at:%Y}"
