"""« J’ai lu », and reminders to those who have not."""

from accounts.models import User
from core import audit, clock
from directory.authority import require_school
from home.enums import Stage
from home.errors import NobodyToRemind, NothingAsked, NotInThisStage, RemindedToday
from home.models import Acknowledgement, Notice
from home.news import REMINDER
from home.querysets import asked_by, concerns_of, notices_visible_to
from home.services.notices import stage_of
from sharing.querysets import reach_of
from timeline.services.record import Happening, record


def acknowledge(*, by: User, notice: Notice) -> Acknowledgement:
    """A relative has read a notice that asks it; once for all of their children, and twice changes nothing.

    Raises NothingAsked for whoever is not asked, or is no more.
    """
    reach = reach_of(by)
    with audit.acting(by=by):
        found = notices_visible_to(reach).filter(pk=notice.pk).first()
        if found is None or not concerns_of(by, [found], reach)[found.pk].asked:
            raise NothingAsked()
        Acknowledgement.objects.bulk_create(
            [Acknowledgement(notice=found, person=by, at=clock.now())], ignore_conflicts=True
        )
        return Acknowledgement.objects.get(notice=found, person=by)


def remind(*, by: User, notice: Notice) -> int:
    """Tells those who have not read it yet, in what is new, once a day at most; answers how many.

    Raises NotYours, NotInThisStage where it does not stand today, RemindedToday, NobodyToRemind.
    """
    require_school(by, notice.school)
    with audit.acting(by=by):
        found = Notice.objects.select_for_update(of=("self",), no_key=True).get(pk=notice.pk)
        if stage_of(found) != Stage.SHOWN or not found.asks:
            raise NotInThisStage()
        if found.reminded_on == clock.today():
            raise RemindedToday()
        waiting = {each.relative for each in asked_by(found) if each.read_at is None}
        if not waiting:
            raise NobodyToRemind()
        found.reminded_on = clock.today()
        found.save(update_fields=["reminded_on"])
        record(
            Happening(
                kind=REMINDER,
                by=by.uuid,
                persons=waiting,
                school=found.school_id,
                about=found.uuid,
                data={"title": found.title},
            )
        )
        audit.record(
            "notice.reminded",
            school=notice.school.uuid,
            after={"notice": str(found.uuid), "people": len(waiting)},
        )
    return len(waiting)
