"""What is done with a manual group: made, renamed, opened to its members, kept, deleted."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts import sessions
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.groups import words
from admin_console.groups.forms import GroupNameForm
from admin_console.groups.reading import done, group_of
from admin_console.place import page_url, place_of
from admin_console.showing import show_in_console
from core.errors import DomainError
from directory.enums import GroupKind
from directory.errors import NotManual
from directory.models import Group
from directory.services import groups as service
from sharing.group_upkeep import ending_of
from ui.french import unbroken

SHOW = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW)
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    """« Créer un groupe »: of the school spoken of; where there are several, one is chosen first."""
    place = place_of(request)
    school = place.school
    form = GroupNameForm(request.POST or None)
    if school is not None:
        made = _named(
            request, form, lambda name: service.create_group(by=person_of(request), school=school, name=name)
        )
        if made is not None:
            return redirect("console:group_members", uuid=made.uuid)
    return show_in_console(request, "groups/new", {"form": form, "school": school}, tab="groups")


@require_http_methods(SHOW)
@administrators_only
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    group = group_of(request, uuid)
    former = group.name
    form = GroupNameForm(request.POST or None, initial={"name": former})
    made = _named(
        request, form, lambda name: service.rename_group(by=person_of(request), group=group, name=name)
    )
    if made is not None:
        return redirect("console:group", uuid=uuid)
    context = {"form": form, "group": group, "former": former, "why_not": _why_not(group)}
    return show_in_console(request, "groups/rename", context, tab="groups")


@require_http_methods(SHOW)
@administrators_only
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Says first how many shares end, and for how many people; a protected group says why it stays."""
    group = group_of(request, uuid)
    why_not = _why_not(group)
    if request.method == "POST" and not why_not:
        label = group.label
        place = place_of(request)
        if done(
            request,
            lambda: service.delete_group(by=person_of(request), group=group),
            lambda _: f"Le groupe « {label} » est supprimé.",
        ):
            return redirect(page_url("groups", place))
    ending = ending_of(group)
    context = {
        "group": group,
        "why_not": why_not,
        "ending": ending,
        "ends": unbroken(words.ending_words(ending)),
    }
    status = 409 if why_not and request.method == "POST" else 200
    return show_in_console(request, "groups/delete", context, tab="groups", status=status)


@require_POST
@administrators_only
def opening(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The switch: may its relatives and pupils write to it?"""
    group = group_of(request, uuid)
    opened = request.POST.get("ouvert") == "1"
    said = (
        "Le groupe est ouvert : ses membres, parents et élèves compris, peuvent lui écrire."
        if opened
        else "Le groupe n’est plus ouvert : seule l’équipe de l’école peut lui écrire."
    )
    done(
        request,
        lambda: service.open_group(by=person_of(request), group=group, opened=opened),
        lambda _: said,
    )
    return redirect("console:group", uuid=uuid)


@require_POST
@administrators_only
def keep(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A group of a past year that serves again."""
    group = group_of(request, uuid)
    done(
        request,
        lambda: service.keep_group(by=person_of(request), group=group),
        lambda _: f"Le groupe « {group.label} » est gardé pour cette année.",
    )
    return redirect("console:group", uuid=uuid)


def _named(request: HttpRequest, form: GroupNameForm, act: Callable[[str], Group]) -> Group | None:
    """Does what a form that holds a name asks; what is refused is said beside the field."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        sessions.require_full_assurance(request)
        return act(form.cleaned_data["name"])
    except DomainError as refused:
        form.add_error("name", unbroken(str(refused)))
    return None


def _why_not(group: Group) -> str:
    """Why a group is neither renamed nor deleted; '' where it may be."""
    if group.kind != GroupKind.MANUAL:
        return unbroken(str(NotManual()))
    return unbroken(words.origin(group)) if group.protected else ""
