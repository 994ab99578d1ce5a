"""Links sent by mail: a forgotten password, an address to confirm."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import attempts, links, sessions
from accounts.addresses import client_address
from accounts.enums import Profile
from accounts.errors import LinkExpired, WeakPassword
from accounts.gates import refusal
from accounts.middleware import kept_out
from accounts.models import User
from accounts.password_rules import wanted
from accounts.services import own_email, passwords
from directory.forms import ForgottenForm, NewPasswordForm
from directory.tasks import send_password_links

HOUR = 3600
PER_EMAIL = 5
PER_ADDRESS = 60


@login_not_required
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for an address; the answer is the same whoever has it, the mail goes from the queue."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip()
        for_email = attempts.allow("forgotten", email.lower(), times=PER_EMAIL, seconds=HOUR)
        from_here = attempts.allow("forgotten-from", client_address(request), times=PER_ADDRESS, seconds=HOUR)
        if for_email and from_here:
            send_password_links.delay(email)
        return redirect("account:forgotten_sent")
    return render(request, "directory/account/forgotten.html", {"form": form})


@login_not_required
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, said to everybody alike."""
    return render(request, "directory/account/forgotten_sent.html")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def new_password(request: HttpRequest, uuid: UUID, token: str) -> HttpResponse:
    """The page that a link opens: a new password, once."""
    person = User.everyone.filter(uuid=uuid).first()
    if person is None or not links.password_token_holds(person, token):
        return _expired(request)
    form = NewPasswordForm(request.POST or None, wanted=wanted(Profile(person.profile)))
    if request.method == "POST" and form.is_valid():
        try:
            person = passwords.reset_password(
                person=person, token=token, password=form.cleaned_data["password"]
            )
        except WeakPassword as refused:
            for problem in refused.problems:
                form.add_error("password", problem)
        except LinkExpired:
            return _expired(request)
        else:
            return _in(request, person)
    return render(request, "directory/account/new_password.html", {"form": form, "person": person})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms an address by a button: a mail reader that follows links alone confirms nothing."""
    found = links.read_email_token(token)
    if found is None:
        return _expired(request)
    if request.method == "POST":
        try:
            own_email.confirm_own_email(token=token)
        except LinkExpired:
            return _expired(request)
        messages.success(request, "Votre adresse est confirmée.")
        return redirect("account:mine" if request.user.is_authenticated else "account:sign_in")
    return render(request, "directory/account/confirm_email.html", {"email": found[0].email})


def _in(request: HttpRequest, person: User) -> HttpResponse:
    refused = refusal(person)
    if refused is not None:
        return kept_out(request, refused)
    sessions.begin(request, person)
    messages.success(request, "Votre mot de passe est changé.")
    return redirect("/")


def _expired(request: HttpRequest) -> HttpResponse:
    error = LinkExpired()
    return render(request, "directory/account/link_expired.html", {"error": error}, status=error.status)
