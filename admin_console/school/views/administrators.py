"""Who administers the school: named, and taken back, within what one has oneself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import Source
from accounts.requests import person_of
from admin_console.access import standpoint
from admin_console.school.sections import back_to, for_a_school, school_of, show_section
from core.errors import DomainError
from core.text import uuid_of
from directory.authority import covers
from directory.enums import Scope
from directory.models import Administrator
from directory.querysets.administrators import may_be_named_by, rights_over, rights_visible_to
from directory.search import find_people
from directory.services.administrators import Place, give_rights, take_rights
from schools.models import School
from ui.french import unbroken

FOUND = 12


@require_safe
@for_a_school
def administrators(request: HttpRequest) -> HttpResponse:
    """Those who administer, by scope; `?q=` finds whom to name."""
    school = school_of(request)
    me = person_of(request)
    typed = request.GET.get("q", "").strip()[:80]
    found = find_people(may_be_named_by(me), typed) if typed else None
    mine = {right.pk for right in rights_over(school) if covers(standpoint(request), right)}
    context = {
        "lines": [_line(right, me.pk, mine) for right in rights_over(school)],
        "typed": typed,
        "found": list(found.people[:FOUND]) if found else [],
        "approximate": found.approximate if found else False,
        "scopes": _scopes(request, school),
        "school": school,
    }
    return show_section(request, "administrators", context, section="administrators")


@require_POST
@for_a_school
def name(request: HttpRequest) -> HttpResponse:
    """Makes somebody an administrator of the school, of its district or of its academy."""
    me, school = person_of(request), school_of(request)
    key: UUID | None = uuid_of(request.POST.get("personne", ""))
    person = get_object_or_404(may_be_named_by(me), uuid=key)
    places = dict(_places(school))
    place = places.get(request.POST.get("portee", ""))
    if place is None:
        raise Http404
    try:
        give_rights(by=me, person=person, place=place)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, f"{person.full_name} administre désormais {place.name}.")
    return back_to(request, "administrators")


@require_POST
@for_a_school
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Takes a right back."""
    right = get_object_or_404(rights_visible_to(person_of(request)), pk=key)
    try:
        take_rights(by=person_of(request), right=right)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, f"{right.person.full_name} n’administre plus {_place_of(right)}.")
    return back_to(request, "administrators")


def _line(right: Administrator, me: int, mine: set[int]) -> dict[str, Any]:
    """A right in words; `why` says why it cannot be taken from here."""
    by_feed = right.source != Source.MANUAL
    if by_feed:
        why = "Directeur ou directrice d’après l’alimentation : le droit suit ONDE et ne se retire pas ici."
    elif right.person_id == me:
        why = "C’est vous : un autre administrateur peut vous retirer ce droit."
    elif right.pk not in mine:
        why = "Donné par une étendue plus grande que la vôtre."
    else:
        why = ""
    return {
        "right": right,
        "person": right.person,
        "scope": _scope_words(right),
        "since": right.since,
        "by_feed": by_feed,
        "why": unbroken(why),
    }


def _scope_words(right: Administrator) -> str:
    if right.scope == Scope.SCHOOL:
        return "L’école"
    return _place_of(right)


def _place_of(right: Administrator) -> str:
    place = right.school or right.district or right.academy
    return place.name if place is not None else "la plateforme"


def _places(school: School) -> list[tuple[str, Place]]:
    found: list[tuple[str, Place]] = [("ecole", school)]
    if school.district is not None:
        found.append(("circonscription", school.district))
    found.append(("academie", school.academy))
    return found


def _scopes(request: HttpRequest, school: School) -> list[tuple[str, str]]:
    """The scopes that the person asking may give here."""
    me = standpoint(request)
    rights = {
        "ecole": Administrator(scope=Scope.SCHOOL, school=school),
        "circonscription": Administrator(scope=Scope.DISTRICT, district=school.district),
        "academie": Administrator(scope=Scope.ACADEMY, academy=school.academy),
    }
    return [(key, place.name) for key, place in _places(school) if covers(me, rights[key])]
