"""Actualités as everybody reads them: those of today, and one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from home.lines import audience_words, days_words, lines_of, progress_of, read_words
from home.models import Notice
from home.querysets import classes_of, in_order, notices_managed_within, notices_visible_to
from home.services import acknowledge as acknowledging
from home.services.notices import stage_of
from home.views.requests import manages, say_no, visible
from sharing.reaching import reach_in
from ui.back import back_of

PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What stands today for whoever asks."""
    viewer, reach = viewer_of(request), reach_in(request)
    page = Paginator(in_order(notices_visible_to(reach)), PAGE).get_page(request.GET.get("page"))
    context = {
        "lines": lines_of(viewer.person, list(page.object_list), reach),
        "page": page,
        "manages": manages(request),
    }
    return render(request, "home/notices/index.html", context)


@require_safe
def notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One notice: whole, for whom it stands; with where it is in its life, for whoever manages it."""
    viewer, reach = viewer_of(request), reach_in(request)
    managed = (
        notices_managed_within(viewer.standpoint).filter(uuid=uuid).first() if manages(request) else None
    )
    found = notices_visible_to(reach).filter(uuid=uuid).first() or managed
    if found is None:
        raise Http404
    (line,) = lines_of(viewer.person, [found], reach)
    context = {"line": line, "school": found.school, "managed": None}
    if managed is not None:
        context["managed"] = _managed(managed)
    return render(request, "home/notices/notice.html", context)


@require_POST
def acknowledge(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« J’ai lu ». Back to the home page, or to the notice."""
    found = visible(request, uuid)
    try:
        acknowledging.acknowledge(by=viewer_of(request).person, notice=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "C’est noté\u00a0: l’école sait que vous l’avez lue.")
    return redirect(back_of(request, "notices:index"))


def _managed(found: Notice) -> dict[str, object]:
    """What a notice's administrators read beside it."""
    everybody, _, _ = progress_of(found)
    return {
        "stage": stage_of(found),
        "audience": audience_words(found, classes_of([found]).get(found.pk, [])),
        "days": days_words(found.starts_on, found.ends_on),
        "read": read_words(everybody) if everybody.number else "",
    }
