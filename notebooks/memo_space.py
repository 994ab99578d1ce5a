"""The files that cahiers mémo keep: of a block, or of a cover. They are joined by the acts of a book alone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from documents.spaces import SpaceUser
from notebooks.memo_enums import SPACE
from notebooks.memo_reading import block_seen, books_seen
from notebooks.models import MemoBlock
from sharing.models import Resource


def _url(subject: UUID) -> str:
    block = MemoBlock.objects.filter(uuid=subject).select_related("page__book__resource").first()
    if block is None:
        return reverse("notebooks:memo_book", args=[subject])
    return reverse("notebooks:memo_read_page", args=[block.page.uuid])


def _opens(person: User, subject: UUID) -> bool:
    """Whoever sees the page now, or the book for its cover."""
    if block_seen(person, subject) is not None:
        return True
    return books_seen(person).filter(uuid=subject).exists()


def _resources_of(subjects: Sequence[UUID]) -> Mapping[UUID, int]:
    blocks = MemoBlock.objects.filter(uuid__in=subjects).values_list("uuid", "page__book_id")
    covers = Resource.objects.filter(uuid__in=subjects).values_list("uuid", "pk")
    return dict(covers) | dict(blocks)


USER = SpaceUser(
    key=SPACE,
    label="Cahiers mémo",
    icon="notebook",
    url=_url,
    opens=_opens,
    resources_of=_resources_of,
)
