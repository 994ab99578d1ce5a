"""« Utilisateurs »: the list of accounts, and its export."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from admin_console.access import administrators_only, standpoint
from admin_console.place import place_of
from admin_console.showing import show_in_console
from admin_console.users.listing import listing_of
from directory.account_filters import AccountState
from directory.querysets.accounts import is_wide


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def users(request: HttpRequest) -> HttpResponse:
    """The accounts of the school spoken of, or of the whole scope, found as one types. Those in double of a
    wide scope have their own page, which looks among so many people at a time."""
    if request.GET.get("etat") == AccountState.DUPLICATE and is_wide(
        standpoint(request), place_of(request).school
    ):
        return redirect("console:duplicates")
    context = {"listing": listing_of(request), "problem": ""}
    return show_in_console(request, "users/list", context, tab="users")
