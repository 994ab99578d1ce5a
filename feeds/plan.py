"""What the set will do, told in rows before anything is written.

Dry run, thresholds, report and apply read the same rows: `plan_*`, temporary tables of the run's transaction.
"""

from django.db import connection

from core import sql
from feeds.intake import Intake

STEPS = ("plan_people", "plan_years", "plan_attachments", "plan_classes")


def plan(intake: Intake) -> None:
    """Compares the records with what is known. Run again whenever records were parked."""
    params = intake.params
    with connection.cursor() as cursor:
        cursor.execute("analyze parked")
    for step in STEPS:
        sql.run("feeds", step, **params)
    if intake.school_id is not None:
        sql.run("feeds", "plan_teachers_csv", **params)
    sql.run("feeds", "plan_ties", **params)


def plan_rows(intake: Intake) -> None:
    """Keeps the plan of what changes for people, classes, schools and ties, for the report."""
    sql.run("feeds", "plan_rows", **intake.params)
