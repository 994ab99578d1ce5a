"""The groups of the scope, and one of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.groups import words
from admin_console.groups.listing import asked_of, chosen, page_of
from admin_console.groups.reading import AFTER, group_of, groups_in_scope, people_page
from admin_console.place import place_of
from admin_console.showing import show_in_console
from directory.annuaire.lines import lines
from directory.annuaire.viewer import viewer_of
from directory.enums import GroupKind
from directory.models import Group, SchoolClass
from directory.querysets import members_of, members_who_left, people_administered_by
from sharing.group_upkeep import lines_of, narrowed


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def groups(request: HttpRequest) -> HttpResponse:
    """Groups filtered, manual ones first; those to look at are marked."""
    place = place_of(request)
    asked = asked_of(request, place)
    scope = groups_in_scope(request)
    if place.school is not None:
        scope = scope.filter(school=place.school)
    found, more = page_of(narrowed(scope, asked.filters), asked)
    classes: list[SchoolClass] = []
    if place.school is not None and place.school.class_year is not None:
        of_now = SchoolClass.objects.filter(school=place.school, year=place.school.class_year)
        classes = list(of_now.order_by("label", "pk"))
    menus: dict[str, Any] = {
        "profiles": asked.profiles,
        "marks": asked.marks,
        "classes": asked.classes(classes),
    }
    context = {
        "asked": asked,
        "lines": [words.told(line, with_school=place.school is None) for line in lines_of(found)],
        "later_url": asked.next_url(found[-1]) if more else "",
        "first_url": asked.address() if asked.after else "",
        "no_filter": asked.address(kind="", school_class="", profile="", mark="", typed=""),
        **menus,
        **{f"{name}_value": chosen(menu) for name, menu in menus.items()},
    }
    return show_in_console(request, "groups/list", context, tab="groups")


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def group(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who is in a group, where it comes from, and what can be done with it."""
    found = group_of(request, uuid)
    return show_in_console(request, "groups/group", shown(request, found), tab="groups")


def shown(request: HttpRequest, group: Group) -> dict[str, Any]:
    (line,) = lines_of([group])
    people, after = people_page(members_of([group]), request.GET.get(AFTER, ""))
    manual = group.kind == GroupKind.MANUAL
    left = set(members_who_left(group).values_list("pk", flat=True)) if manual and line.left else set()
    scope = people_administered_by(person_of(request)).filter(pk__in=[person.pk for person in people])
    known = set(scope.values_list("pk", flat=True))
    here = reverse("console:group", args=[group.uuid])
    return {
        "group": group,
        "line": line,
        "tags": words.tags(line),
        "origin": words.origin(group),
        "manual": manual,
        "past": words.year_word(group) if words.Mark.PAST in line.marks and manual else "",
        "unknown": words.of_unknown_year(group),
        "members": [
            {
                "person": each.person,
                "sub": each.sub,
                "left": each.person.pk in left,
                "url": reverse("console:user", args=[each.person.uuid]) if each.person.pk in known else "",
            }
            for each in lines(people, viewer_of(request), with_school=False)
        ],
        "first_url": here if request.GET.get(AFTER) else "",
        "later_url": f"{here}?{AFTER}={after}" if after else "",
    }
