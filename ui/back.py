"""Where to go back to, as a page asks: an address of this site, never a stranger's."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000


def safe_path(request: HttpRequest, asked: str) -> str:
    """The path asked for, else home: whole, short enough for a redirection, and of this site."""
    inside = asked.startswith("/") and len(asked) <= LONGEST
    safe = inside and url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else "/"


def back_of(request: HttpRequest, default: str) -> str:
    """The page that a form, or an address, asks to come back to (`retour`); else that of this name."""
    asked = request.POST.get("retour") or request.GET.get("retour") or ""
    return safe_path(request, asked) if asked else reverse(default)
