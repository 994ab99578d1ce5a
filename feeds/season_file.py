"""The season as a file to keep, for the page and for the API."""

from collections.abc import Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accounts.models import User
from core import clock
from core.spreadsheets import csv_lines, workbook
from directory.account_export import XLSX
from feeds.services.export_season import export_season
from schools.models import School


def season_file(*, by: User, schools: Sequence[School], form: str) -> HttpResponseBase:
    """CSV, or XLSX once written."""
    rows = export_season(by=by, schools=schools, form=form)
    name = f"rentree-{clock.today().isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(workbook("Rentrée", rows), as_attachment=True, filename=name, content_type=XLSX)
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
