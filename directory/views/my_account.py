"""Mon compte: who one is and who says so, one's address, password and devices."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.addresses import client_address
from accounts.enums import Profile, Source
from accounts.errors import LowAssurance, TooManyAttempts, WeakPassword, WrongPassword
from accounts.leaving import leaving_of
from accounts.models import User
from accounts.password_rules import wanted
from accounts.services import own_email, passwords
from directory.forms import ChangePasswordForm, OwnEmailForm
from directory.services.own_address import ask_confirmation
from directory.views.my_card import devices_of

PUPIL_WRONG = "Ce n’est pas ton mot de passe d’aujourd’hui."


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@sensitive_post_parameters("present", "password")
def change_password(request: HttpRequest) -> HttpResponse:
    """Changes one's password; this session stays, the others end."""
    person = _whole(request)
    form = _password_form(person, request.POST)
    if form.is_valid():
        try:
            sessions.require_full_assurance(request)
            person = passwords.change_password(
                by=person,
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                address=client_address(request),
            )
        except WrongPassword as refused:
            pupil = person.profile == Profile.PUPIL
            form.add_error("present", PUPIL_WRONG if pupil else refused.sentence)
        except WeakPassword as refused:
            for problem in refused.problems:
                form.add_error("password", problem)
        except (TooManyAttempts, LowAssurance) as refused:
            form.add_error(None, str(refused))
        else:
            sessions.renew(request, person)
            messages.success(request, "Le mot de passe est changé.")
            return redirect("account:mine")
    return _page(request, password_form=form)


@require_POST
def choose_email(request: HttpRequest) -> HttpResponse:
    """An address of one's own: kept once its link was opened. Adults only."""
    person = _whole(request)
    if person.profile == Profile.PUPIL:
        return redirect("account:mine")
    form = OwnEmailForm(request.POST)
    try:
        sessions.require_full_assurance(request)
        if "forget" in request.POST:
            own_email.forget_own_email(by=person)
            messages.success(request, "Cette adresse n’est plus utilisée.")
            return redirect("account:mine")
        if form.is_valid():
            email = form.cleaned_data["email"]
            ask_confirmation(person=person, email=email)
            messages.info(request, f"Un message est parti à {email}. Ouvrez son lien pour confirmer.")
            return redirect("account:mine")
    except (LowAssurance, TooManyAttempts) as refused:
        form.add_error(None, str(refused))
    return _page(request, email_form=form)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Ends one's sessions on every other device."""
    try:
        person = passwords.sign_out_everywhere(by=_whole(request))
    except LowAssurance as refused:
        messages.error(request, str(refused))
        return redirect("account:mine")
    sessions.renew(request, person)
    messages.success(request, "Les autres appareils sont déconnectés.")
    return redirect("account:mine")


def _whole(request: HttpRequest) -> User:
    """The person with every column: the request's own holds a few."""
    return User.objects.get(pk=cast("User", request.user).pk)


def _password_form(person: User, data: Any = None) -> ChangePasswordForm:
    pupil = person.profile == Profile.PUPIL
    return ChangePasswordForm(data, wanted=wanted(Profile(person.profile)), pupil=pupil)


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    person = _whole(request)
    context = {
        "person": person,
        "pupil": person.profile == Profile.PUPIL,
        "by_hand": person.source == Source.MANUAL,
        "password_form": _password_form(person),
        "devices": devices_of(request, person),
        "email_form": OwnEmailForm(initial={"email": person.own_email}),
        "leaving": leaving_of(person),
        "low": sessions.assurance_of(request) is sessions.Assurance.LOW,
        **forms,
    }
    return render(request, "directory/account/mine.html", context)
