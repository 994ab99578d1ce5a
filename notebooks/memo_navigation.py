"""What cahiers mémo register in the shell: a pupil's tile, a shortcut, their search."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.requests import person_of
from notebooks.memo_reading import books_found, pages_found
from sharing.reaching import reach_in
from ui import search, tiles


def register() -> None:
    """To be called in `ready()`."""
    tiles.register(
        tiles.Tile(
            key="notebooks.memo",
            order=50,
            label="Cahier mémo",
            drawing="memo",
            cover="violet",
            url=lambda request: reverse("notebooks:memo_index"),
        )
    )
    search.register(
        search.Provider(
            key="notebooks.memo", order=36, label="Cahiers mémo", search=_find, all_url=_all_found
        )
    )


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Books whose title, or a page of which, holds every word; at that page."""
    books = list(books_found(person_of(request), words, reach_in(request))[:limit])
    pages = pages_found(books, words)
    hits = []
    for book in books:
        page = pages.get(book.pk)
        at = reverse("notebooks:memo_read_page", args=[page.uuid]) if page else ""
        hits.append(
            search.Hit(
                url=at or reverse("notebooks:memo_book", args=[book.uuid]),
                title=book.title,
                sub=(page.title if page else "") or "Cahier mémo",
                icon="notebook",
                cover="violet",
            )
        )
    return hits


def _all_found(request: HttpRequest, words: str) -> str:
    return f"{reverse('notebooks:memo_index')}?{urlencode({'q': words})}"
