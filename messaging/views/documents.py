"""Files between messages and the Espace documentaire: joined from there, kept there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.text import uuids_of
from documents.attachable import files_seen, shelf_asked
from documents.errors import NoSuchDocument
from messaging import querysets
from messaging.models import Message
from messaging.picker import recipients_of
from messaging.services import writing
from messaging.views.drafts import draft_of
from messaging.views.requests import back_of, back_with, is_pupil, person_of, said
from sharing.reaching import reach_in
from ui.french import agree, counted, listed

MOST = 20
NAMED = 5


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What to join to a draft, one folder at a time; then joined."""
    draft = draft_of(person_of(request), str(uuid))
    if draft is None:
        raise Http404
    if request.method == "POST":
        return _join(request, draft)
    return _show(request, draft)


@require_POST
def keep(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A file received, into one's own documents."""
    found = querysets.attachment_held(person_of(request), uuid)
    if found is None:
        raise Http404
    try:
        kept = writing.keep(by=person_of(request), attachment=found)
    except DomainError as error:
        return back_with(request, error)
    words = "est dans tes documents" if is_pupil(request) else "est enregistré dans vos documents"
    link = format_html('<a href="{}">{}</a>', reverse("documents:file", args=[kept.uuid]), kept.title)
    messages.success(request, format_html("{} {}.", link, words))
    return redirect(back_of(request))


def _join(request: HttpRequest, draft: Message) -> HttpResponse:
    me = person_of(request)
    wanted = uuids_of(request.POST.getlist("d")[: 5 * MOST])
    chosen = list(files_seen(me, reach_in(request)).filter(uuid__in=wanted)) if wanted else []
    if not chosen:
        words = "Choisis d’abord un fichier." if is_pupil(request) else "Choisissez d’abord un fichier."
        return _show(request, draft, problem=words)
    try:
        made = writing.attach_documents(by=me, message=draft, documents=chosen)
    except DomainError as error:
        return _show(request, draft, problem=said(request, error))
    count = counted(len(made), "fichier")
    messages.success(request, f"{count} {agree(len(made), 'joint')} au message.")
    return redirect(f"{reverse('messaging:write')}?brouillon={draft.uuid}")


def _show(request: HttpRequest, draft: Message, *, problem: str = "") -> HttpResponse:
    me, reach = person_of(request), reach_in(request)
    try:
        found = shelf_asked(me, reach, request.GET.dict())
    except NoSuchDocument as error:
        raise Http404 from error
    context: dict[str, Any] = {
        "draft": draft,
        "shelf": found,
        "readers": _readers(draft),
        "problem": problem,
        "back": f"{reverse('messaging:write')}?brouillon={draft.uuid}",
    }
    return render(request, "messaging/documents.html", context, status=422 if problem else 200)


def _readers(draft: Message) -> str:
    """Who will receive what is joined: « Parents du CP A (24 personnes) et Mme Roy »."""
    names = [f"{each.name} ({each.sub})" if each.sub else each.name for each in recipients_of(draft)]
    if len(names) > NAMED:
        names = [*names[:NAMED], counted(len(names) - NAMED, "autre")]
    return listed(names)
