"""The boxes: received, sent, drafts, folders, trash; what is done with what was ticked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from core.errors import DomainError
from core.text import uuid_of
from messaging import care, querysets
from messaging.enums import Box
from messaging.lines import NO_SUBJECT, box_lines
from messaging.models import Copy, Folder
from messaging.querysets import Copies
from messaging.services import boxes
from messaging.views.requests import (
    back_of,
    back_with,
    chosen,
    filters_of,
    is_pupil,
    page_or_part,
    person_of,
)
from ui.french import agree, counted, size

PAGE = 30
NAMED = 6

EMPTY = {
    "received": ("Aucun message", "Ce que l’on vous écrit arrive ici."),
    "sent": ("Rien d’envoyé", "Vos messages partis se retrouvent ici."),
    "drafts": ("Aucun brouillon", "Un message commencé est gardé ici, au fil de l’écriture."),
    "trash": ("La corbeille est vide", "Ce que vous effacez attend ici, jusqu’à ce que vous le supprimiez."),
    "folder": ("Ce dossier est vide", "Rangez-y des messages depuis votre boite."),
}
EMPTY_PUPIL = {
    "received": ("Pas de message", "Quand on t’écrit, c’est ici."),
    "sent": ("Rien d’envoyé", "Tes messages partis sont ici."),
    "drafts": ("Pas de brouillon", "Un message commencé est gardé ici."),
    "trash": ("La corbeille est vide", "Ce que tu effaces attend ici."),
    "folder": ("Ce dossier est vide", "Tu peux y ranger des messages."),
}


@require_safe
@vary_on_headers("HX-Request")
def index(request: HttpRequest) -> HttpResponse:
    """What was received."""
    return _show(request, "received", querysets.box(person_of(request), Box.RECEIVED))


@require_safe
@vary_on_headers("HX-Request")
def sent(request: HttpRequest) -> HttpResponse:
    """What was sent, or is on its way."""
    return _show(request, "sent", querysets.box(person_of(request), Box.SENT))


@require_safe
@vary_on_headers("HX-Request")
def drafts(request: HttpRequest) -> HttpResponse:
    """What is being written, or waits for its hour."""
    return _show(request, "drafts", querysets.box(person_of(request), Box.DRAFTS))


@require_safe
@vary_on_headers("HX-Request")
def trashed(request: HttpRequest) -> HttpResponse:
    """What was thrown away, until it is deleted for good."""
    return _show(request, "trash", querysets.trash(person_of(request)))


@require_safe
@vary_on_headers("HX-Request")
def in_folder(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A folder of one's own."""
    folder = get_object_or_404(querysets.folders_of(person_of(request)), uuid=uuid)
    return _show(request, "folder", querysets.in_folder(person_of(request), folder), folder=folder)


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """One act on what was ticked; deleting for good asks first."""
    asked = request.POST.get("act", "")
    if asked == "empty":
        return _forever(request, list(querysets.trash(person_of(request))[:NAMED]), everything=True)
    copies = chosen(request)
    if not copies:
        words = "Choisis d’abord un message." if is_pupil(request) else "Choisissez d’abord un message."
        messages.warning(request, words)
        return redirect(back_of(request))
    if asked == "forever":
        return _forever(request, copies, everything=False)
    if asked not in ACTS:
        raise Http404
    try:
        count, words = ACTS[asked](request, copies)
    except DomainError as error:
        return back_with(request, error)
    messages.success(request, f"{counted(count, 'message')} {agree(count, *words)}.")
    return redirect(back_of(request))


type Done = tuple[int, tuple[str, str]]


def _read(request: HttpRequest, copies: list[Copy]) -> Done:
    return boxes.read(by=person_of(request), copies=copies), ("lu", "lus")


def _unread(request: HttpRequest, copies: list[Copy]) -> Done:
    return boxes.read(by=person_of(request), copies=copies, unread=True), ("non lu", "non lus")


def _throw(request: HttpRequest, copies: list[Copy]) -> Done:
    return boxes.throw(by=person_of(request), copies=copies), ("mis à la corbeille", "mis à la corbeille")


def _restore(request: HttpRequest, copies: list[Copy]) -> Done:
    return boxes.restore(by=person_of(request), copies=copies), ("restauré", "restaurés")


def _move(request: HttpRequest, copies: list[Copy]) -> Done:
    me, into = person_of(request), request.POST.get("dossier", "")
    folder = get_object_or_404(querysets.folders_of(me), uuid=uuid_of(into)) if into else None
    return boxes.move(by=me, copies=copies, folder=folder), ("rangé", "rangés")


ACTS: dict[str, Callable[[HttpRequest, list[Copy]], Done]] = {
    "read": _read,
    "unread": _unread,
    "throw": _throw,
    "restore": _restore,
    "move": _move,
}


def _forever(request: HttpRequest, copies: list[Copy], *, everything: bool) -> HttpResponse:
    """First the page that says what goes and what it frees; then, confirmed, the act."""
    me = person_of(request)
    thrown = querysets.trash(me)
    if not everything:
        thrown = thrown.filter(pk__in=[copy.pk for copy in copies])
    count = thrown.count()
    if "sur" not in request.POST:
        context = {
            "count": count,
            "everything": everything,
            "frees": querysets.weight(thrown),
            "messages_named": [each.message.subject or NO_SUBJECT for each in copies[:NAMED]],
            "more": max(0, count - NAMED),
            "ids": [] if everything else [copy.message.uuid for copy in copies],
            "back": reverse("messaging:trash"),
        }
        return render(request, "messaging/forever.html", context)
    try:
        done = boxes.empty_trash(by=me) if everything else boxes.erase(by=me, copies=copies)
    except DomainError as error:
        return back_with(request, error)
    words = f"{counted(done.count, 'message')} {agree(done.count, 'supprimé', 'supprimés')} définitivement"
    freed = f"\u00a0: {size(done.freed)} de place en plus" if done.freed else ""
    messages.success(request, f"{words}{freed}.")
    return redirect("messaging:trash")


def _show(request: HttpRequest, which: str, copies: Copies, *, folder: Folder | None = None) -> HttpResponse:
    me, filters = person_of(request), filters_of(request)
    if filters.any and which == "received":
        # A search goes through everything that one keeps, but for the trash.
        copies = querysets.kept(me)
    found = querysets.page(
        querysets.found(copies, filters), count=PAGE + 1, after=_after(request.GET.get("apres", ""))
    )
    shown = found[:PAGE]
    context: dict[str, Any] = {
        "which": which,
        "folder": folder,
        "folders": querysets.folders_of(me),
        "filters": filters,
        "lines": box_lines(shown, me),
        "later_url": _address(request, shown[-1]) if len(found) > PAGE else "",
        "earlier_url": request.path if "apres" in request.GET else "",
        "unread": querysets.unread_count(me),
        "to_review": care.to_review_count(me) if which == "received" else 0,
        "empty": (EMPTY_PUPIL if is_pupil(request) else EMPTY)[which],
    }
    return page_or_part(request, "box", context)


def _address(request: HttpRequest, last: Copy) -> str:
    asked = {key: value for key, value in request.GET.items() if key != "apres"}
    return f"{request.path}?{urlencode(asked | {'apres': f'{last.at.isoformat()}|{last.pk}'})}"


def _after(text: str) -> tuple[datetime, int] | None:
    at, _, key = text.partition("|")
    try:
        instant = datetime.fromisoformat(at)
    except ValueError:
        return None
    if instant.tzinfo is None or not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    return instant, int(key)
