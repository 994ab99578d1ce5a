"""Carries a plan out: each room writes its own tables, in order, in the run's one transaction."""

from accounts.services import bulk
from core import sql
from core.progress import Progress
from directory.services import attach, opening
from feeds.intake import Intake
from feeds.models import FeedRun
from rollover.services.turn import turn_schools
from schools.services import put


def apply(intake: Intake, progress: Progress) -> None:
    """Applies the plan in the run's schema. The caller holds the academy's lock."""
    run, source, today = intake.run, intake.source.value, intake.today
    sql.run("feeds", "effects", **intake.params)
    progress.step("Écoles")
    put.put_schools(relation="school_row", academy_id=run.academy_id)
    put.open_years(relation="year_row")
    progress.step("Personnes")
    bulk.create_accounts(relation="plan_person")
    bulk.update_accounts(relation="plan_person")
    progress.step("Rattachements")
    attach.attach(relation="plan_attachment", source=source, today=today, run=run.uuid)
    turn_schools(relation="turn_row", feed_run=run.uuid)
    attach.open_classes(relation="plan_class", source=source)
    opening.open_groups(schools=[row["school_id"] for row in sql.rows("feeds", "opened_schools")])
    attach.attach_to_classes(relation="plan_class_attachment", source=source, today=today, run=run.uuid)
    progress.step("Familles")
    attach.tie(relation="plan_tie", source=source, today=today, run=run.uuid)
    attach.keep_consents(relation="plan_person", today=today)
    bulk.mark_absent(relation="leaving")
    bulk.restore_accounts(relation="coming_back")
    attach.name_heads(relation="staff_school", source=source, today=today)
    sql.run("feeds", "effects_heads", **intake.params)
    sql.run("feeds", "write_marks", **intake.params)


def supersede(run: FeedRun) -> None:
    """Older runs that wait give way, school by school and part by part, to what this one names."""
    sql.run("feeds", "supersede", run_id=run.pk)
