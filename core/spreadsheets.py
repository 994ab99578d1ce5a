"""Rows for spreadsheets: nothing in a cell runs when the file is opened.

A text that a spreadsheet would take for a formula (=, +, -, @, a tab or a line's end first) is led by an
apostrophe, which it shows as text. CSV: UTF-8 with its mark, semicolons, as French spreadsheets open it.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from xlsxwriter import Workbook

from core import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What XLSX takes.
SHEET_NAME, CELL = 31, 32_767
_NOT_OF_A_SHEET = re.compile(r"[\[\]:*?/\\]")
MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(value: Any) -> str:
    """A cell's text, which no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(_FORMULA) else text


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A CSV, line by line: to be sent while it is read."""
    yield MARK
    for row in rows:
        written = StringIO()
        csv.writer(written, delimiter=";", quoting=csv.QUOTE_MINIMAL).writerow([safe(cell) for cell in row])
        yield written.getvalue()


def sheet_response(rows: Iterable[Sequence[Any]], *, title: str, name: str, form: str) -> HttpResponseBase:
    """A file to keep, named `name` and the day: CSV sent as it is read, or XLSX (its sheet's `title`) once written."""
    named = f"{name}-{clock.today().isoformat()}.{form}"
    if form == "xlsx":
        return FileResponse(workbook(title, rows), as_attachment=True, filename=named, content_type=XLSX)
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{named}"'},
    )


def workbook(title: str, rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """An XLSX of one sheet, its first row frozen, every cell a text; in a file of its own, read from its
    beginning, that is gone once closed. Memory does not grow with the rows."""
    file = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(_NOT_OF_A_SHEET.sub(" ", title)[:SHEET_NAME])
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, safe(cell)[:CELL])
    file.seek(0)
    return file
