"""A family by hand: who is responsible for whom is added, and taken back where it was added so."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.enums import Profile
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.showing import show_in_console
from admin_console.users.beside import CARRIED, card_url, list_asked, list_url
from admin_console.users.card_gate import person_asked
from admin_console.users.views.acts import SHOW, Asked, attempt, back_to, confirm
from core.text import uuid_of
from directory.account_filters import AccountFilters
from directory.account_lines import account_lines
from directory.account_search import find_accounts
from directory.models import Guardianship
from directory.querysets import people_administered_by
from directory.querysets.accounts import schools_asked
from directory.search import typed_words
from directory.services import ties
from ui.french import unbroken

OTHERS = {Profile.RELATIVE: Profile.PUPIL, Profile.PUPIL: Profile.RELATIVE}
FOUND = 20
TYPED = 80


@require_http_methods(SHOW)
@vary_on_headers("HX-Request")
@administrators_only
def tie_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Ajouter un enfant » to a relative, « Ajouter un responsable » to a pupil: found by name in the scope."""
    person = person_asked(request, uuid)
    if person.profile not in OTHERS:
        raise Http404
    typed = request.GET.get("q", request.POST.get("q", "")).strip()[:TYPED]
    if request.method == "POST":
        return _added(request, person, typed)
    context = {
        "person": person,
        "pupil": person.profile == Profile.PUPIL,
        "typed": typed,
        "asked": bool(typed_words(typed)),
        "back": card_url(person, request),
        "list_asked": list_asked(request),
        "list_url": list_url(request),
        **_found(request, person, typed),
    }
    return show_in_console(request, "users/card_tie_add", context, tab="users")


def _added(request: HttpRequest, person: User, typed: str) -> HttpResponse:
    me = person_of(request)
    other = get_object_or_404(
        people_administered_by(me),
        uuid=uuid_of(request.POST.get("personne", "")),
        profile=OTHERS[Profile(person.profile)],
    )
    relative, pupil = (other, person) if person.profile == Profile.PUPIL else (person, other)
    legal = "legal" in request.POST
    why_not = attempt(request, lambda: ties.tie_by_hand(by=me, relative=relative, pupil=pupil, legal=legal))
    if why_not:
        messages.error(request, why_not)
        address = reverse("console:user_tie_add", args=[person.uuid])
        return redirect(f"{address}?{urlencode({'q': typed, CARRIED: list_asked(request)})}")
    messages.success(request, f"{relative.full_name} est maintenant responsable de {pupil.full_name}.")
    return back_to(person, request)


def _found(request: HttpRequest, person: User, typed: str) -> dict[str, Any]:
    """Whom the name typed fits, of the scope, and who is tied already."""
    if not typed_words(typed):
        return {"found": [], "approximate": False, "more": False}
    me = standpoint(request)
    found = find_accounts(me, None, AccountFilters(typed=typed, profile=OTHERS[Profile(person.profile)]))
    people = list(found.people[: FOUND + 1])
    mine, theirs = ("pupil", "relative") if person.profile == Profile.PUPIL else ("relative", "pupil")
    open_ties = Guardianship.objects.filter(ended_on__isnull=True, **{mine: person, f"{theirs}__in": people})
    tied = set(open_ties.values_list(f"{theirs}_id", flat=True))
    lines = account_lines(people[:FOUND], schools_asked(me, None))
    return {
        "found": [
            {"person": line.person, "sub": line.sub(with_school=True), "tied": line.person.pk in tied}
            for line in lines
        ],
        "approximate": found.approximate,
        "more": len(people) > FOUND,
    }


@require_http_methods(SHOW)
@administrators_only
def tie_end(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Takes back a tie made by hand; what a feed states is limited instead."""
    person = person_asked(request, uuid)
    relative, pupil = family(request, person, other)
    me = person_of(request)
    why_not = ""
    if request.method == "POST":
        why_not = attempt(request, lambda: ties.end_tie_by_hand(by=me, relative=relative, pupil=pupil))
        if not why_not:
            messages.success(request, f"{relative.full_name} n’est plus responsable de {pupil.full_name}.")
            return back_to(person, request)
    points = [
        f"Dès sa prochaine action, {relative.full_name} ne voit plus rien de {pupil.full_name}, ni de sa classe.",
        "Les deux comptes restent, avec ce qui leur est partagé à leur nom.",
        "Ce lien avait été ajouté à la main. Vous pourrez l’ajouter de nouveau.",
    ]
    asked = Asked(
        unbroken(f"Retirer le lien entre {relative.full_name} et {pupil.full_name} ?"),
        [unbroken(point) for point in points],
        "Retirer le lien",
        card_url(person, request),
        why_not,
    )
    return confirm(request, asked)


def family(request: HttpRequest, person: User, other: UUID) -> tuple[User, User]:
    """Relative, then pupil, from either card. Raises Http404."""
    found = people_administered_by(person_of(request)).filter(uuid=other).first()
    if found is None or {person.profile, found.profile} != {"PUPIL", "RELATIVE"}:
        raise Http404
    return (found, person) if person.profile == "PUPIL" else (person, found)
