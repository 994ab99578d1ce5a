"""What the carnet de liaison registers in the shell: a teacher's shortcut, a relative's search."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from notebooks.enums import LIAISON_BOOK
from notebooks.liaison_lines import received_lines
from notebooks.liaison_querysets import copies_of
from notebooks.views.requests import person_of
from sharing.enums import Role
from sharing.reaching import few_in
from ui import search, shortcuts

MOST_WORDS = 6


def register() -> None:
    """To be called in `ready()`."""
    shortcuts.register(
        shortcuts.Shortcut(
            key="notebooks.liaison",
            order=25,
            label="Un mot à faire signer",
            icon="heart-handshake",
            cover="blue",
            url=_to_book,
        )
    )
    search.register(
        search.Provider(
            key="notebooks.liaison", order=37, label="Mots du carnet de liaison", search=_find_received
        )
    )


def _to_book(request: HttpRequest) -> str | None:
    """The carnet that changed last of those that a teacher writes in, else a new one."""
    if person_of(request).profile != Profile.TEACHER:
        return None
    written = (book.uuid for book in few_in(request, LIAISON_BOOK) if book.role >= Role.CONTRIBUTE)
    found = next(written, None)
    return reverse("notebooks:liaison_book", args=[found]) if found else reverse("notebooks:liaison_new")


def _find_received(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Words that a relative holds whose title or text holds every word, each once; those of a team are in their
    carnets."""
    me = person_of(request)
    if me.profile != Profile.RELATIVE:
        return []
    rows = copies_of(me)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(word__title__icontains=word) | Q(word__text__icontains=word))
    hits: dict[int, search.Hit] = {}
    for line in received_lines(rows.order_by("-sent_at", "-pk")[: limit * 3]):
        hits.setdefault(
            line.word.pk,
            search.Hit(
                url=reverse("notebooks:liaison_read", args=[line.word.uuid]),
                title=line.word.title,
                sub=f"{line.child} · {line.word.author_name}",
                icon="heart-handshake",
                cover="blue",
            ),
        )
    return list(hits.values())[:limit]
