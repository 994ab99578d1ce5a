"""What becomes of a person's traces in feeds when the account is erased: the names go, the counts stay."""

from collections.abc import Sequence

from accounts import fates
from core import clock, sql


def erase(people: Sequence[int]) -> None:
    """Takes names and values out of what was kept of past runs; a digest of the key is left."""
    sql.run("feeds", "mark_departed", people=list(people), today=clock.today())
    sql.run("feeds", "forget_people", people=list(people))


def register() -> None:
    """Nothing moves at a merge: runs tell what was; the next one finds the person by either key."""
    fates.register("feeds", covers=[], erase=erase)
