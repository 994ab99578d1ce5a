"""One search over all that someone may see: each room answers for its own."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from ui import search
from ui.parts import page_or_part

SHOWN = 6  # of each room; the rest is behind « Tout voir »


@require_safe
@vary_on_headers("HX-Request")
def everything(request: HttpRequest) -> HttpResponse:
    """What fits the words typed, room by room; letter by letter where scripts run."""
    typed = request.GET.get("q", "").strip()[: search.TYPED]
    return page_or_part(
        request,
        "home/search.html",
        {"typed": typed, "found": search.run(request, typed, limit=SHOWN)},
    )
