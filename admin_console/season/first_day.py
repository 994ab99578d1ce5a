"""The first day of class, said by whoever administers an academy."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts import sessions
from accounts.requests import person_of
from admin_console.access import administrators_only, show, standpoint
from admin_console.school.forms import day_field
from admin_console.season.telling import year_words
from core import clock
from core.errors import DomainError
from directory.querysets.administered import administered_academies
from directory.services.season import set_first_day
from schools.models import Academy, SchoolYear
from schools.season import first_day_in, year_prepared
from ui.french import day_year, unbroken


class FirstDayForm(forms.Form):
    """A day of the year that is prepared; empty, the usual one."""

    first_day = day_field("Premier jour de classe", required=False)

    def __init__(self, data: Any, *, year: SchoolYear) -> None:
        super().__init__(
            data,
            initial={"first_day": year.first_day},
            prefix=year.academy.code,
            auto_id="jour_%s",
        )
        self.fields["first_day"].help_text = unbroken(f"Vide : {day_year(first_day_in(year, usual=True))}.")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def first_day(request: HttpRequest) -> HttpResponse:
    """A day an academy of the scope; each is kept on its own."""
    academies = administered_academies(standpoint(request))
    posted = request.POST.get("academie")
    if not academies.exists():
        raise Http404
    lines, status = [], 200
    asked = get_object_or_404(academies, code=posted) if request.method == "POST" else None
    for academy in academies:
        year = year_prepared(academy, clock.today())
        form = FirstDayForm(request.POST if academy == asked else None, year=year)
        if academy == asked:
            if _kept(request, academy, year, form):
                return redirect("console:first_day")
            status = 422
        lines.append({"academy": academy, "year": year_words(year.year), "form": form})
    return show(request, "season/first_day", {"lines": lines}, status=status)


def _kept(request: HttpRequest, academy: Academy, year: SchoolYear, form: FirstDayForm) -> bool:
    if not form.is_valid():
        return False
    day = form.cleaned_data["first_day"]
    try:
        sessions.require_full_assurance(request)
        kept = set_first_day(by=person_of(request), academy=academy, year=year.year, day=day)
    except DomainError as refused:
        form.add_error("first_day", unbroken(str(refused)))
        return False
    said = f"{academy.name} : premier jour de classe le {day_year(first_day_in(kept))}."
    messages.success(request, unbroken(said))
    return True
