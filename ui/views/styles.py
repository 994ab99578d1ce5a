from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def living_page(request: HttpRequest) -> HttpResponse:
    if settings.CARTABLE_PRODUCTION:
        raise Http404
    return render(request, "ui/styles/page.html")
