"""/cahiers/: what waits today, then every notebook that one sees."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from notebooks.books import book_kinds, books_visible_to, lines_of
from notebooks.makers import makers_for
from notebooks.memo_enums import MEMO_BOOK
from notebooks.views.homework.week import children_in, pupil_context, tonight_of_children
from notebooks.views.liaison.received import to_sign
from notebooks.views.requests import is_pupil, person_of
from sharing.reaching import reach_in

PAGE = 30


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A pupil has their week, ticks and all; a relative what is to sign, and each child's homework."""
    me, reach = person_of(request), reach_in(request)
    kinds = book_kinds(reach)
    asked = request.GET.get("type", "")
    if asked == MEMO_BOOK:
        # These have a shelf of their own, where their covers are seen.
        return redirect("notebooks:memo_index")
    chosen = [kind for kind in kinds if kind.key == asked]
    rows = books_visible_to(me, reach, chosen or kinds)
    if is_pupil(request):
        # Homework stands above, whatever the notebook that it comes from.
        rows = rows.exclude(kind="homework_book")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    here = reverse("notebooks:index")
    context: dict[str, Any] = {
        "lines": lines_of(me, list(page.object_list)),
        "page": page,
        "team": viewer_of(request).in_team,
        "makers": makers_for(viewer_of(request)),
        "tabs": [
            {"label": "Tous", "url": here, "current": not chosen},
            *(
                {
                    "label": f"{kind.label[:1].upper()}{kind.label[1:]}",
                    "url": f"{here}?type={kind.key}",
                    "current": kind in chosen,
                }
                for kind in kinds
            ),
        ],
    }
    if is_pupil(request):
        return render(request, "notebooks/pupil.html", context | pupil_context(request, me))
    if me.profile == Profile.RELATIVE:
        context |= {
            "to_sign": to_sign(request),
            "children": tonight_of_children(request, children_in(request)),
        }
    return render(request, "notebooks/index.html", context)
