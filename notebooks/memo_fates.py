"""What becomes of the pages that someone wrote when their account is erased, or absorbed by another of theirs:
they stay in their book, unsigned, or pass. The books are resources, whose fate is sharing's."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import fates
from documents.services import keeping
from notebooks.memo_enums import SPACE
from notebooks.models import MemoBlock, MemoPage
from sharing.models import Grant


def left(people: Sequence[int]) -> QuerySet[MemoPage, MemoPage]:
    """What these people wrote that others read."""
    alone = Q(book__resource__owner=F("author")) & ~Exists(Grant.objects.filter(resource=OuterRef("book")))
    filled = MemoPage.objects.filter(author__in=people, filled=True, removed_at__isnull=True)
    return filled.exclude(alone)


def erase(people: Sequence[int], objecting: Collection[int] = ()) -> None:
    """The pages of `objecting` go."""
    going = MemoPage.objects.filter(author__in=objecting)
    blocks = MemoBlock.objects.filter(page__in=going).values_list("uuid", flat=True)
    keeping.release(space=SPACE, subjects=list(blocks))
    going.delete()
    MemoPage.objects.filter(author__in=people).update(author=None)


MERGES = {"notebooks.MemoPage.author": fates.moves("notebooks.MemoPage.author")}
