"""Removed by mistake: the shares come back as they were."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import sessions
from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from sharing.errors import NotAManager
from sharing.panel.showing import Outcome, answer, managed, refused
from sharing.services.undo import put_back, removed_by_hand
from ui.back import safe_path
from ui.french import counted


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Puts back what a withdrawal took; the panel again where it was asked from there (`contenu`), else the
    page one came from. What somebody else removed of things one does not manage does not exist."""
    withdrawal = removed_by_hand(uuid)
    thing = uuid_of(request.POST.get("contenu", ""))
    resource = managed(request, thing) if thing is not None else None
    said, problem = "", ""
    try:
        sessions.require_full_assurance(request)
        if withdrawal is None:
            raise Http404
        done = put_back(by=viewer_of(request).person, withdrawal=withdrawal)
        said = f"C’est remis : {counted(done.count, 'partage')}, comme avant."
    except NotAManager as error:
        raise Http404 from error
    except DomainError as error:
        problem = refused(request, error)
    if resource is not None:
        return answer(request, resource, Outcome(said=said, problem=problem, at="all"))
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, said)
    told = request.POST.get("retour") or ""
    return redirect(safe_path(request, told) if told else reverse("sharing:by_me"))
