"""Who may run feeds: pure over a person's standpoint."""

from accounts.models import User
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from feeds.models import FeedRun


def may_feed(person: User) -> bool:
    """Whoever administers something: what they may feed is asked again of the run or the school."""
    return standpoint_of(person).administers_something


def may_decide(me: Standpoint, run: FeedRun) -> bool:
    """Apply or undo a run: the platform's administrators, an academy's; a school's, for its own CSV."""
    if me.platform or run.academy_id in me.administered_academies:
        return True
    return run.school_id is not None and run.school_id in me.administered_schools
