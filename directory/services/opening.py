"""The groups that a school and a class have from their first day."""

from collections.abc import Collection

from django.db import transaction

from core import sql


@transaction.atomic
def open_groups(*, schools: Collection[int] | None = None) -> int:
    """Opens the groups lacking in these schools (ids) and their classes, in all for None; answers how many."""
    return sql.run("directory", "open_groups", school_ids=None if schools is None else list(schools))
