"""What becomes of what notebooks know of a person when their account is erased, or absorbed by another of
theirs. Each kind of notebook states its own; the books themselves are resources, whose fate is sharing's."""

from collections.abc import Sequence

from accounts import fates
from accounts.fates import Left
from accounts.left_behind import counts
from accounts.objections import objectors_among
from notebooks import homework_fates, liaison_fates, memo_fates


def erase(people: Sequence[int]) -> dict[int, Left]:
    """Of who objected, what others read goes too, but for the words that relatives hold."""
    objecting = objectors_among(people)
    left = counts(homework_fates.left(people), "author"), counts(memo_fates.left(people), "author")
    told = fates.tally(objecting, *left)
    homework_fates.erase(people, objecting)
    liaison_fates.erase(people, objecting)
    memo_fates.erase(people, objecting)
    return told


MERGES = homework_fates.MERGES | liaison_fates.MERGES | memo_fates.MERGES


def register() -> None:
    """To be called in `ready()`."""
    fates.register("notebooks", covers=list(MERGES), erase=erase, merges=MERGES)
