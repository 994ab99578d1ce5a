"""A first sign-in: the code, then a password of one's own and the charter."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import devices, sessions
from accounts.addresses import client_address
from accounts.enums import Profile
from accounts.errors import CodeRefused, KeptOut, TooManyAttempts, WeakPassword
from accounts.middleware import kept_out
from accounts.models import User
from accounts.password_rules import wanted
from accounts.rules import TYPED_LENGTH
from accounts.services import activate
from core import clock
from directory.forms import CodeForm, FirstPasswordForm
from directory.services.own_address import ask_confirmation

HELD = "activation"
# A letter's QR names the login, never the code.
LOGIN = "identifiant"
HELD_FOR = timedelta(minutes=30)


def code_given(request: HttpRequest, person: User, mark: str) -> HttpResponse:
    """Keeps in the session who gave which code, and asks for a password."""
    request.session.cycle_key()
    request.session[HELD] = {
        "person": person.pk,
        "counter": person.code_counter,
        "at": clock.now().timestamp(),
    }
    response = redirect("account:first_password")
    devices.keep(response, mark)
    return response


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def activation(request: HttpRequest) -> HttpResponse:
    """Login and code, as the school's letter gives them."""
    given_by_letter = request.GET.get(LOGIN, "")[:TYPED_LENGTH]
    form = CodeForm(request.POST or None, initial={"username": given_by_letter})
    status = 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        mark = devices.mark_of(request)
        try:
            person = activate.check_code(
                login=given["username"], code=given["code"], address=client_address(request), device=mark
            )
        except (CodeRefused, TooManyAttempts) as refused:
            form.add_error(None, str(refused))
            status = refused.status if isinstance(refused, TooManyAttempts) else 200
        except KeptOut as refused:
            return kept_out(request, refused.refusal)
        else:
            return code_given(request, person, mark)
    return render(request, "directory/account/activation.html", {"form": form}, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def first_password(request: HttpRequest) -> HttpResponse:
    """The password, an address if wished, the charter; then they are in."""
    held = request.session.get(HELD)
    person = _held_person(held)
    if held is None or person is None:
        request.session.pop(HELD, None)
        return redirect("account:activation")
    pupil = person.profile == Profile.PUPIL
    form = FirstPasswordForm(request.POST or None, wanted=wanted(Profile(person.profile)), pupil=pupil)
    if request.method == "POST" and form.is_valid():
        try:
            person = activate.activate(
                person=person, code_counter=held["counter"], password=form.cleaned_data["password"]
            )
        except WeakPassword as refused:
            for problem in refused.problems:
                form.add_error("password", problem)
        except KeptOut as refused:
            return kept_out(request, refused.refusal)
        else:
            return _in(request, person, form.cleaned_data.get("email") or "")
    page = "directory/account/first_password_pupil.html" if pupil else "directory/account/first_password.html"
    return render(request, page, {"form": form, "person": person})


def _held_person(held: dict[str, Any] | None) -> User | None:
    """Who gave their code, within the half hour, if it still opens."""
    if not held or clock.now().timestamp() - held["at"] > HELD_FOR.total_seconds():
        return None
    return (
        User.everyone.select_related("merged_into")
        .filter(pk=held["person"], code_open=True, code_counter=held["counter"])
        .first()
    )


def _in(request: HttpRequest, person: User, email: str) -> HttpResponse:
    request.session.pop(HELD, None)
    sessions.begin(request, person)
    if email:
        ask_confirmation(person=person, email=email)
        messages.info(request, f"Un message est parti à {email}. Ouvrez son lien pour confirmer l’adresse.")
    elif person.profile != Profile.PUPIL:
        messages.success(request, "Votre compte est ouvert. Bienvenue.")
    return redirect("/")
