"""A list of accounts as a file to keep, for the page and for the API."""

from collections.abc import Sequence
from uuid import UUID

from django.http.response import HttpResponseBase

from accounts.models import User
from core.spreadsheets import sheet_response
from directory.account_filters import AccountFilters
from directory.services.export_accounts import export_accounts
from schools.models import School


def export_response(
    *,
    by: User,
    school: School | None,
    filters: AccountFilters,
    form: str,
    chosen: Sequence[UUID] | None = None,
) -> HttpResponseBase:
    """CSV sent as it is read, or XLSX once written. Raises TooManyAccounts, DuplicatesOfTooMany."""
    rows = export_accounts(by=by, school=school, filters=filters, form=form, chosen=chosen)
    return sheet_response(rows, title="Comptes", name="comptes", form=form)
