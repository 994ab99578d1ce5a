"""Volume and delays of the requests that one helps with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from support.figures import figures_of
from support.querysets import helped_by
from support.views.requests import for_helpers, me_in

PERIODS = (("13", "3 mois"), ("26", "6 mois"), ("53", "1 an"))


@for_helpers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Figures of a period (`semaines`), as charts with their table."""
    asked = request.GET.get("semaines", "")
    weeks = asked if asked in dict(PERIODS) else PERIODS[0][0]
    context = {
        "tab": "figures",
        "helper": True,
        "figures": figures_of(helped_by(me_in(request)), weeks=int(weeks)),
        "periods": [
            {"label": label, "url": f"?semaines={value}", "current": value == weeks}
            for value, label in PERIODS
        ],
    }
    return render(request, "support/figures.html", context)
