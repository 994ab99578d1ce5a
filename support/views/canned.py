"""Answers kept ready: the list, writing one, deleting one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import person_of
from core.errors import DomainError
from support.models import CannedAnswer
from support.querysets import canned_lent_to, canned_written_by
from support.services import canned
from support.services.canned import Place
from support.views.requests import for_helpers, me_in, said, written
from ui import rich_text

SHOWN = 200


@for_helpers
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own, and those that wider places lend."""
    me = me_in(request)
    context = {
        "tab": "canned",
        "helper": True,
        "own": list(canned_written_by(me)[:SHOWN]),
        "lent": list(canned_lent_to(me)[:SHOWN]),
    }
    return render(request, "support/canned.html", context)


@for_helpers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new one, for a place that one administers."""
    places = canned.places_of(me_in(request))
    chosen = next((each for each in places if each.key == request.POST.get("lieu")), places[0])
    if request.method == "POST":
        try:
            canned.keep(
                by=person_of(request),
                place=chosen,
                title=request.POST.get("titre", ""),
                body=written(request),
            )
        except DomainError as error:
            return _form(request, places=places, chosen=chosen, problem=said(request, error))
        messages.success(request, "Réponse toute prête enregistrée.")
        return redirect("support:canned")
    return _form(request, places=places, chosen=chosen)


@for_helpers
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Written anew."""
    answer = get_object_or_404(canned_written_by(me_in(request)), uuid=uuid)
    if request.method == "POST":
        try:
            canned.change(
                by=person_of(request),
                answer=answer,
                title=request.POST.get("titre", ""),
                body=written(request),
            )
        except DomainError as error:
            return _form(request, answer=answer, problem=said(request, error))
        messages.success(request, "Réponse toute prête enregistrée.")
        return redirect("support:canned")
    return _form(request, answer=answer)


@for_helpers
@require_POST
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Kept no more."""
    answer = get_object_or_404(canned_written_by(me_in(request)), uuid=uuid)
    canned.delete(by=person_of(request), answer=answer)
    messages.success(request, f"«\u00a0{answer.title}\u00a0» est supprimée.")
    return redirect("support:canned")


def _form(
    request: HttpRequest,
    *,
    answer: CannedAnswer | None = None,
    places: list[Place] | None = None,
    chosen: Place | None = None,
    problem: str = "",
) -> HttpResponse:
    posted = request.method == "POST"
    body = rich_text.clean(written(request)) if posted else answer.body if answer else ""
    context = {
        "answer": answer,
        "places": places or [],
        "chosen": chosen,
        "title": request.POST.get("titre", "") if posted else answer.title if answer else "",
        "body": body,
        "plain": rich_text.typed(body),
        "problem": problem,
    }
    return render(request, "support/canned_edit.html", context, status=422 if problem else 200)
