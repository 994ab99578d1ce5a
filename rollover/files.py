"""What a turn ends, as a file to keep, for the page and for the API."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http.response import HttpResponseBase

from core.spreadsheets import sheet_response


def file_of(rows: Iterable[Sequence[Any]], *, name: str, form: str) -> HttpResponseBase:
    """CSV, or XLSX once written; `name` is its beginning."""
    return sheet_response(rows, title="Changement d’année", name=name, form=form)
