"""All the groups of a school cleaned at once: foreseen, chosen, done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.groups import words
from admin_console.groups.reading import done
from admin_console.place import page_url, place_of
from admin_console.showing import show_in_console
from directory.models import Group
from sharing.group_upkeep import cleanings_of
from sharing.services.clean_groups import Cleaned, clean_groups
from ui.french import counted, listed, unbroken


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def groups(request: HttpRequest) -> HttpResponse:
    """Each act with its box: those that lose nothing are ticked."""
    place = place_of(request)
    school = place.school
    context: dict[str, Any] = {"school": school, "cleanings": []}
    if school is not None:
        scope = Group.objects.filter(school=school)
        keys = request.POST.getlist("acte")
        if request.method == "POST" and not keys:
            messages.error(request, "Rien n’est coché.")
        elif request.method == "POST" and done(
            request, lambda: clean_groups(by=person_of(request), groups=scope, keys=keys), _said
        ):
            return redirect(page_url("groups", place))
        context["cleanings"] = [(each, unbroken(words.cleaning_words(each))) for each in cleanings_of(scope)]
    return show_in_console(request, "groups/clean", context, tab="groups")


def _said(done_: Cleaned) -> str:
    said = []
    if done_.deleted:
        names = listed([f"« {name} »" for name in done_.deleted[:5]])
        more = len(done_.deleted) - 5
        tail = f" et {counted(more, 'autre')}" if more > 0 else ""
        said.append(f"{counted(len(done_.deleted), 'groupe supprimé', 'groupes supprimés')} : {names}{tail}.")
    if done_.taken_out:
        said.append(f"{counted(done_.taken_out, 'personne retirée', 'personnes retirées')} des groupes.")
    if done_.skipped:
        said.append(
            f"{counted(done_.skipped, 'acte ne tient', 'actes ne tiennent')} plus : rien n’y a changé."
        )
    return " ".join(said) or "Rien à nettoyer."
