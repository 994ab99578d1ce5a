"""Who may open the console: whoever administers something. To the others it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.viewer import viewer_of
from directory.rules import Standpoint
from ui.parts import page_or_part

type View = Callable[..., HttpResponseBase]


def standpoint(request: HttpRequest) -> Standpoint:
    """What the person asking administers, read once for the whole request."""
    return viewer_of(request).standpoint


def administers(request: HttpRequest) -> bool:
    """Whether somebody is signed in who administers something; a pupil never does."""
    if not isinstance(request.user, User) or request.user.profile == Profile.PUPIL:
        return False
    return standpoint(request).administers_something


def administrators_only(view: View) -> View:
    """404 for whoever administers nothing."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not administers(request):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def show(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The page, or its part where htmx asks for it (never when it restores its history)."""
    return page_or_part(request, f"admin_console/{name}.html", context, status=status)
