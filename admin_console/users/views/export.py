"""The list of accounts as a file."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.showing import show_in_console
from admin_console.users.listing import asked_of, listing_of
from core.text import uuids_of
from directory.account_export import export_response
from directory.errors import DuplicatesOfTooMany, TooManyAccounts


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the address filters, as CSV or XLSX, recorded; posted, the accounts chosen in the list; the list
    again, with a word, where it is too long."""
    asked = asked_of(request)
    chosen = None
    if request.method == "POST":
        chosen = uuids_of(request.POST.getlist("choisi"))
        if not chosen:
            return redirect(asked_of(request, request.POST).url())
    try:
        return export_response(
            by=person_of(request), school=asked.school, filters=asked.filters, form=form, chosen=chosen
        )
    except DuplicatesOfTooMany:
        return redirect("console:duplicates")
    except TooManyAccounts as problem:
        context = {"listing": listing_of(request), "problem": str(problem)}
        return show_in_console(request, "users/list", context, tab="users", status=problem.status)
