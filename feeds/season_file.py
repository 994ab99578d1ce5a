"""The season as a file to keep, for the page and for the API."""

from collections.abc import Sequence

from django.http.response import HttpResponseBase

from accounts.models import User
from core.spreadsheets import sheet_response
from feeds.services.export_season import export_season
from schools.models import School


def season_file(*, by: User, schools: Sequence[School], form: str) -> HttpResponseBase:
    """CSV, or XLSX once written."""
    rows = export_season(by=by, schools=schools, form=form)
    return sheet_response(rows, title="Rentrée", name="rentree", form=form)
