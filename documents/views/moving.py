"""Where to: a page that walks one's folders one at a time, then moves or copies there."""

from typing import Any

from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.text import uuid_of
from documents import querysets
from documents.audience_change import audience_change
from documents.enums import FOLDER
from documents.services import arrange
from documents.views.place import above
from documents.views.requests import (
    back_of,
    chosen,
    is_pupil,
    nothing_chosen,
    person_of,
    said,
    seen,
)
from sharing.reaching import reach_in
from sharing.rules import Act, may
from ui.french import NBSP, agree, counted, listed

ROOT = "racine"
NAMED = 5


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Moves what was chosen into a folder, or to one's root."""
    return _go(request, "move")


@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Copies what was chosen there: the copies are one's own."""
    return _go(request, "copy")


def _go(request: HttpRequest, act: str) -> HttpResponse:
    things = chosen(request)
    if not things:
        return nothing_chosen(request)
    here = _here(request, things, act)
    if "faire" in request.POST:
        return _do(request, act, things, here)
    return _ask(request, act, things, here)


def _here(request: HttpRequest, things: list[Any], act: str) -> Any:
    """The folder shown: the one just opened, or kept; at first, that of the things."""
    text = request.POST.get("vers") or request.POST.get("ici") or ""
    if not text and "ici" not in request.POST and act == "move":
        return seen(request).filter(pk=things[0].parent_id, trashed_at=None).first()
    if not text or text == ROOT:
        return None
    return seen(request).filter(uuid=uuid_of(text), kind=FOLDER, trashed_at=None).first()


def _do(request: HttpRequest, act: str, things: list[Any], here: Any) -> HttpResponse:
    service = arrange.move if act == "move" else arrange.copy
    try:
        done = service(by=person_of(request), resources=things, parent=here)
    except DomainError as error:
        return _ask(request, act, things, here, problem=said(request, error))
    where = f"«{NBSP}{here.title}{NBSP}»" if here else f"«{NBSP}Mes documents{NBSP}»"
    count = len(done.resources)
    word = agree(count, "déplacé") if act == "move" else agree(count, "copié")
    words = f"{counted(count, 'document')} {word} dans {where}."
    if done.change.wider:
        words += f" Visible aussi par{NBSP}: {_named(done.change.gained)}."
    messages.success(request, words)
    return redirect(_after(request, here))


def _after(request: HttpRequest, here: Any) -> str:
    """The list one came from; after a thing's own page too, which stays the same."""
    return (
        back_of(request)
        if "retour" in request.POST
        else (reverse("documents:folder", args=[here.uuid]) if here else reverse("documents:index"))
    )


def _ask(request: HttpRequest, act: str, things: list[Any], here: Any, *, problem: str = "") -> HttpResponse:
    count = len(things)
    what = f"«{NBSP}{things[0].title}{NBSP}»" if count == 1 else counted(count, "document")
    context = {
        "act": act,
        "action": reverse(f"documents:{act}"),
        "heading": f"{'Déplacer' if act == 'move' else 'Copier'} {what}",
        "chosen": [each.title for each in things] if count > 1 else [],
        "ids": [each.uuid for each in things],
        "here": here,
        "trail": _trail(request, here),
        "folders": _folders(request, here, things),
        "back": back_of(request),
        "may_here": here is None or may(here.my_role, Act.ADD),
        "same": act == "move" and all(each.parent_id == (here.pk if here else None) for each in things),
        "widening": _widening(request, things, here),
        "problem": problem,
    }
    return render(request, "documents/picker.html", context, status=422 if problem else 200)


def _trail(request: HttpRequest, here: Any) -> list[Any]:
    if here is None:
        return []
    return [*above(request, here), here]


def _folders(request: HttpRequest, here: Any, things: list[Any]) -> list[Any]:
    """Folders one may open here, those being moved left out."""
    person = person_of(request)
    found = (
        querysets.inside(person, here, reach_in(request))
        if here
        else querysets.mine(person, reach_in(request))
    )
    found = found.filter(kind=FOLDER).exclude(pk__in=[each.pk for each in things])
    return list(found.order_by(Lower("title"), "pk"))


def _widening(request: HttpRequest, things: list[Any], here: Any) -> str:
    """Who would see, there, what they do not see where it is."""
    change = audience_change(things, here, but=person_of(request))
    if not change.wider:
        return ""
    verb = "Ici, le verront aussi" if is_pupil(request) else "Dans ce dossier, le verront aussi"
    return f"{verb}{NBSP}: {_named(change.gained)}."


def _named(names: list[str]) -> str:
    """The first of many names, and how many others."""
    if len(names) <= NAMED:
        return listed(names)
    return f"{', '.join(names[:NAMED])} et {counted(len(names) - NAMED, 'autre')}"
