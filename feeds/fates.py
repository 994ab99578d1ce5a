"""What becomes of a person's traces in feeds when the account is erased: the names go, the counts stay."""

from collections.abc import Sequence

from accounts import fates
from feeds.models import PlanRow


def erase(people: Sequence[int]) -> None:
    """Takes names and values out of the plans of past runs."""
    PlanRow.objects.filter(person_id__in=people).update(person_id=None, label="", before=None, after=None)


def register() -> None:
    fates.register("feeds", covers=[], erase=erase)
