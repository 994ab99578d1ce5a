"""What the law asks to be said, to anybody: accessibility, legal notice, personal data."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui import statements


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/statements/accessibility.html", {"statement": statements.accessibility()})


@login_not_required
@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/statements/legal.html", {"operator": statements.operator()})


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/statements/personal_data.html", {"operator": statements.operator()})
