"""Reporting a message that one received, in a few words."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from messaging.enums import Box, Reason
from messaging.lines import NO_SUBJECT
from messaging.services.reports import WORDS, report
from messaging.views.requests import copy_of, is_pupil, person_of, said
from ui.french import moment

# A child is asked what is the matter, not what rule is broken.
TO_PUPIL = {
    Reason.UNKIND: "Il est méchant, ou il me fait peur",
    Reason.SHOCKING: "Il montre des choses qui me gênent",
    Reason.UNWANTED: "On m’écrit tout le temps, et je ne veux pas",
    Reason.STOLEN: "Je crois que c’est quelqu’un d’autre qui l’a écrit",
    Reason.OTHER: "Autre chose",
}


@require_http_methods(["GET", "HEAD", "POST"])
def report_message(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Why, in a few choices and one's own words; then back to the conversation, told that it has arrived."""
    copy = copy_of(request, uuid)
    if copy.box != Box.RECEIVED or copy.message.author_id == person_of(request).pk:
        raise Http404
    pupil, problem = is_pupil(request), ""
    chosen, words = request.POST.get("raison", ""), request.POST.get("mots", "")
    if request.method == "POST" and chosen in Reason.values:
        try:
            report(by=person_of(request), copy=copy, reason=Reason(chosen), words=words)
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(request, _received(pupil=pupil))
            return redirect("messaging:thread", uuid=uuid)
    elif request.method == "POST":
        problem = "Choisis ce qui ne va pas." if pupil else "Choisissez une raison."
    context = {
        "copy": copy,
        "subject": copy.message.subject or NO_SUBJECT,
        "at": moment(copy.at),
        "reasons": [(each.value, TO_PUPIL[each] if pupil else each.label) for each in Reason],
        "chosen": chosen,
        "words": words,
        "most": WORDS,
        "problem": problem,
    }
    return render(request, "messaging/report.html", context, status=422 if problem else 200)


def _received(*, pupil: bool) -> str:
    if pupil:
        return "C’est bien de l’avoir dit. Les adultes de l’école vont lire ce message."
    return "Le message est signalé\u00a0: les responsables de l’école l’ont reçu et vont le lire."
