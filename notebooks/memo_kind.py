"""The cahier mémo as sharing knows it."""

from django.urls import reverse

from notebooks.memo_enums import MEMO_BOOK
from notebooks.services.memo_books import erase_books
from sharing.kinds import Kind
from sharing.models import Resource


def _page(resource: Resource) -> str:
    return reverse("notebooks:memo_book", args=[resource.uuid])


KIND = Kind(
    key=MEMO_BOOK,
    app="notebooks",
    app_label="Cahiers",
    label="cahier mémo",
    icon="book",
    cover="violet",
    url=_page,
    erase=erase_books,
)
