"""What a school chooses: name, logo, message, quiet hours, reach between relatives, applications."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import Profile
from accounts.requests import person_of
from admin_console.school.forms import (
    PROFILE_ORDER,
    LogoForm,
    MessageForm,
    NameForm,
    QuietForm,
)
from admin_console.school.sections import back_to, for_a_school, school_of, show_section
from admin_console.school.words import title
from core.errors import DomainError
from directory.services import school_settings
from schools.querysets import applications_off, settings_of
from ui.applications import applications as known_applications
from ui.french import unbroken

NAME, MESSAGE = "nom", "message"


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def identity(request: HttpRequest) -> HttpResponse:
    """The name and the message, each a form of its own; the logo's is another address."""
    asked = request.POST.get("quoi", "")
    if asked == NAME:
        name = NameForm(request.POST)
        if _saved(name, lambda: _rename(request, name)):
            messages.success(request, "Le nom est enregistré.")
            return back_to(request, "identity")
        return _identity(request, name=name)
    if asked == MESSAGE:
        message = MessageForm(request.POST)
        if _saved(message, lambda: _tell(request, message)):
            messages.success(request, "Le message est enregistré.")
            return back_to(request, "identity")
        return _identity(request, message=message)
    return _identity(request)


@require_POST
@for_a_school
def logo(request: HttpRequest) -> HttpResponse:
    """Another logo, or none."""
    if "retirer" in request.POST:
        school_settings.set_logo(by=person_of(request), school=school_of(request), file=None)
        messages.success(request, "Le logo est retiré.")
        return back_to(request, "identity")
    form = LogoForm(request.POST, request.FILES)
    if _saved(form, lambda: _draw(request, form)):
        messages.success(request, "Le logo est enregistré.")
        return back_to(request, "identity")
    return _identity(request, logo=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def quiet(request: HttpRequest) -> HttpResponse:
    """The hours at which messages wait for the morning."""
    school = school_of(request)
    settings = settings_of(school)
    form = QuietForm(
        request.POST or None,
        initial={
            "on": settings.quiet,
            "starts": settings.quiet_from,
            "ends": settings.quiet_until,
            "weekends": settings.quiet_weekends,
        },
    )
    if form.is_bound and _saved(
        form, lambda: school_settings.set_quiet(by=person_of(request), school=school, **form.told())
    ):
        messages.success(request, "Les heures calmes sont enregistrées.")
        return back_to(request, "quiet")
    return show_section(
        request,
        "quiet",
        {"form": form, "zone": school.academy.time_zone},
        section="quiet",
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def reach(request: HttpRequest) -> HttpResponse:
    """Whether the relatives of a class may write to one another."""
    school = school_of(request)
    if request.method == "POST":
        on = request.POST.get("reach") == "on"
        school_settings.set_reach(by=person_of(request), school=school, relatives=on)
        said = "peuvent désormais s’écrire" if on else "ne peuvent plus s’écrire"
        messages.success(request, f"Les parents d’une même classe {said}.")
        return back_to(request, "reach")
    return show_section(request, "reach", {"on": school.relatives_reach_relatives}, section="reach")


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def applications(request: HttpRequest) -> HttpResponse:
    """Each application, open or closed to each profile: one grid, saved once."""
    school = school_of(request)
    if request.method == "POST":
        off = {
            each.key: [
                profile for profile in PROFILE_ORDER if f"{each.key}:{profile.value}" not in request.POST
            ]
            for each in known_applications
        }
        school_settings.set_applications(by=person_of(request), school=school, off=off)
        messages.success(request, "Les applications sont enregistrées.")
        return back_to(request, "applications")
    off_now = applications_off(school)
    lines = [
        {
            "application": each,
            "cells": [
                {
                    "name": f"{each.key}:{profile.value}",
                    "title": title(profile),
                    "on": profile.value not in off_now.get(each.key, ()),
                }
                for profile in PROFILE_ORDER
            ],
        }
        for each in known_applications
    ]
    context = {"lines": lines, "profiles": [(title(p), p.value) for p in PROFILE_ORDER]}
    return show_section(request, "applications", context, section="applications")


def _identity(request: HttpRequest, **forms: Form) -> HttpResponse:
    """The page, with the forms that were sent and refused."""
    school = school_of(request)
    settings = settings_of(school)
    context: dict[str, Any] = {
        "school": school,
        "fed_name": school.fed_name or school.name,
        "settings": settings,
        "name": forms.get("name") or NameForm(initial={"name": school.name if school.fed_name else ""}),
        "message": forms.get("message")
        or MessageForm(
            initial={
                "message": settings.message,
                "profiles": settings.message_profiles,
                "until": settings.message_until,
            }
        ),
        "logo": forms.get("logo") or LogoForm(),
    }
    refused = any(form.is_bound for form in forms.values())
    return show_section(request, "identity", context, section="identity", status=422 if refused else 200)


def _rename(request: HttpRequest, form: Form) -> None:
    school_settings.rename(by=person_of(request), school=school_of(request), name=form.cleaned_data["name"])


def _tell(request: HttpRequest, form: Form) -> None:
    told = form.cleaned_data
    school_settings.set_message(
        by=person_of(request),
        school=school_of(request),
        text=told["message"],
        profiles=[Profile(profile) for profile in told["profiles"]],
        until=told["until"],
    )


def _draw(request: HttpRequest, form: Form) -> None:
    school_settings.set_logo(by=person_of(request), school=school_of(request), file=form.cleaned_data["logo"])


def _saved(form: Form, act: Callable[[], Any]) -> bool:
    """Whether the form was right and the act done; else the form says why."""
    if not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        field = error.fields.get("field")
        form.add_error(field if field in form.fields else None, unbroken(str(error)))
        return False
    return True
