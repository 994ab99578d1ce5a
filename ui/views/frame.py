"""The frame's own acts: light or dark, and the whole menu of a phone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from ui import theme


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice on this device and goes back to the page it was made on."""
    if request.accepts("text/html"):
        back = request.POST.get("next", "/")
        allowed = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
        response: HttpResponse = redirect(back if allowed else "/")
    else:
        response = HttpResponse(status=204)
    theme.keep(response, request.POST.get("theme", ""), secure=request.is_secure())
    return response


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """Every door on one page: what the phone's bar has no room for."""
    return render(request, "ui/menu.html")
