"""The archive of one's contents, made in the background: asked for, followed, and given to its person alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from accounts import assurance
from accounts.models import Takeout, User
from accounts.services import takeout as service
from core import audit, clock
from core.jobs import job
from core.models import Job
from core.progress import Progress

# Asked again meanwhile, it is the same one.
SAME_FOR = timedelta(hours=1)
# A job that nobody has heard of for so long died with its worker.
DEAD_AFTER = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the last archive of a person stands; `job` is its making."""

    takeout: Takeout
    job: Job | None

    @property
    def ready(self) -> bool:
        """It is there, to be taken."""
        until = self.takeout.kept_until
        return until is not None and until > clock.now()

    @property
    def same(self) -> bool:
        """Asked again now, it is this one."""
        fresh = self.takeout.asked_at > clock.now() - SAME_FOR
        return self.under_way or (self.ready and fresh)

    @property
    def under_way(self) -> bool:
        if self.takeout.made_at is not None or self.job is None:
            return False
        return not self.job.finished and self.takeout.asked_at > clock.now() - DEAD_AFTER

    @property
    def failed(self) -> bool:
        return self.takeout.made_at is None and not self.under_way


@job(
    "accounts.make_takeout",
    label="Archive de mes contenus",
    may_start=lambda person: isinstance(person, User),
)
def make_takeout(progress: Progress, *, takeout: str) -> dict[str, Any]:
    """Makes one archive."""
    made = service.make(takeout=UUID(takeout), progress=progress)
    return {"files": made.files, "missing": made.missing} if made else {}


def ask(*, by: User) -> Standing:
    """An archive of `by`'s contents: the one under way or made within the hour, else a new one.

    Raises LowAssurance, NotAllowed.
    """
    assurance.require_full()
    with audit.acting(by=by):
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)  # one at a time
        there = standing_of(by)
        if there is not None and there.same:
            return there
        takeout = Takeout.objects.create(person=by, asked_at=clock.now())
        making = make_takeout.start(by=by, takeout=str(takeout.uuid))
        takeout.job = making.uuid
        takeout.save(update_fields=["job"])
        audit.record("account.takeout_asked", subject=by.uuid)
    return Standing(takeout, making)


def standing_of(person: User) -> Standing | None:
    """Where the archive that a person asked for last stands; None where there is none. Two queries."""
    takeout = Takeout.objects.filter(person=person).select_related("blob").first()
    if takeout is None:
        return None
    return Standing(takeout, Job.objects.filter(uuid=takeout.job).first() if takeout.job else None)


def file_of(person: User, uuid: UUID) -> Takeout | None:
    """An archive of this person's own that is still there. Raises LowAssurance."""
    assurance.require_full()
    mine = Takeout.objects.filter(person=person, uuid=uuid, kept_until__gt=clock.now())
    return mine.select_related("blob").first()
