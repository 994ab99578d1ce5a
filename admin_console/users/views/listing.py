"""« Utilisateurs »: the list of accounts, and its export."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console.access import administrators_only
from admin_console.showing import show_in_console
from admin_console.users.listing import listing_of


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def users(request: HttpRequest) -> HttpResponse:
    """The accounts of the school spoken of, or of the whole scope, found as one types."""
    context = {"listing": listing_of(request), "problem": ""}
    return show_in_console(request, "users/list", context, tab="users")
