"""The list of runs that the person may see."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console.access import administrators_only, standpoint
from admin_console.feeds.runs import Filters, icon, slice_of, tone
from admin_console.feeds.telling import title
from admin_console.place import place_of
from admin_console.showing import show_in_console
from feeds.querysets import runs_seen_from, told_of


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Runs, newest first, by state and source; of the school asked, those that were sent for it or spoke of it."""
    place = place_of(request)
    school = place.school if place.several else None
    filters = Filters.read(request.GET, school)
    runs = runs_seen_from(standpoint(request))
    if school is not None:
        runs = runs.filter(told_of(school))
    found = slice_of(runs, filters, request.GET)
    context = {
        "filters": filters,
        "found": found,
        "lines": [
            {"run": run, "title": title(run), "tone": tone(run), "icon": icon(run)} for run in found.runs
        ],
    }
    return show_in_console(request, "feeds/runs", context, tab="feeds")
