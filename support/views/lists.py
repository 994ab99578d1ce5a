"""The lists: what one asked; what one helps with, by state and by filter, as a page or as a file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from core import clock
from core.spreadsheets import csv_lines
from core.text import day_of, uuid_of
from directory.rules import Standpoint
from schools.models import School
from support import tables
from support.enums import Category, Level, State, Urgency
from support.help.reader import reader_of
from support.help.search import seasonal
from support.lines import line_of
from support.models import Ticket
from support.querysets import (
    TYPED,
    Filters,
    Tickets,
    asked_by,
    found,
    handled_by,
    helped_by,
    instant_of,
    page,
)
from support.rules import may_ask
from support.services.export import exported
from support.topics import topics
from support.views.requests import for_askers, for_helpers, me_in, page_of, page_told
from ui import parts

PAGE = 30
SCHOOLS = 100
STANDS = (
    ("", "À traiter"),
    ("WAITING", "En attente"),
    ("ended", "Terminées"),
    ("toutes", "Toutes"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Where the door leads: requests to handle, one's own; a pupil, to the help centre."""
    if not may_ask(person_of(request).profile):
        return redirect("support:help")
    page = reverse("support:queue" if me_in(request).administers_something else "support:mine")
    came = page_told(request)
    return redirect(f"{page}?{urlencode({'depuis': came})}" if came else page)


@for_askers
@require_safe
@vary_on_headers("HX-Request")
def mine(request: HttpRequest) -> HttpResponse:
    """What one asked, and help before asking."""
    context = _listed(request, asked_by(person_of(request)))
    context |= {"tab": "mine", "guides": seasonal(reader_of(request))[:2]}
    return parts.page_or_part(request, "support/mine.html", context)


@for_helpers
@require_safe
@vary_on_headers("HX-Request")
def queue(request: HttpRequest) -> HttpResponse:
    """What one helps with."""
    filters = filters_of(request)
    context = _listed(request, _rows(request, filters))
    context |= menus(request, filters) | {"tab": "queue", "filters": filters}
    return parts.page_or_part(request, "support/queue.html", context)


@for_helpers
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list, as a file that no spreadsheet runs."""
    me, filters = me_in(request), filters_of(request)
    rows = _rows(request, filters)
    exported(by=person_of(request), count=rows.count())

    def lines() -> Iterator[str]:
        return csv_lines(tables.rows_of(rows.select_related("author", "assignee"), me))

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="demandes-{clock.today():%Y-%m-%d}.csv"'
    return answer


def filters_of(request: HttpRequest) -> Filters:
    """What the address asks for; what it says wrong is not asked."""
    asked = request.GET
    stand = asked.get("etat", "")
    followed = {"moi": person_of(request).pk, "personne": 0}.get(asked.get("suivi", ""))
    return Filters(
        words=asked.get("q", "")[:TYPED],
        stand="open" if stand == "" else stand if stand in {*State.values, "ended"} else "",
        category=_among(asked.get("motif", ""), Category.values),
        application=_among(asked.get("sujet", ""), [each.key for each in topics()]),
        urgency=_number(asked.get("urgence", ""), Urgency.values),
        level=_number(asked.get("niveau", ""), Level.values),
        school=uuid_of(asked.get("ecole", "")),
        assignee=followed,
        since=day_of(asked.get("du", "")),
        until=day_of(asked.get("au", "")),
    )


def menus(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """The filters as menus of links, each keeping the others."""
    here = request.GET.copy()
    here.pop("apres", None)
    here.pop("depuis", None)

    def link(name: str, value: str) -> str:
        asked = here.copy()
        asked.pop(name, None)
        if value:
            asked[name] = value
        return f"?{asked.urlencode()}"

    def menu(label: str, name: str, choices: list[tuple[str, str]]) -> dict[str, Any]:
        chosen = here.get(name, "")
        return {
            "label": label,
            "value": next((words for value, words in choices if value == chosen and value), ""),
            "links": [
                {"label": words, "url": link(name, value), "on": value == chosen}
                for value, words in [("", "Peu importe"), *choices]
            ],
        }

    found_menus = [
        menu("Suivi", "suivi", [("moi", "Par moi"), ("personne", "Par personne")]),
        menu("Motif", "motif", [(each.value, each.label) for each in Category]),
        menu("Application", "sujet", [(each.key, each.label) for each in topics()]),
        menu("Urgence", "urgence", [(str(each.value), each.label) for each in Urgency]),
    ]
    levels = [(str(each.value), each.label.capitalize()) for each in Level]
    schools = _schools(request)
    if len(schools) > 1:
        found_menus += [
            menu("Niveau", "niveau", levels),
            menu("École", "ecole", [(str(each.uuid), each.name) for each in schools]),
        ]
    stand = here.get("etat", "")
    return {
        "places": several_places(me_in(request)),
        "stands": [
            {"label": words, "url": link("etat", value), "current": value == stand} for value, words in STANDS
        ],
        "menus": found_menus,
        "kept": [(name, value) for name, value in here.items() if name not in {"q", "du", "au"}],
        "since": filters.since,
        "until": filters.until,
        "clear": f"?{urlencode({'etat': stand})}" if stand else reverse("support:queue"),
        "export_url": f"{reverse('support:export')}?{here.urlencode()}",
    }


def _rows(request: HttpRequest, filters: Filters) -> Tickets:
    """What waits is what it is one's turn to handle; the rest is all that one reads."""
    me = me_in(request)
    rows = handled_by(me) if filters.stand in {"open", *State.values} and not filters.level else helped_by(me)
    return found(rows, filters, me)


def _listed(request: HttpRequest, rows: Tickets) -> dict[str, Any]:
    me = me_in(request)
    tickets = page(rows, count=PAGE + 1, after=cursor_of(request.GET.get("apres", "")))
    shown = tickets[:PAGE]
    return {
        "lines": [line_of(me, ticket) for ticket in shown],
        "later_url": _later(request, shown[-1]) if len(tickets) > PAGE else "",
        "helper": me.administers_something,
        "came": page_of(request.GET.get("depuis", "")),
    }


def cursor_of(told: str) -> tuple[datetime, int] | None:
    """Where a list goes on, as an address says it; None for what is none."""
    at, _, key = told.partition("_")
    instant = instant_of(at)
    known = key.isascii() and key.isdecimal() and len(key) < 19
    return (instant, int(key)) if instant is not None and known else None


def _later(request: HttpRequest, last: Ticket) -> str:
    asked = request.GET.copy()
    asked["apres"] = f"{last.changed_at.isoformat()}_{last.pk}"
    return f"?{asked.urlencode()}"


def several_places(me: Standpoint) -> bool:
    """Whether what one helps with may come from more than one school."""
    wide = me.platform or me.administered_districts or me.administered_academies
    return bool(wide) or len(me.administered_schools) > 1


def _schools(request: HttpRequest) -> list[School]:
    """The schools of the requests that one helps with. A query; none for whoever administers one school."""
    me = me_in(request)
    if not several_places(me):
        return []
    keys = helped_by(me).order_by().values("school")
    return list(School.objects.filter(pk__in=keys).order_by("name", "uai")[:SCHOOLS])


def _among(value: str, known: list[str]) -> str:
    return value if value in known else ""


def _number(value: str, known: list[int]) -> int | None:
    return int(value) if value in {str(each) for each in known} else None
