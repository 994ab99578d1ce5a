"""Senders kept away from pupils: those of one's classes; one more, chosen by name; one let write again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.lines import lines
from directory.annuaire.viewer import viewer_of
from directory.search import find_people
from messaging import care, picker
from messaging.services.bar import bar, unbar
from messaging.views.requests import person_of, said
from ui.french import moment_year

FOUND = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Who is kept from whom; a pupil, then a sender found by name (`eleve`, `q`)."""
    viewer = viewer_of(request)
    me = viewer.standpoint
    pupils = care.pupils_protected_by(me)
    pupil = pupils.filter(uuid=uuid_of(request.GET.get("eleve", ""))).first()
    typed = request.GET.get("q", "").strip()[:80]
    rows = list(care.barred_visible_to(me))
    offered = list(pupils)
    if not offered and not rows:
        raise Http404
    found = []
    if pupil is not None and typed:
        found = list(find_people(picker.senders_for(me), typed).people[:FOUND])
    context = {
        "lines": [{"barred": each, "since": moment_year(each.at)} for each in rows],
        "pupils": offered,
        "pupil": pupil,
        "typed": typed,
        "found": lines(found, viewer) if found else [],
    }
    return render(request, "messaging/barred.html", context)


@require_POST
def bar_sender(request: HttpRequest) -> HttpResponse:
    """One more."""
    me = viewer_of(request).standpoint
    pupil = get_object_or_404(care.pupils_protected_by(me), uuid=uuid_of(request.POST.get("eleve", "")))
    sender = get_object_or_404(picker.senders_for(me), uuid=uuid_of(request.POST.get("expediteur", "")))
    try:
        bar(by=person_of(request), pupil=pupil, sender=sender, reason=request.POST.get("raison", ""))
    except DomainError as error:
        messages.error(request, said(request, error))
    else:
        messages.success(request, f"{sender.full_name} n’écrit plus à {pupil.full_name}.")
    return redirect("messaging:barred")


@require_POST
def let_write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """They write again."""
    found = get_object_or_404(care.barred_visible_to(viewer_of(request).standpoint), uuid=uuid)
    try:
        unbar(by=person_of(request), barred=found)
    except DomainError as error:
        messages.error(request, said(request, error))
    else:
        messages.success(
            request, f"{found.sender.full_name} peut de nouveau écrire à {found.pupil.full_name}."
        )
    return redirect("messaging:barred")
