"""A word that went, followed: who has signed and who has not, reminders, slips, what came back on paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import DomainError
from core.text import uuid_of
from documents.pieces import pieces_of
from notebooks import homework_rules
from notebooks.enums import Asks, WordState
from notebooks.liaison_lines import follow_of
from notebooks.liaison_slips import slips_of
from notebooks.models import LiaisonCopy, LiaisonVersion
from notebooks.services import liaison_signatures, liaison_words
from notebooks.services.liaison_words import SPACE
from notebooks.views.liaison.words import changed_word_in, word_in
from notebooks.views.requests import person_of, say_no
from ui.french import counted


@require_safe
def word(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The word, its figures, its families: all, or (`attente`) those of whom nobody has signed; a class at a time
    (`classe`, its label)."""
    found = word_in(request, uuid)
    changes = homework_rules.changes(
        found.my_role,  # type: ignore[attr-defined]
        own=found.author_id == person_of(request).pk,
    )
    if found.state == WordState.DRAFT:
        if not changes:
            raise Http404
        return redirect("notebooks:liaison_write", uuid=uuid)
    follow = follow_of(found)
    labels = sorted({family.label for family in follow.families})
    label = request.GET.get("classe", "")
    shown = [family for family in follow.families if label not in labels or family.label == label]
    waiting = "attente" in request.GET
    if waiting:
        silent = {family.pupil.pk for family in follow.silent}
        shown = [family for family in shown if family.pupil.pk in silent]
    here = reverse("notebooks:liaison_word", args=[uuid])
    kept = {"classe": label} if label in labels else {}
    assert found.book is not None
    context = {
        "word": found,
        "resource": found.book.resource,
        "follow": follow,
        "families": shown,
        "changes": changes,
        "sent": found.state == WordState.SENT,
        "answers": found.asks == Asks.ANSWER,
        "late": found.due_on is not None and found.due_on < clock.today(),
        "reminded_today": found.reminded_on == clock.today(),
        "newcomers": len(liaison_words.newcomers_of(found)) if changes else 0,
        "pieces": pieces_of(SPACE, [found.uuid])[found.uuid],
        "versions": list(LiaisonVersion.objects.filter(word=found).order_by("-number")),
        "back": request.get_full_path(),
        "views": [
            {"label": "Toutes les familles", "url": f"{here}?{urlencode(kept)}", "current": not waiting},
            {
                "label": f"Sans signature ({len(follow.silent)})",
                "url": f"{here}?{urlencode({**kept, 'attente': '1'})}",
                "current": waiting,
            },
        ],
        "classes": [
            {
                "label": each or "Sans classe",
                "url": f"{here}?{urlencode({'classe': each} | ({'attente': '1'} if waiting else {}))}",
                "current": each == label,
            }
            for each in labels
        ]
        if len(labels) > 1
        else [],
    }
    return render(request, "notebooks/liaison/word.html", context)


@require_POST
def remind(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Those who have not signed are told."""
    return _act(
        request,
        uuid,
        liaison_signatures.remind,
        lambda count: f"Rappel envoyé à {counted(count, 'parent')}.",
    )


@require_POST
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """It asks nothing any more."""
    return _act(
        request,
        uuid,
        liaison_words.close_word,
        lambda _: "Mot clos\u00a0: il ne demande plus rien, les familles le gardent.",
    )


@require_POST
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """It asks again."""
    return _act(request, uuid, liaison_words.reopen_word, lambda _: "Mot rouvert.")


@require_POST
def newcomers(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Families that came since receive it too."""
    return _act(
        request,
        uuid,
        liaison_words.send_to_newcomers,
        lambda count: (
            f"Mot envoyé\u00a0: {counted(count, 'signature attendue', 'signatures attendues')} de plus."
        ),
    )


@require_POST
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A slip came back (`copie`; `reponse`, oui or non), or was noted by mistake (`annuler`)."""
    found = changed_word_in(request, uuid)
    asked = uuid_of(request.POST.get("copie", ""))
    copy = LiaisonCopy.objects.filter(word=found, uuid=asked).first() if asked else None
    if copy is None:
        raise Http404
    answer = {"oui": True, "non": False}.get(request.POST.get("reponse", ""))
    signed = "annuler" not in request.POST
    copy.word = found
    try:
        liaison_signatures.note_paper(by=person_of(request), copy=copy, signed=signed, answer=answer)
    except DomainError as error:
        say_no(request, error)
    else:
        name = copy.relative_name or copy.pupil_name
        messages.success(
            request, f"Noté\u00a0: billet de {name}." if signed else f"Billet de {name}\u00a0: plus noté."
        )
    kept = {key: request.POST[key] for key in ("classe", "attente") if request.POST.get(key)}
    here = reverse("notebooks:liaison_word", args=[uuid])
    return redirect(
        f"{here}?{urlencode(kept)}#famille-{copy.pupil_id}" if kept else f"{here}#famille-{copy.pupil_id}"
    )


@require_safe
def slips(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Slips to cut: for those without a screen, or (`tous`) for all who have not signed."""
    found = changed_word_in(request, uuid)
    if found.state == WordState.DRAFT:
        raise Http404
    try:
        drawn = slips_of(found, everybody="tous" in request.GET)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:liaison_word", uuid=uuid)
    answer = HttpResponse(drawn, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="billets.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _act(
    request: HttpRequest, uuid: UUID, act: Callable[..., Any], words: Callable[[Any], str]
) -> HttpResponse:
    found = changed_word_in(request, uuid)
    try:
        done = act(by=person_of(request), word=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, words(done))
    return redirect("notebooks:liaison_word", uuid=uuid)
