"""What a turn ends, as a file to keep, for the page and for the API."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from core import clock
from core.spreadsheets import csv_lines, workbook
from directory.account_export import XLSX


def file_of(rows: Iterable[Sequence[Any]], *, name: str, form: str) -> HttpResponseBase:
    """CSV, or XLSX once written; `name` is its beginning."""
    named = f"{name}-{clock.today().isoformat()}.{form}"
    if form == "xlsx":
        sheet = workbook("Changement d’année", rows)
        return FileResponse(sheet, as_attachment=True, filename=named, content_type=XLSX)
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{named}"'},
    )
