"""The two steps of deletion: to the trash and back, then for good."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import DomainError
from documents import querysets
from documents.models import File
from documents.services import trash as removal
from documents.views.requests import (
    back_of,
    chosen,
    is_pupil,
    nothing_chosen,
    person_of,
    told_refusals,
    with_undo,
)
from sharing.reaching import reach_in
from ui.french import agree, counted, listed, size

NAMED = 10


@require_POST
def trash(request: HttpRequest) -> HttpResponse:
    """To the trash, at once, with a way back in the message. What other people had in a folder goes back
    to them, and is said."""
    things = chosen(request)
    if not things:
        return nothing_chosen(request)
    used = {use.label for use in querysets.uses_of(things)}
    if used and "sur" not in request.POST:
        return _warn(request, things, sorted(used))
    try:
        done = removal.trash(by=person_of(request), resources=things)
    except DomainError as error:
        told_refusals(request, [error])
        return redirect(back_of(request))
    count, home = len(done.resources), len(done.sent_home)
    words = f"{counted(count, 'document')} {agree(count, 'mis', 'mis')} à la corbeille."
    with_undo(request, words, act=reverse("documents:restore"), uuids=[each.uuid for each in done.resources])
    if home:
        left = agree(home, "est retourné", "sont retournés")
        messages.info(request, f"{counted(home, 'document')} d’autres personnes {left} chez elles.")
    return redirect(_back(request, things))


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Out of the trash, to where it lay."""
    things = chosen(request)
    if not things:
        return nothing_chosen(request)
    try:
        back = len(removal.restore(by=person_of(request), resources=things))
    except DomainError as error:
        told_refusals(request, [error])
    else:
        messages.success(request, f"{counted(back, 'document')} {agree(back, 'restauré')}.")
    return redirect(back_of(request, "documents:trashed"))


@require_POST
def forever(request: HttpRequest) -> HttpResponse:
    """For good: first the page that says what goes and what it frees; then, confirmed, the act."""
    person, everything = person_of(request), "tout" in request.POST
    if everything:
        things: list[Any] = list(querysets.trashed(person, reach_in(request)))
    else:
        things = [each for each in chosen(request) if each.trashed_at is not None]
    if not things:
        return nothing_chosen(request)
    if "sur" not in request.POST:
        return _confirm(request, things, everything=everything)
    try:
        done = removal.empty_trash(by=person) if everything else removal.erase(by=person, resources=things)
    except DomainError as error:
        told_refusals(request, [error])
    else:
        words = f"{counted(len(things), 'document')} {agree(len(things), 'supprimé')} définitivement"
        messages.success(request, f"{words}\u00a0: {size(done.freed)} de place en plus.")
    return redirect("documents:trashed")


def _confirm(request: HttpRequest, things: list[Any], *, everything: bool) -> HttpResponse:
    count = len(things)
    one = f"«\u00a0{things[0].title}\u00a0»" if count == 1 else counted(count, "document")
    context = {
        "heading": "Vider la corbeille\u00a0?" if everything else f"Supprimer définitivement {one}\u00a0?",
        "button": f"Supprimer {counted(count, 'document')}",
        "frees": _weight(things),
        "titles": [each.title for each in things[:NAMED]],
        "more": max(0, count - NAMED),
        "in_use": listed(sorted({use.label for use in querysets.uses_of(things)})),
        "ids": [each.uuid for each in things],
        "everything": everything,
        "back": reverse("documents:trashed"),
    }
    return render(request, "documents/forever.html", context)


def _weight(things: list[Any]) -> int:
    """What deleting these frees, in bytes, with all that went to the trash with them."""
    keys = [each.pk for each in things]
    files = File.objects.filter(Q(pk__in=keys) | Q(resource__trashed_with__in=keys))
    return int(files.aggregate(total=Sum("charged"))["total"] or 0)


def _warn(request: HttpRequest, things: list[Any], used: list[str]) -> HttpResponse:
    """Before what an application uses goes to the trash: where it is used."""
    context = {
        "ids": [each.uuid for each in things],
        "titles": [each.title for each in things[:NAMED]],
        "used": used[:NAMED],
        "pupil": is_pupil(request),
        "back": back_of(request),
        "count": len(things),
    }
    return render(request, "documents/in_use.html", context)


def _back(request: HttpRequest, things: list[Any]) -> str:
    """The page one came from, unless it is that of what just went."""
    back = back_of(request)
    return reverse("documents:index") if any(str(each.uuid) in back for each in things) else back
