"""« Gérer mon établissement »: its sections, and the school that they speak of."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from admin_console.access import View, administrators_only, standpoint
from admin_console.place import Place, page_url, place_of
from admin_console.showing import show_in_console
from directory.querysets.administered import administered_schools
from schools.models import School
from schools.querysets import named_like

PAGE = 40


@dataclass(frozen=True, slots=True)
class Section:
    """A page of « Gérer mon établissement »: its school is asked, or named by the address (`named`)."""

    key: str
    label: str
    icon: str
    url_name: str
    named: bool = False

    def url(self, place: Place) -> str:
        if not self.named:
            return page_url(self.url_name, place)
        return reverse(f"console:{self.url_name}", args=[place.school.uuid]) if place.school else ""


SECTIONS = (
    Section("identity", "Informations", "building", "identity"),
    Section("blocks", "Blocage en lot", "lock", "blocks"),
    Section("feeds", "Alimentations", "database-import", "school_feeds"),
    Section("administrators", "Administrateurs", "shield-lock", "administrators"),
    Section("applications", "Applications", "apps", "applications"),
    Section("quotas", "Espace de stockage", "folder", "quotas"),
    Section("quiet", "Heures calmes", "moon", "quiet"),
    Section("messages", "Envois de messages", "mail", "school_messages"),
    Section("reports", "Signalements", "flag", "reports"),
    Section("passwords", "Nouveaux mots de passe", "key", "passwords"),
    Section("rules", "Règles de communication", "adjustments-horizontal", "rules", named=True),
    Section("reach", "Entre parents", "message-circle", "reach"),
    Section("left", "Contenus laissés à l’école", "file-import", "left_things"),
    Section("audit", "Journal des actes", "history", "audit"),
)


def school_of(request: HttpRequest) -> School:
    """The school of a page behind `for_a_school`."""
    school = place_of(request).school
    assert school is not None
    return school


def for_a_school(view: View) -> View:
    """For administrators; without a school asked, where they have several, the page that asks which. What is
    posted without one is for no school: 404."""

    @vary_on_headers("HX-Request")
    @administrators_only
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if place_of(request).school is None:
            if request.method == "POST":
                raise Http404
            return choose(request)
        return view(request, *args, **kwargs)

    return asked


def choose(request: HttpRequest) -> HttpResponse:
    """Which school? The same address, with the school chosen."""
    typed = request.GET.get("q", "").strip()[:80]
    schools = named_like(administered_schools(standpoint(request)), typed)
    page = Paginator(schools, PAGE).get_page(request.GET.get("page"))
    context = {"typed": typed, "page": page}
    return show_in_console(request, "school/choose", context, tab="school")


def show_section(
    request: HttpRequest, name: str, context: dict[str, Any], *, section: str, status: int = 200
) -> HttpResponse:
    """A section’s page, `admin_console/school/{name}.html`, within its menu."""
    return show_in_console(
        request, f"school/{name}", {"menu": menu_of(request, section)} | context, tab="school", status=status
    )


def menu_of(request: HttpRequest, current: str = "") -> list[dict[str, Any]]:
    """The index of the sections; each keeps the school asked."""
    place = place_of(request)
    return [
        {
            "key": section.key,
            "label": section.label,
            "icon": section.icon,
            "url": section.url(place),
            "current": section.key == current,
        }
        for section in SECTIONS
        if place.school is not None or not section.named
    ]


def back_to(request: HttpRequest, name: str) -> HttpResponse:
    """To a section's page, kept on the same school."""
    return redirect(page_url(name, place_of(request)))
