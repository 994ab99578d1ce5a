"""What becomes of what notebooks know of a person when their account is erased, or absorbed by another of
theirs. Each kind of notebook states its own; the books themselves are resources, whose fate is sharing's."""

from collections.abc import Sequence

from accounts import fates
from notebooks import homework_fates, liaison_fates, memo_fates


def erase(people: Sequence[int]) -> None:
    homework_fates.erase(people)
    liaison_fates.erase(people)
    memo_fates.erase(people)


MERGES = homework_fates.MERGES | liaison_fates.MERGES | memo_fates.MERGES


def register() -> None:
    """To be called in `ready()`."""
    fates.register("notebooks", covers=list(MERGES), erase=erase, merges=MERGES)
