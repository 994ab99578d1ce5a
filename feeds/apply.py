"""Carries a plan out: each room writes its own tables, in order, in the run's one transaction."""

from django.db import connection
from django.db.models import F

from accounts.services import bulk
from core import sql
from core.progress import Progress
from directory.services import attach, opening
from feeds.intake import Intake
from feeds.models import FeedRun
from rollover.services.turn import turn_schools
from schools.models import School
from schools.services import put
from sharing.enums import Reason
from sharing.lifetime import ends_q
from sharing.models import Grant
from sharing.services.withdraw import withdraw


def apply(intake: Intake, progress: Progress) -> None:
    """Applies the plan in the run's schema. The caller holds the academy's lock."""
    run, source, today = intake.run, intake.source.value, intake.today
    sql.run("feeds", "effects", **intake.params)
    progress.step("Écoles")
    put.put_schools(relation="school_row", academy_id=run.academy_id)
    put.open_years(relation="year_row")
    _end_older_shares(run)
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


def _end_older_shares(run: FeedRun) -> None:
    """A school whose classes are told for the first time turns nothing; what its team shared in a year before with
    its groups ends all the same, a withdrawal a school, which undoing the run puts back."""
    with connection.cursor() as cursor:
        cursor.execute("select school_id from year_row where class_year is not null")
        opened = [school for (school,) in cursor.fetchall()]
    older = Grant.objects.filter(ends_q(), group__school__in=opened, year__lt=F("group__school__class_year"))
    for school in School.objects.filter(pk__in=older.values("group__school")).order_by("pk"):
        withdraw(
            grants=older.filter(group__school=school),
            reason=Reason.ROLLOVER,
            by=run.uuid,
            school=school,
            cause=run.uuid,
        )


def supersede(run: FeedRun) -> None:
    """Older runs that wait give way, school by school and part by part, to what this one names."""
    sql.run("feeds", "supersede", run_id=run.pk)
