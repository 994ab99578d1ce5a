"""What becomes of the pages that someone wrote when their account is erased, or absorbed by another of theirs:
they stay in their book, unsigned, or pass. The books are resources, whose fate is sharing's."""

from collections.abc import Sequence

from accounts import fates
from notebooks.models import MemoPage


def erase(people: Sequence[int]) -> None:
    MemoPage.objects.filter(author__in=people).update(author=None)


MERGES = {"notebooks.MemoPage.author": fates.moves("notebooks.MemoPage.author")}
