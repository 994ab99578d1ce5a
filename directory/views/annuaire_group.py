"""A group: what one may do with it, and who is in it for those who may know."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.annuaire.groups import group_lines, groups_known_to
from directory.annuaire.lines import lines
from directory.annuaire.viewer import viewer_of
from directory.querysets import members_of
from ui.cards import acts_on_group

PAGE = 40


@require_safe
def card(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A group that I may write to, or that I am in; any other does not exist."""
    me = viewer_of(request)
    group = get_object_or_404(groups_known_to(me).select_related("school", "school_class"), uuid=uuid)
    line = group_lines([group], me)[0]
    shown = line.members is not None
    people = members_of([group]).order_by("sort_name", "pk") if shown else me.people.none()
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    context = {
        "line": line,
        "group": group,
        "shown": shown,
        "reached": set(
            me.people.filter(pk__in=[p.pk for p in page.object_list]).values_list("pk", flat=True)
        ),
        "acts": acts_on_group(request, group),
        "page": page,
        "lines": lines(page.object_list, me, with_school=False),
    }
    return render(request, "directory/annuaire/group.html", context)
