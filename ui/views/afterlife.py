"""What becomes of what one makes: the page of whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui import afterlife


@require_safe
def what_becomes(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/afterlife.html", {"told": afterlife.told(request)})
