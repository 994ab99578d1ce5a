"""What ends, opens or closes an account, each on a page that says what will happen before it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import sessions
from accounts.enums import Profile
from accounts.holdings import holdings_of
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.showing import show_in_console
from admin_console.users import card_words
from admin_console.users.beside import card_url, carried, list_url
from admin_console.users.card_gate import person_asked
from admin_console.users.forms_account import BlockForm
from core.errors import DomainError
from directory.administered_card import open_acts, standing_block
from directory.services import blocks, codes, end_account, pupil_passwords
from ui.french import counted, listed, unbroken

SHOW = ["GET", "HEAD", "POST"]
CODE_SHOWN = "console_code"
AFTERWARDS = (
    "Ensuite le compte est supprimé. Ce que d’autres lisent encore passe à quelqu’un qui le gère, "
    "sinon au propriétaire du dossier, sinon à l’école ; le reste est effacé avec lui."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A confirmation: its question, what follows point by point, its button, why it cannot be done ('' where
    it can), where to go back."""

    title: str
    points: Sequence[str]
    button: str
    back: str
    why_not: str = ""
    danger: bool = True


def back_to(person: User, request: HttpRequest) -> HttpResponseRedirect:
    """The card again, beside the same list."""
    return redirect(card_url(person, request))


def confirm(request: HttpRequest, asked: Asked, **more: Any) -> HttpResponse:
    """The page that asks; its form posts to its own address."""
    status = 409 if asked.why_not and request.method == "POST" else 200
    context = {"asked": asked, "form": None, **more}
    return show_in_console(request, "users/card_confirm", context, tab="users", status=status)


