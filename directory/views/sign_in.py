"""The doors: adults' and pupils'; and the way out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import devices, sessions
from accounts.addresses import client_address
from accounts.errors import KeptOut, SignInRefused, TooManyAttempts
from accounts.middleware import kept_out
from accounts.services import sign_in as service
from directory.forms import PupilSignInForm, SignInForm
from directory.views.activation import code_given
from ui.back import safe_path
from ui.french import NBSP

NEXT = "next"
# What a pupil is told, where adults read the error's own sentence.
PUPIL_WRONG = "Ce n’est pas le bon nom ou le bon mot de passe. Regarde ta carte et essaie encore."
PUPIL_WAIT = f"Attends un peu avant d’essayer encore. Tu as perdu ta carte{NBSP}? Demande en classe."


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Login and password; an activation code in place of the password opens the first time."""
    return _door(request, SignInForm, "directory/account/sign_in.html", pupil=False)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def pupil_sign_in(request: HttpRequest) -> HttpResponse:
    """The same door, in big."""
    return _door(request, PupilSignInForm, "directory/account/sign_in_pupil.html", pupil=True)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Closes this session."""
    sessions.end(request)
    return redirect("account:sign_in")


def _door(
    request: HttpRequest, form_class: type[SignInForm | PupilSignInForm], template: str, *, pupil: bool
) -> HttpResponse:
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(_next(request))
    form = form_class(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and not form.is_valid():
        form.errors.clear()
        form.add_error(None, PUPIL_WRONG if pupil else str(SignInRefused()))
    elif form.is_bound:
        given = form.cleaned_data
        mark = devices.mark_of(request)
        try:
            entered = service.sign_in(
                login=given["username"],
                secret=given["password"],
                address=client_address(request),
                device=mark,
            )
        except SignInRefused as refused:
            form.add_error(None, PUPIL_WRONG if pupil else str(refused))
        except TooManyAttempts as refused:
            form.add_error(None, PUPIL_WAIT if pupil else str(refused))
            status = refused.status
        except KeptOut as refused:
            return kept_out(request, refused.refusal)
        else:
            if entered.by_code:
                return code_given(request, entered.account, mark)
            sessions.begin(request, entered.person)
            response = HttpResponseRedirect(_next(request))
            devices.keep(response, mark)
            return response
    return render(request, template, {"form": form, "next": _asked(request)}, status=status)


def _asked(request: HttpRequest) -> str:
    return str(request.POST.get(NEXT) or request.GET.get(NEXT) or "")


def _next(request: HttpRequest) -> str:
    """Where the person was going: a page of this site, else home."""
    return safe_path(request, _asked(request))
