"""The groups that a school and a class have from their first day."""

from collections.abc import Iterable

from django.db import transaction

from core import sql
from schools.models import School


@transaction.atomic
def open_groups(*, schools: Iterable[School] | None = None) -> int:
    """Opens the groups lacking in these schools and their classes (in all: None); answers how many."""
    ids = None if schools is None else [school.pk for school in schools]
    return sql.run("directory", "open_groups", school_ids=ids)
