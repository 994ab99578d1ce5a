"""Where a person belongs, by hand: schools, classes, family, the school's word on pictures."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.users.beside import card_url, carried
from admin_console.users.card_gate import person_asked, person_in_reach, strike, unstrike
from admin_console.users.forms_account import TieForm
from admin_console.users.views.acts import SHOW, Asked, attempt, back_to, confirm, given
from admin_console.users.views.acts_family import family
from core.text import uuid_of
from directory.enums import TieLimit
from directory.labels import of_school
from directory.models import SchoolClass
from directory.querysets import classes_administered_by
from directory.querysets.administered import administered_schools
from directory.services import class_teachers, consents, detach, ties
from directory.services.attach_person import attach_person
from schools.models import School
from ui.french import NBSP, unbroken


def school_asked(request: HttpRequest, uuid: UUID | None) -> School:
    """A school of the scope; for the others there is a padlock."""
    schools = administered_schools(standpoint(request)).select_related("academy")
    return get_object_or_404(schools, uuid=uuid)


@require_http_methods(SHOW)
@administrators_only
def detach_school(request: HttpRequest, uuid: UUID, school: UUID) -> HttpResponse:
    """The red cross: what stays, what goes, then the school struck through."""
    person = person_asked(request, uuid)
    place = school_asked(request, school)
    me = person_of(request)
    why_not = ""
    if request.method == "POST":
        why_not = attempt(request, lambda: detach.detach(by=me, person=person, school=place))
        if not why_not:
            strike(request, person, place)
            messages.success(request, unbroken(f"{person.full_name} est détaché : {place.name}."))
            return back_to(person, request)
    points = [
        "Dès sa prochaine action, la personne n’est plus dans l’école, ses classes et ses groupes de scolarité ; ce qu’elle n’avait que par eux disparait pour elle.",
        "Son compte, ses productions, les partages à son nom, ses groupes manuels (marqués) et ses autres écoles restent.",
        "L’alimentation ne la ramène pas avant le prochain changement d’année. Vous pouvez la rattacher.",
    ]
    asked = Asked(
        unbroken(f"Détacher {person.full_name} {of_school(place.name)} ?"),
        [unbroken(point) for point in points],
        "Détacher de l’école",
        card_url(person, request),
        why_not,
    )
    return confirm(request, asked)


@require_POST
@administrators_only
def attach_school(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Rattacher »: a colleague within reach, or the undo of a detachment."""
    person = person_in_reach(request, uuid)
    place = school_asked(request, uuid_of(request.POST.get("ecole", "")))
    me = person_of(request)
    why_not = attempt(request, lambda: attach_person(by=me, person=person, school=place))
    if why_not:
        messages.error(request, why_not)
    else:
        unstrike(request, person, place)
        messages.success(request, unbroken(f"{person.full_name} est rattaché : {place.name}."))
    return back_to(person, request)


@require_POST
@administrators_only
def add_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Ajouter une classe »."""
    return _on_class(request, uuid, begins=True)


@require_POST
@administrators_only
def remove_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ends the attachment of a teacher to a class."""
    return _on_class(request, uuid, begins=False)


def _on_class(request: HttpRequest, uuid: UUID, *, begins: bool) -> HttpResponse:
    person = person_asked(request, uuid)
    me = person_of(request)
    named = uuid_of(request.POST.get("classe", ""))
    classes = classes_administered_by(me).select_related("school__academy")
    school_class: SchoolClass = get_object_or_404(classes, uuid=named)
    act = class_teachers.attach_teacher if begins else class_teachers.detach_teacher
    why_not = attempt(request, lambda: act(by=me, teacher=person, school_class=school_class))
    if why_not:
        messages.error(request, why_not)
    elif not begins and school_class.year == school_class.school.class_year:
        context = {"person": person, "school_class": school_class, "carried": carried(request)}
        messages.success(request, render_to_string("admin_console/users/_class_undo.html", context, request))
    else:
        done = "ajoutée" if begins else "retirée"
        messages.success(request, f"Classe «{NBSP}{school_class.label}{NBSP}» {done}.")
    return back_to(person, request)


@require_http_methods(SHOW)
@administrators_only
def tie(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Limits or ends the tie of this person with another; said on either card."""
    person = person_asked(request, uuid)
    relative, pupil = family(request, person, other)
    me = person_of(request)
    form = TieForm(given(request))
    why_not = ""
    if request.method == "POST" and form.is_valid():
        limit, reason = TieLimit(form.cleaned_data["limit"]), form.cleaned_data["reason"]
        why_not = attempt(
            request,
            lambda: ties.restrict_tie(by=me, relative=relative, pupil=pupil, limit=limit, reason=reason),
        )
        if not why_not:
            messages.success(request, "La décision est enregistrée : elle l’emporte sur l’alimentation.")
            return back_to(person, request)
    asked = Asked(
        unbroken(f"Lien entre {relative.full_name} et {pupil.full_name}"),
        [
            "La décision l’emporte sur l’alimentation, dans les prochaines écoles aussi, jusqu’à ce qu’une direction la lève.",
            "Aucun des deux n’en est prévenu.",
        ],
        "Enregistrer la décision",
        card_url(person, request),
        why_not,
    )
    return confirm(request, asked, form=form)


@require_POST
@administrators_only
def lift_tie(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """The tie is again as its source states it."""
    person = person_asked(request, uuid)
    relative, pupil = family(request, person, other)
    me = person_of(request)
    why_not = attempt(request, lambda: ties.lift_restriction(by=me, relative=relative, pupil=pupil))
    if why_not:
        messages.error(request, why_not)
    else:
        messages.success(request, "Le lien est rétabli.")
    return back_to(person, request)


@require_POST
@administrators_only
def photo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The school's word on a pupil's picture; the strictest word holds."""
    person = person_asked(request, uuid)
    me = person_of(request)
    allowed = request.POST.get("photo") == "oui"
    why_not = attempt(request, lambda: consents.say_for_school(by=me, pupil=person, allowed=allowed))
    if why_not:
        messages.error(request, why_not)
    else:
        messages.success(request, f"Photo {'autorisée' if allowed else 'refusée'} par l’école.")
    return back_to(person, request)
