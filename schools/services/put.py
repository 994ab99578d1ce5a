"""Schools from a relation that a higher room hands down, and their two years."""

from core import sql


def put_schools(*, relation: str, academy_id: int) -> None:
    """Makes and corrects schools (columns: `schools/sql/put_schools.sql`)."""
    sql.run("schools", "put_schools", {"relation": relation}, academy_id=academy_id)


def open_years(*, relation: str) -> int:
    """Moves running and class years forward (columns: `schools/sql/open_years.sql`)."""
    return sql.run("schools", "open_years", {"relation": relation})


def take_back_schools(*, changed: str) -> None:
    """Puts back what schools were (columns: `schools/sql/take_back_schools.sql`)."""
    sql.run("schools", "take_back_schools", {"changed": changed})


def forget_schools(*, relation: str) -> int:
    """Deletes the schools of a relation (school_id), on which nothing hangs; answers how many."""
    return sql.run("schools", "forget_schools", {"relation": relation})
