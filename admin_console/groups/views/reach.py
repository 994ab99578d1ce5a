"""« À qui cette personne peut-elle écrire, et pourquoi »."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.groups.reading import find_in
from admin_console.showing import show_in_console
from core.text import uuid_of
from directory.annuaire.lines import lines
from directory.annuaire.viewer import viewer_of
from directory.querysets import people_administered_by
from directory.querysets.administered import administered_schools, schools_holding
from directory.reach import reach_told, why_reaches
from directory.search import typed_words

FOUND = 12
TYPED = 80


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Kinds of people and groups, each with its reason; and a tester, by name."""
    people = people_administered_by(person_of(request))
    shown = get_object_or_404(people, uuid=uuid)
    typed = request.GET.get("q", "").strip()[:TYPED]
    other_uuid = uuid_of(request.GET.get("a"))
    other = get_object_or_404(people, uuid=other_uuid) if other_uuid else None
    me = standpoint(request)
    found = None
    if typed_words(typed):
        school = (
            administered_schools(me).filter(pk__in=schools_holding(shown).order_by().values("pk")).first()
        )
        found = find_in(me, school, typed).people.exclude(pk=shown.pk)
    context = {
        "person": shown,
        "told": reach_told(shown),
        "typed": typed,
        "asked": found is not None,
        "found": lines(list(found[:FOUND]), viewer_of(request), with_school=True)
        if found is not None
        else [],
        "other": other,
        "why": why_reaches(shown, other) if other is not None else [],
    }
    return show_in_console(request, "groups/reach", context, tab="users")
