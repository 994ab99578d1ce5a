"""What becomes of a person's traces in feeds when the account is erased: the names go, the counts stay."""

from collections.abc import Sequence

from accounts import fates
from core import sql


def erase(people: Sequence[int]) -> None:
    """Takes names and values out of what was kept of past runs."""
    sql.run("feeds", "forget_people", people=list(people))


def register() -> None:
    fates.register("feeds", covers=[], erase=erase)
