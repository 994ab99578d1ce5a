"""What one wants to be told of; mails stopped by their own link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from directory.annuaire.viewer import viewer_of
from timeline.enums import MailPace
from timeline.mails import person_of
from timeline.services.preferences import Wish, choices_of, prefer_all, stop_mails


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """A line for each kind of event: in the page, and how soon by mail. Saved once."""
    person = viewer_of(request).person
    found = choices_of(person)
    if request.method == "POST":
        told = {
            each.kind.key: Wish(
                f"page-{each.kind.key}" in request.POST,
                _pace(request.POST.get(f"mail-{each.kind.key}", "")),
                f"texte-{each.kind.key}" in request.POST,
            )
            for each in found
        }
        prefer_all(by=person, choices=told)
        messages.success(request, "Vos choix sont enregistrés.")
        return redirect("timeline:choices")
    return render(request, "timeline/choices.html", {"choices": found, "paces": MailPace.choices})


def _pace(text: str) -> MailPace:
    return MailPace(text) if text in MailPace.values else MailPace.NEVER


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail: a page that asks, or the one click of a mail program (RFC 8058), which brings no
    session and no token of ours; the address itself is the secret."""
    person = person_of(token)
    if person is None:
        raise Http404
    done = request.method == "POST"
    if done:
        stop_mails(person=person)
    return render(request, "timeline/stop.html", {"person": person, "done": done})
