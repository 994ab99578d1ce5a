"""Ma fiche: photo or drawing, motto, and what others read of me. Mes appareils: one ended."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import open_sessions, sessions
from accounts.enums import Drawing, Profile
from accounts.errors import LowAssurance, NoSuchSession
from accounts.models import User
from accounts.services import end_session, own_card
from core.errors import DomainError
from directory.annuaire.seen_by import readers_of, seen_by_others
from directory.forms_card import MottoForm, PhotoForm


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def photo(request: HttpRequest) -> HttpResponse:
    """Puts a photo, cut square, or takes it away. Adults only."""
    person = _whole(request)
    if person.profile == Profile.PUPIL:
        return redirect("account:card")
    form = PhotoForm(request.POST, request.FILES)
    try:
        sessions.require_full_assurance(request)
        if "forget" in request.POST:
            own_card.take_photo_away(by=person, person=person)
            messages.success(request, "Votre photo est retirée.")
            return redirect("account:card")
        if form.is_valid():
            own_card.put_photo(by=person, file=form.cleaned_data["photo"], crop=form.crop)
            messages.success(request, "Votre photo est enregistrée.")
            return redirect("account:card")
    except DomainError as refused:
        form.is_valid()
        form.add_error("photo", str(refused))
    return _page(request, photo_form=form)


@require_POST
def drawing(request: HttpRequest) -> HttpResponse:
    """A pupil chooses a drawing; a sign-in by picture may, it is only a picture."""
    try:
        own_card.choose_drawing(by=_whole(request), drawing=request.POST.get("drawing", ""))
        messages.success(
            request, "C’est fait !" if request.POST.get("drawing") else "Tes lettres sont revenues."
        )
    except DomainError as refused:
        messages.error(request, str(refused))
    return redirect("account:card")


@require_POST
def motto(request: HttpRequest) -> HttpResponse:
    """A motto said, changed or taken back."""
    person = _whole(request)
    form = MottoForm(request.POST, pupil=person.profile == Profile.PUPIL)
    try:
        sessions.require_full_assurance(request)
        if form.is_valid():
            own_card.say_motto(by=person, motto=form.cleaned_data["motto"])
            messages.success(request, "C’est enregistré.")
            return redirect("account:card")
    except DomainError as refused:
        form.is_valid()
        form.add_error("motto", str(refused))
    return _page(request, motto_form=form)


@require_POST
def end_one_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ends a session of mine on another device; this one by « Se déconnecter »."""
    try:
        end_session.end_session(by=_whole(request), session=uuid)
        messages.success(request, "Cet appareil est déconnecté.")
    except (LowAssurance, NoSuchSession) as refused:
        messages.info(request, str(refused))
    return redirect("account:mine")


def devices_of(request: HttpRequest, person: User) -> list[dict[str, Any]]:
    """The sessions of a person as lines, the one of this request first."""
    here = open_sessions.key_of(request)
    found = [{"session": each, "here": each.key == here} for each in open_sessions.open_sessions_of(person)]
    return sorted(found, key=lambda line: not line["here"])


def _whole(request: HttpRequest) -> User:
    """The person with every column: the request's own holds a few."""
    return User.objects.get(pk=cast("User", request.user).pk)


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    person = _whole(request)
    context = {
        "person": person,
        "pupil": person.profile == Profile.PUPIL,
        "drawings": Drawing.choices,
        "photo_form": PhotoForm(),
        "motto_form": MottoForm(initial={"motto": person.motto}, pupil=person.profile == Profile.PUPIL),
        "readers": list(readers_of(person).values()),
        "seen": seen_by_others(person),
        "low": sessions.assurance_of(request) is sessions.Assurance.LOW,
        **forms,
    }
    return render(request, "directory/account/card.html", context)
