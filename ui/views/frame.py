"""The frame's own acts: light or dark, and the whole menu of a phone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ui import theme
from ui.back import safe_path


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice on this device and goes back to the page it was made on."""
    if request.accepts("text/html"):
        response: HttpResponse = HttpResponseRedirect(safe_path(request, request.POST.get("next", "/")))
    else:
        response = HttpResponse(status=204)
    theme.keep(response, request.POST.get("theme", ""), secure=request.is_secure())
    return response


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """Every door on one page: what the phone's bar has no room for."""
    return render(request, "ui/menu.html")