def given(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: posted empty, it is posted."""
    return request.POST if request.method == "POST" else None


def attempt(request: HttpRequest, act: Callable[[], object]) -> str:
    """Does an act; answers '' or why it could not be done."""
    try:
        sessions.require_full_assurance(request)
        act()
    except DomainError as error:
        return unbroken(str(error))
    return ""


@require_http_methods(SHOW)
@administrators_only
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Supprimer le compte »: for one that nobody ever signed in to."""
    person = person_asked(request, uuid)
    me = person_of(request)
    open_ = open_acts(person, me)
    why_not = "" if open_.delete else card_words.ending_words(person, open_)
    if request.method == "POST":
        why_not = attempt(request, lambda: end_account.delete_account(by=me, person=person))
        if not why_not:
            messages.success(request, f"Le compte de {person.full_name} est supprimé.")
            return redirect(list_url(request))
    points = [
        "Personne ne s’est jamais connecté avec ce compte : il n’a rien fait, rien ne se perd.",
        "Ce qu’on lui avait partagé, ses groupes, ses classes et ses liens de parenté disparaissent avec lui.",
        "Son identifiant redevient libre. Rien ne peut revenir en arrière.",
    ]
    asked = Asked(
        f"Supprimer le compte de {person.full_name} ?",
        [unbroken(point) for point in points],
        "Supprimer le compte",
        card_url(person, request),
        unbroken(why_not),
    )
    return confirm(request, asked)


@require_http_methods(SHOW)
@administrators_only
def pre_delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Pré-supprimer le compte »: what becomes of what they made, in words."""
    person = person_asked(request, uuid)
    me = person_of(request)
    open_ = open_acts(person, me)
    why_not = "" if open_.ending else card_words.ending_words(person, open_)
    if request.method == "POST":
        why_not = attempt(request, lambda: end_account.pre_delete_account(by=me, person=person))
        if not why_not:
            messages.success(request, f"Le compte de {person.full_name} est pré-supprimé.")
            return back_to(person, request)
    days = counted(settings.CARTABLE_PRE_DELETION_DAYS, "jour")
    held = listed([holding.text for holding in holdings_of(person) if holding.number])
    points = [
        "Dès maintenant, la personne ne peut plus se connecter que pour prendre son archive, et plus personne ne la trouve dans l’ENT.",
        f"Pendant {days}, rien n’est effacé : « Restaurer » remet tout comme avant.",
        AFTERWARDS,
    ]
    if held:
        points.append(f"Aujourd’hui, ce compte tient {held}.")
    asked = Asked(
        f"Pré-supprimer le compte de {person.full_name} ?",
        [unbroken(point) for point in points],
        "Pré-supprimer le compte",
        card_url(person, request),
        unbroken(why_not),
    )
    return confirm(request, asked)


@require_POST
@administrators_only
def restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Restaurer »: as it was."""
    person = person_asked(request, uuid)
    me = person_of(request)
    why_not = attempt(request, lambda: end_account.restore_account(by=me, person=person))
    _told(request, why_not, f"Le compte de {person.full_name} est restauré, comme il était.")
    return back_to(person, request)


@require_http_methods(SHOW)
@administrators_only
def block(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Bloquer »: until when, why, and what the person will read."""
    person = person_asked(request, uuid)
    me = person_of(request)
    form = BlockForm(given(request))
    why_not = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        why_not = attempt(
            request,
            lambda: blocks.block_person(
                by=me, person=person, ends_at=said["until"], reason=said["reason"], message=said["message"]
            ),
        )
        if not why_not:
            messages.success(request, f"{person.full_name} est bloqué dès sa prochaine action.")
            return back_to(person, request)
    asked = Asked(
        unbroken(f"Bloquer {person.full_name} ?"),
        ["Ses sessions ouvertes se ferment à sa prochaine action. Rien de ce qui est à elle ne change."],
        "Bloquer",
        card_url(person, request),
        why_not,
    )
    return confirm(request, asked, form=form)


@require_POST
@administrators_only
def unblock(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Débloquer »: at their next request."""
    person = person_asked(request, uuid)
    me = person_of(request)
    standing = standing_block(person)
    if standing is not None:
        found = standing
        why_not = attempt(request, lambda: blocks.lift_block(by=me, block=found))
        _told(request, why_not, f"{person.full_name} est débloqué.")
    return back_to(person, request)


@require_http_methods(SHOW)
@administrators_only
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The code of a first sign-in, or a new one in place of a password; shown once, on the next page."""
    person = person_asked(request, uuid)
    me = person_of(request)
    first = person.code_open
    why_not = ""
    if request.method == "POST":
        if not first or "nouveau" in request.POST:
            why_not = attempt(request, lambda: codes.renew_codes(by=me, people=[person]))
        if not why_not:
            request.session[CODE_SHOWN] = str(person.uuid)
            return redirect(reverse("console:user_code_shown", args=[person.uuid]) + carried(request))
    used = [
        "Un nouveau code est donné, à usage unique : avec lui, la personne choisit un nouveau mot de passe.",
        "Son mot de passe actuel n’ouvre plus rien, et ses sessions ouvertes se ferment.",
        "Identifiant, productions, partages : rien d’autre ne change.",
    ]
    unused = [
        "Le code s’affiche une fois, pour être imprimé ou recopié. L’impression est notée dans l’historique.",
        "Avec son identifiant et ce code, la personne choisit son mot de passe.",
    ]
    asked = Asked(
        f"{card_words.code_act(person)} : {person.full_name}",
        [unbroken(point) for point in (unused if first else used)],
        "Afficher le code" if first else "Donner un nouveau code",
        card_url(person, request),
        why_not,
        danger=not first,
    )
    return confirm(request, asked)


@never_cache
@require_http_methods(["GET", "HEAD"])
@administrators_only
def code_shown(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The code, once: asked again, the page goes back to the card."""
    person = person_asked(request, uuid)
    if request.session.pop(CODE_SHOWN, "") != str(person.uuid):
        return back_to(person, request)
    try:
        printed = codes.codes_to_print(by=person_of(request), people=[person])
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
        return back_to(person, request)
    return _slip(request, person, code=printed.get(person.pk, ""))


@never_cache
@require_http_methods(SHOW)
@administrators_only
def password(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An easy password for a pupil who cannot come in; shown in the answer alone."""
    person = person_asked(request, uuid)
    if person.profile != Profile.PUPIL:
        raise Http404
    me = person_of(request)
    given: list[str] = []
    why_not = ""
    if request.method == "POST":
        why_not = attempt(request, lambda: given.append(pupil_passwords.give_password(by=me, pupil=person)))
        if not why_not:
            return _slip(request, person, password=given[0])
    points = [
        "Deux mots et deux chiffres, faciles à lire et à taper : l’élève peut le garder, ou en choisir un autre dans « Mon compte ».",
        "Son mot de passe actuel ou son code n’ouvre plus rien, et ses sessions ouvertes se ferment.",
        "Il s’affiche une seule fois, à la page suivante.",
    ]
    asked = Asked(
        f"Donner un mot de passe facile à {person.full_name} ?",
        [unbroken(point) for point in points],
        "Donner un mot de passe",
        card_url(person, request),
        why_not,
        danger=False,
    )
    return confirm(request, asked)


def _slip(request: HttpRequest, person: User, *, code: str = "", password: str = "") -> HttpResponse:
    """What opens an account, to print or copy."""
    context = {
        "person": person,
        "code": code,
        "password": password,
        "address": settings.CARTABLE_URL.rstrip("/"),
        "back": card_url(person, request),
    }
    return show_in_console(request, "users/card_code", context, tab="users")


def _told(request: HttpRequest, why_not: str, done: str) -> None:
    if why_not:
        messages.error(request, why_not)
    else:
        messages.success(request, unbroken(done))
