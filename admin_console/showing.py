"""A page of the console within its frame: head, school spoken of, tabs."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from admin_console.access import show, standpoint
from admin_console.overview import school_line, scope_words, years_words
from admin_console.place import place_of
from admin_console.tabs import tabs_of


def show_in_console(
    request: HttpRequest, name: str, context: dict[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """`name` is a template that extends `admin_console/frame.html`; htmx gets its part `#part`."""
    place = place_of(request)
    if place.school is not None:
        lede = f"{school_line(place.school)} · {years_words(place.school)}"
    else:
        lede = scope_words(standpoint(request), place.schools, place.number)
    framed = {"place": place, "tabs": tabs_of(place, tab), "lede": lede}
    return show(request, name, framed | context, status)
