"""The console's first page: what one administers and what waits; a school's page."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console import overview
from admin_console.access import administrators_only, standpoint
from admin_console.place import place_of, speak_of
from admin_console.showing import show_in_console
from core import clock
from directory.querysets.administered import administered_schools
from feeds.querysets import runs_seen_from, runs_to_decide
from feeds.services.watch import watch
from schools.querysets import named_like

PAGE = 40
DECISIONS = 10


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """A few schools whole, or many in a list with a search; the runs to decide of."""
    place = place_of(request)
    schools = administered_schools(standpoint(request)).select_related("district", "academy")
    seen = runs_seen_from(standpoint(request))
    few = [place.school] if place.school else place.schools
    context: dict[str, Any] = {
        "today": clock.today(),
        "decisions": list(runs_to_decide(seen)[:DECISIONS]),
        "typed": "",
        "page": None,
        "cards": [],
    }
    if place.number <= overview.SMALL or place.school:
        context["cards"] = [overview.told(card) for card in overview.cards(few, seen)]
        return show_in_console(request, "index", context, tab="overview")
    typed = request.GET.get("q", "").strip()[:80]
    page = Paginator(named_like(schools, typed), PAGE).get_page(request.GET.get("page"))
    context |= {
        "typed": typed,
        "page": page,
        "lines": [(w, overview.years_words(w.school)) for w in watch(list(page.object_list))],
    }
    return show_in_console(request, "index", context, tab="overview")


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One school of the scope: its years, its people by state, what to watch."""
    schools = administered_schools(standpoint(request)).select_related("district", "academy")
    found = get_object_or_404(schools, uuid=uuid)
    speak_of(request, found)
    (card,) = overview.cards([found], runs_seen_from(standpoint(request)))
    return show_in_console(request, "school", {**overview.told(card), "today": clock.today()}, tab="overview")
