"""What a test run refuses beside warnings (pyproject.toml) and unknown template variables."""

import datetime
from typing import Any

import pytest
from django.db import models


@pytest.fixture(autouse=True, scope="session")
def _dates_are_not_instants() -> None:
    """A datetime given to a DateField would be cut in silence: its day depends on the time zone."""
    plain = models.DateField.get_prep_value

    def checked(self: models.DateField, value: Any) -> Any:
        if type(self) is models.DateField and isinstance(value, datetime.datetime):
            raise TypeError(f"{self}: a date is expected, not the instant {value!r}")
        return plain(self, value)

    models.DateField.get_prep_value = checked  # type: ignore[method-assign]
