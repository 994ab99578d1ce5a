"""Who may run feeds: pure over a person's standpoint."""

from accounts.models import User
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint, administers_place
from feeds.enums import RunState
from feeds.models import FeedRun

# The one refusal whose plan and records are kept for review.
KEPT_REFUSAL = "urn:cartable:too-many-would-vanish"


def may_feed(person: User) -> bool:
    """Whoever administers something: what they may feed is asked again of the run or the school."""
    return standpoint_of(person).administers_something


def may_decide(me: Standpoint, run: FeedRun) -> bool:
    """Apply or undo a run: whoever administers all that it reaches, an academy for its sets, a school for its CSV."""
    if run.school is not None:
        school = run.school
        return administers_place(me, school=school.pk, district=school.district_id, academy=school.academy_id)
    return administers_place(me, school=None, district=None, academy=run.academy_id)


def waits(run: FeedRun) -> bool:
    """Does a run wait for a decision: parked, or refused with its plan kept?"""
    kept = (run.refusal or {}).get("type") == KEPT_REFUSAL
    return run.state == RunState.PARKED or (run.state == RunState.REFUSED and kept)
