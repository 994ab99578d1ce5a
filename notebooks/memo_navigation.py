"""What cahiers mémo register in the shell: a pupil's tile, their search."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.requests import person_of
from notebooks.memo_reading import pages_found
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
            key="notebooks.memo", order=37, label="Pages de cahiers", search=_find, all_url=_all_found
        )
    )


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Pages that hold every word; books are found by their titles with the other notebooks."""
    return [
        search.Hit(
            url=reverse("notebooks:memo_read_page", args=[page.uuid]),
            title=page.title or page.book.resource.title,
            sub=f"Dans «\u00a0{page.book.resource.title}\u00a0»",
            icon="book",
            cover="violet",
        )
        for page in pages_found(person_of(request), words, reach_in(request))[:limit]
    ]


def _all_found(request: HttpRequest, words: str) -> str:
    return f"{reverse('notebooks:memo_index')}?{urlencode({'q': words})}"
