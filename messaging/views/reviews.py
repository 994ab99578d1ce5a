"""What pupils write, read before it goes: the classes where it is asked for, what waits, one to read."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from messaging import care, querysets
from messaging.lines import NO_SUBJECT, lines_of, waiting_lines
from messaging.services import reviews
from messaging.views.requests import back_with, copy_of, person_of, said
from ui.french import moment

SHOWN = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The switches, and what waits. For teachers of a class and directions alone."""
    me = viewer_of(request).standpoint
    places = care.reviewable_by(me)
    if not places.any:
        raise Http404
    waiting = care.messages_to_review(person_of(request), me)
    context = {
        "classes": places.classes,
        "schools": places.schools,
        "waiting": waiting_lines(waiting.defer("body", "words")[:SHOWN]),
    }
    return render(request, "messaging/reviews.html", context)


@require_POST
def choose_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """On or off for a class."""
    places = care.reviewable_by(viewer_of(request).standpoint)
    found = next((each.place for each in places.classes if each.place.uuid == uuid), None)
    if found is None:
        raise Http404
    on = request.POST.get("relire") == "on"
    reviews.review_class(by=person_of(request), school_class=found, on=on)
    messages.success(request, _chosen(found.label, on=on))
    return redirect("messaging:reviews")


@require_POST
def choose_school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """On or off for all classes of a school."""
    places = care.reviewable_by(viewer_of(request).standpoint)
    found = next((each.place for each in places.schools if each.place.uuid == uuid), None)
    if found is None:
        raise Http404
    on = request.POST.get("relire") == "on"
    reviews.review_school(by=person_of(request), school=found, on=on)
    messages.success(request, _chosen(found.name, on=on))
    return redirect("messaging:reviews")


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One message: read, then let go or handed back with a word."""
    me = person_of(request)
    message = get_object_or_404(care.messages_to_review(me, viewer_of(request).standpoint), uuid=uuid)
    problem, word = "", request.POST.get("mot", "")
    if request.method == "POST":
        try:
            if request.POST.get("act") == "go":
                reviews.let_go(by=me, message=message)
                messages.success(request, "Le message est parti.")
            else:
                reviews.hand_back(by=me, message=message, word=word)
                messages.success(request, "Le message est rendu à l’élève, avec votre mot.")
            return redirect("messaging:reviews")
        except DomainError as error:
            problem = said(request, error)
    context = {
        "message": message,
        "subject": message.subject or NO_SUBJECT,
        "at": moment(message.changed_at),
        "to": lines_of(message.addresses.all()),
        "files": querysets.attachments_of([message])[message.pk],
        "word": word,
        "most": reviews.WORD,
        "problem": problem,
    }
    return render(request, "messaging/review.html", context, status=422 if problem else 200)


@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's own message that waits is a draft again."""
    copy = copy_of(request, uuid)
    if copy.message.author_id != person_of(request).pk:
        raise Http404
    try:
        reviews.take_back(by=person_of(request), message=copy.message)
    except DomainError as error:
        return back_with(request, error)
    messages.success(request, "Ton message est de nouveau dans tes brouillons.")
    return redirect("messaging:drafts")


def _chosen(name: str, *, on: bool) -> str:
    if on:
        return f"{name}\u00a0: les messages des élèves attendront d’être relus."
    return f"{name}\u00a0: les messages des élèves partent aussitôt, ceux qui attendaient aussi."
