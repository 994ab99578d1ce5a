"""The console's first page: what one administers and what waits; a school's page."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console import overview
from admin_console.access import administrators_only, person_of, show, standpoint
from core import clock
from directory.querysets.administered import administered_schools
from feeds.querysets import runs_to_decide, runs_visible_to
from feeds.services.watch import watch
from schools.querysets import named_like

PAGE = 40
DECISIONS = 10


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """A few schools whole, or many in a list with a search; the runs to decide of."""
    me = standpoint(request)
    schools = administered_schools(me).select_related("district", "academy")
    few = list(schools[: overview.SMALL + 1])
    seen = runs_visible_to(person_of(request))
    context = {
        "today": clock.today(),
        "decisions": list(runs_to_decide(seen)[:DECISIONS]),
        "typed": "",
        "page": None,
        "cards": [],
    }
    if len(few) <= overview.SMALL:
        cards = [overview.told(card) for card in overview.cards(few, seen)]
        return show(
            request, "index", context | {"scope": overview.scope_words(me, few, len(few)), "cards": cards}
        )
    typed = request.GET.get("q", "").strip()[:80]
    page = Paginator(named_like(schools, typed), PAGE).get_page(request.GET.get("page"))
    number = page.paginator.count if not typed else schools.count()
    context |= {
        "scope": overview.scope_words(me, few, number),
        "typed": typed,
        "page": page,
        "lines": [(w, overview.years_words(w.school)) for w in watch(list(page.object_list))],
    }
    return show(request, "index", context)


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One school of the scope: its years, its people by state, what to watch."""
    schools = administered_schools(standpoint(request)).select_related("district", "academy")
    found = get_object_or_404(schools, uuid=uuid)
    (card,) = overview.cards([found], runs_visible_to(person_of(request)))
    return show(request, "school", {**overview.told(card), "today": clock.today()})
