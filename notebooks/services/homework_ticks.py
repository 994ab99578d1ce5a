"""« Fait »: a pupil ticks their own homework. It is theirs and their relatives'; nobody counts it."""

from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from notebooks.errors import NotTicked
from notebooks.models import HomeworkEntry, HomeworkTick


def tick(*, by: User, entry: HomeworkEntry, done: bool = True) -> bool:
    """Ticks an entry that a gate let through, or unticks it; twice changes nothing. Answers what it is now.
    Raises NotTicked for whoever is no pupil."""
    if by.profile != Profile.PUPIL:
        raise NotTicked()
    with audit.acting(by=by):
        if done:
            HomeworkTick.objects.bulk_create(
                [HomeworkTick(entry=entry, pupil=by, at=clock.now())], ignore_conflicts=True
            )
        else:
            HomeworkTick.objects.filter(entry=entry, pupil=by).delete()
    return done
