"""The page of a person: who they are, where they belong, what was done to them, what can be."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console.access import administrators_only
from admin_console.showing import show_in_console
from admin_console.users import card
from admin_console.users.card_gate import person_asked
from admin_console.users.listing import listing_of


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def user(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The card, beside the list that it was opened from. A fixed number of queries, whatever it tells."""
    person = person_asked(request, uuid)
    context = card.told(request, person) | {"listing": listing_of(request, person.uuid)}
    return show_in_console(request, "users/card", context, tab="users")
