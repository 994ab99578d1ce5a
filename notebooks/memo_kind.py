"""The cahier mémo as sharing knows it."""

from collections.abc import Sequence

from django.urls import reverse

from notebooks.memo_enums import MEMO_BOOK
from notebooks.models import MemoPage
from notebooks.services.memo_books import erase_books
from sharing.kinds import Kind
from sharing.models import Resource


def _page(resource: Resource) -> str:
    return reverse("notebooks:memo_book", args=[resource.uuid])


def _with_pages(ids: Sequence[int]) -> set[int]:
    """Books in which others wrote."""
    pages = MemoPage.objects.filter(book__in=list(ids), filled=True, removed_at__isnull=True)
    return set(pages.values_list("book_id", flat=True))


KIND = Kind(
    key=MEMO_BOOK,
    app="notebooks",
    app_label="Cahiers",
    label="cahier mémo",
    icon="book",
    cover="violet",
    url=_page,
    erase=erase_books,
    hung_on=_with_pages,
)
