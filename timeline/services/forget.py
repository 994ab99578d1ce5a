"""What happened long ago leaves the timeline; the things themselves stay where they are."""

from datetime import timedelta

from core import clock
from timeline.models import Event

KEPT = timedelta(days=550)  # a school year and its summer, whole, after the one that ends


def forget_old() -> int:
    """Deletes events too old to be told; answers how many."""
    gone, _ = Event.objects.filter(at__lt=clock.now() - KEPT).delete()
    return gone
