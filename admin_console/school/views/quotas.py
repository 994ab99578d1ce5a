"""The space of the school's people: by profile, and for one person."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.enums import Profile
from accounts.requests import person_of
from admin_console.school.forms import PROFILE_ORDER, LimitField, PersonLimitForm, gigabytes
from admin_console.school.sections import back_to, for_a_school, school_of, show_section
from admin_console.school.words import title
from core.errors import DomainError
from directory.querysets import people_administered_by
from directory.search import find_people
from documents.querysets import own_limits, quota_of, school_limits
from documents.services.quota import set_limit, set_school_limits
from ui.french import size, unbroken

FOUND = 12


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def quotas(request: HttpRequest) -> HttpResponse:
    """A field a profile, saved once; a person found by name; those who have their own space."""
    school = school_of(request)
    form = _form(request, school_limits(school))
    if request.method == "POST" and form.is_valid():
        limits = {profile: form.cleaned_data[profile.value] for profile in PROFILE_ORDER}
        try:
            set_school_limits(by=person_of(request), school=school, limits=limits)
        except DomainError as error:
            form.add_error(None, unbroken(str(error)))
        else:
            messages.success(request, "Les espaces de stockage sont enregistrés.")
            return back_to(request, "quotas")
    typed = request.GET.get("q", "").strip()[:80]
    people = people_administered_by(person_of(request)).present()
    found = list(find_people(people, typed).people[:FOUND]) if typed else []
    own = own_limits(people)
    context = {
        "form": form,
        "typed": typed,
        "found": found,
        "own": [(allowance.person, allowance.limit) for allowance in own[:FOUND]],
    }
    status = 422 if form.is_bound else 200
    return show_section(request, "quotas", context, section="quotas", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """What one person has, and their own space where they need another."""
    someone = get_object_or_404(people_administered_by(person_of(request)), uuid=person)
    quota = quota_of(someone)
    form = PersonLimitForm(request.POST or None, initial={"limit": gigabytes(quota.own)})
    if request.method == "POST" and form.is_valid():
        try:
            set_limit(by=person_of(request), person=someone, limit=form.cleaned_data["limit"])
        except DomainError as error:
            form.add_error(None, unbroken(str(error)))
        else:
            messages.success(request, f"L’espace de {someone.full_name} est enregistré.")
            return back_to(request, "quotas")
    context = {"form": form, "someone": someone, "quota": quota}
    status = 422 if form.is_bound else 200
    return show_section(request, "quota", context, section="quotas", status=status)


def _form(request: HttpRequest, limits: dict[Profile, int | None]) -> forms.Form:
    fields = {
        profile.value: LimitField(
            label=f"{title(profile)}, en Go",
            help_text=f"Vide : {size(settings.CARTABLE_QUOTA_BYTES[profile])}.".replace(" :", "\u00a0:"),
        )
        for profile in PROFILE_ORDER
    }
    kind = type("SchoolLimitsForm", (forms.Form,), fields)
    initial = {profile.value: gigabytes(limit) for profile, limit in limits.items()}
    made: forms.Form = kind(request.POST if request.method == "POST" else None, initial=initial)
    return made
