"""How the pupils of a class come in, for their teacher: passwords given, and the door by pictures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import pictures, sessions
from accounts.models import User
from accounts.pictures import Picture
from core import pdf
from core.errors import DomainError
from core.storage.serve import disposition
from core.text import uuids_of
from directory import printed_cards
from directory.annuaire.viewer import viewer_of
from directory.models import ClassSheet, SchoolClass
from directory.printed_cards import Card
from directory.querysets.class_sheets import classes_taught, pupils_of, sheets_standing, those_who_know
from directory.services import class_sheet as service
from directory.services import pupil_passwords
from ui.french import listed

CLASS_ACCESS = "annuaire:class_access"


@require_safe
@never_cache
def access(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The pupils of a class of mine, their logins, the door and its link."""
    school_class = _class(request, uuid)
    sheet = _standing(school_class)
    given = set(sheet.pictures.values_list("pupil_id", flat=True)) if sheet else set()
    pupils = list(pupils_of(school_class))
    address = printed_cards.address_of(sheet) if sheet else ""
    left = [person.full_name for person in those_who_know(sheet)] if sheet else []
    context = {
        "school_class": school_class,
        "pupils": pupils,
        "given": given,
        "without": sum(pupil.pk not in given for pupil in pupils),
        "sheet": sheet,
        "left": listed(left),
        "many_left": len(left) > 1,
        "address": address,
        "qr": pdf.qr(address) if address else "",
    }
    return render(request, "directory/annuaire/class_access.html", context)


@require_POST
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Opens the door, shuts it, changes its hours or its link."""
    me, school_class = viewer_of(request).person, _class(request, uuid)
    act = request.POST.get("act", "")
    by_day = request.POST.get("hours") != "always"
    try:
        sessions.require_full_assurance(request)
        if act == "open":
            service.open_sheet(by=me, school_class=school_class, by_day=by_day)
            said = "La connexion par images est ouverte. Donnez maintenant leurs images aux élèves."
        elif act in {"close", "renew", "hours"}:
            said = _change(me, get_object_or_404(_sheets(school_class)), act, by_day=by_day)
        else:
            raise Http404
    except DomainError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(CLASS_ACCESS, uuid=uuid)


@never_cache
@require_POST
def give(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Passwords or pictures, for the pupils named or the whole class; shown once. Back, with a word, where
    nothing is asked."""
    me, school_class = viewer_of(request).person, _class(request, uuid)
    what = request.POST.get("what", "")
    chosen = _chosen(request, school_class)
    if what not in {"passwords", "pictures"} or not chosen:
        messages.error(request, "Choisissez un élève, ou toute la classe.")
        return redirect(CLASS_ACCESS, uuid=uuid)
    try:
        sessions.require_full_assurance(request)
        if what == "passwords":
            given = pupil_passwords.give_passwords(by=me, school_class=school_class, pupils=chosen)
            cards = printed_cards.password_cards(chosen, given)
        else:
            found = get_object_or_404(_sheets(school_class))
            drawn = service.give_pictures(by=me, sheet=found, pupils=chosen)
            cards = printed_cards.picture_cards(chosen, drawn)
    except DomainError as refused:
        messages.error(request, str(refused))
        return redirect(CLASS_ACCESS, uuid=uuid)
    return _show(request, school_class, cards)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, uuid: UUID, pupil: UUID) -> HttpResponse:
    """A pupil beside their teacher chooses three pictures, one after the other."""
    me, school_class = viewer_of(request).person, _class(request, uuid)
    person = get_object_or_404(pupils_of(school_class), uuid=pupil)
    found = get_object_or_404(_sheets(school_class))
    former = [] if "again" in request.POST else request.POST.get("chosen", "").split()
    touched = [name for name in [request.POST.get("picture", "")] if name]
    picked = list(dict.fromkeys(pictures.read([*former, *touched])))[: pictures.LENGTH]
    if "keep" in request.POST and len(picked) == pictures.LENGTH:
        try:
            sessions.require_full_assurance(request)
            given = service.choose_pictures(by=me, sheet=found, pupil=person, chosen=picked)
        except DomainError as refused:
            messages.error(request, str(refused))
            return redirect(CLASS_ACCESS, uuid=uuid)
        return _show(request, school_class, printed_cards.picture_cards([person], given))
    context = {
        "school_class": school_class,
        "pupil": person,
        "pictures": []
        if len(picked) == pictures.LENGTH
        else [each for each in Picture if each not in picked],
        "picked": picked,
    }
    return render(request, "directory/annuaire/class_pictures.html", context)


@never_cache
@require_POST
def cards(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The cards that were just shown, to print and cut."""
    school_class = _class(request, uuid)
    found = printed_cards.unseal(viewer_of(request).person, school_class, request.POST.get("cards", ""))
    if found is None:
        messages.error(request, "Ces cartes ne s’impriment plus. Donnez de nouveaux mots de passe ou images.")
        return redirect(CLASS_ACCESS, uuid=uuid)
    drawn = printed_cards.draw(school_class, found)
    name = f"Cartes {school_class.label}.pdf"
    headers = {"Content-Disposition": disposition(name, inline=False)}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)


def _change(me: User, found: ClassSheet, act: str, *, by_day: bool) -> str:
    if act == "close":
        service.close_sheet(by=me, sheet=found)
        return "La connexion par images est fermée. Les élèves gardent leur mot de passe."
    if act == "renew":
        service.renew_link(by=me, sheet=found)
        return "Le lien a changé. L’ancien n’ouvre plus rien ; les images des élèves restent les mêmes."
    service.set_hours(by=me, sheet=found, by_day=by_day)
    return "La porte ouvre les jours d’école." if by_day else "La porte ouvre à toute heure."


def _class(request: HttpRequest, uuid: UUID) -> SchoolClass:
    """A class that I teach now; any other does not exist."""
    return get_object_or_404(classes_taught(viewer_of(request).standpoint), uuid=uuid)


def _sheets(school_class: SchoolClass) -> Any:
    return sheets_standing().filter(school_class=school_class)


def _standing(school_class: SchoolClass) -> ClassSheet | None:
    found: ClassSheet | None = _sheets(school_class).first()
    return found


def _chosen(request: HttpRequest, school_class: SchoolClass) -> list[User]:
    """The pupils posted, all of them of the class: one who is not makes none. `all` is the whole class."""
    pupils = pupils_of(school_class)
    if "all" in request.POST:
        return list(pupils)
    keys = set(uuids_of(request.POST.getlist("pupil")))
    found = list(pupils.filter(uuid__in=keys))
    if len(found) != len(keys):
        raise Http404
    return found


def _show(request: HttpRequest, school_class: SchoolClass, shown: list[Card]) -> HttpResponse:
    context = {
        "school_class": school_class,
        "cards": shown,
        "of_pictures": any("pictures" in card for card in shown),
        "words": {picture.value: picture.label for picture in Picture},
        "sealed": printed_cards.seal(viewer_of(request).person, school_class, shown),
    }
    return render(request, "directory/annuaire/class_cards.html", context)
