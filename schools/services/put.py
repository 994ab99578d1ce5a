"""Schools from a relation that a higher room hands down, and their two years."""

from collections.abc import Collection

from django.db.models.fields.reverse_related import ForeignObjectRel

from core import sql
from schools.models import School


def put_schools(*, relation: str, academy_id: int) -> None:
    """Makes and corrects schools (columns: `schools/sql/put_schools.sql`)."""
    sql.run("schools", "put_schools", {"relation": relation}, academy_id=academy_id)


def open_years(*, relation: str) -> int:
    """Moves running and class years forward (columns: `schools/sql/open_years.sql`)."""
    return sql.run("schools", "open_years", {"relation": relation})


def take_back_schools(*, changed: str) -> None:
    """Puts back what schools were (columns: `schools/sql/take_back_schools.sql`)."""
    sql.run("schools", "take_back_schools", {"changed": changed})


def keep_unspoken(*, relation: str, but: Collection[str]) -> None:
    """Takes out of a relation (school_id) the schools that a row of any room speaks of, but in the tables that
    are seen to otherwise. Asked of the models: a room that comes later is known by itself."""
    for found in School._meta.get_fields(include_hidden=True):
        if not isinstance(found, ForeignObjectRel):
            continue
        table, column = found.related_model._meta.db_table, str(found.field.column)
        if table not in but:
            sql.run("schools", "keep_unspoken", {"relation": relation, "table": table, "column": column})


def forget_schools(*, relation: str) -> int:
    """Deletes the schools of a relation (school_id), on which nothing hangs; answers how many."""
    return sql.run("schools", "forget_schools", {"relation": relation})
