"""A list of accounts as a file to keep, for the page and for the API."""

from collections.abc import Sequence
from uuid import UUID

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accounts.models import User
from core import clock
from core.spreadsheets import csv_lines, workbook
from directory.account_filters import AccountFilters
from directory.services.export_accounts import export_accounts
from schools.models import School

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    name = f"comptes-{clock.today().isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(workbook("Comptes", rows), as_attachment=True, filename=name, content_type=XLSX)
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
