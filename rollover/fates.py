"""What becomes of what people decided before a turn, when an account is erased or absorbed; of things, when they
are deleted for good."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from accounts import fates
from rollover.models import Decision
from sharing.signals import forgotten


def erase(people: Sequence[int]) -> None:
    """Theirs go, and what was entrusted to them is to be decided again."""
    Decision.objects.filter(Q(person__in=people) | Q(to__in=people)).delete()


def _forget(sender: Any, *, ids: Sequence[int], **_: Any) -> None:
    Decision.objects.filter(resource__in=list(ids)).delete()


MERGES = {
    "rollover.Decision.person": fates.moves(
        "rollover.Decision.person", once=["resource_id", "place", "to_year"]
    ),
    "rollover.Decision.to": fates.moves("rollover.Decision.to"),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("rollover", covers=list(MERGES), erase=erase, merges=MERGES)
    forgotten.connect(_forget, dispatch_uid="rollover.decisions")
