"""What makes the site an application of the phone: its manifest, its worker, the page without a connection."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui import install


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse(install.manifest(), content_type="application/manifest+json")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Served from the root, so that it stands before the whole site."""
    context = {"receives": install.receiving_url(), "field": install.FILES, "cache": install.RECEIVED}
    return render(request, "ui/worker.js", context, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown where there is no connection; it holds nothing of anybody."""
    return render(request, "ui/offline.html")
