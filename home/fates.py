"""What becomes of what the home page knows of a person when their account is erased, or absorbed by another
of theirs: their word on a notice, their applications at hand go, or pass. Notices are their school's."""

from collections.abc import Sequence

from accounts import fates
from home.models import Acknowledgement, AppFavourite


def erase(people: Sequence[int]) -> None:
    for model in (Acknowledgement, AppFavourite):
        model._base_manager.filter(person__in=people).delete()


MERGES = {
    "home.Acknowledgement.person": fates.moves("home.Acknowledgement.person", once=["notice_id"]),
    "home.AppFavourite.person": fates.moves("home.AppFavourite.person", once=["key"]),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("home", covers=list(MERGES), erase=erase, merges=MERGES)
