"""What happened long ago leaves the timeline; the things themselves stay where they are."""

from datetime import timedelta

from core import clock, sql
from timeline.models import Event

KEPT = timedelta(days=550)  # a school year and its summer, whole, after the one that ends


def forget_old() -> int:
    """Deletes events too old to be told; answers how many."""
    gone, _ = Event.objects.filter(at__lt=clock.now() - KEPT).delete()
    return gone


def forget_schools(*, relation: str) -> None:
    """Forgets what happened in the schools of a relation (school_id), which are about to go."""
    sql.run("timeline", "forget_schools", {"relation": relation})
