"""The list of runs that the person may see."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console.access import administrators_only, person_of, show
from admin_console.feeds.runs import Filters, icon, slice_of, tone
from admin_console.feeds.telling import title
from feeds.querysets import runs_visible_to


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Runs, newest first, by state and source."""
    filters = Filters.read(request.GET)
    found = slice_of(runs_visible_to(person_of(request)), filters, request.GET)
    context = {
        "filters": filters,
        "found": found,
        "lines": [
            {"run": run, "title": title(run), "tone": tone(run), "icon": icon(run)} for run in found.runs
        ],
    }
    return show(request, "feeds/runs", context)
