"""What the cahier de textes registers in the shell: a pupil's tile, a teacher's shortcut, its search."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from accounts.enums import Profile
from core import clock
from notebooks.books import books_visible_to as every_book
from notebooks.books import lines_of
from notebooks.enums import HOMEWORK_BOOK
from notebooks.homework_panels import tonight_in
from notebooks.homework_querysets import entries_within, roles_on_books
from notebooks.homework_reading import Homework, count_words
from notebooks.views.requests import person_of
from sharing.enums import Role
from sharing.reaching import few_in, reach_in
from ui import search, shortcuts, tiles
from ui.french import day_short

MOST_WORDS = 6


def register() -> None:
    """To be called in `ready()`."""
    tiles.register(
        tiles.Tile(
            key="notebooks.homework",
            order=15,
            label="Mes devoirs",
            drawing="homework",
            cover="green",
            url=lambda request: reverse("notebooks:index"),
            new=_left,
        )
    )
    shortcuts.register(
        shortcuts.Shortcut(
            key="notebooks.homework",
            order=15,
            label="Noter un devoir",
            icon="notebook",
            cover="green",
            url=_to_book,
        )
    )
    search.register(search.Provider(key="notebooks", order=35, label="Cahiers", search=_find_books))
    search.register(search.Provider(key="notebooks.homework", order=36, label="Devoirs", search=_find))


def _left(request: HttpRequest) -> tiles.New | None:
    """What a pupil has still to do for the next day."""
    left = sum(not work.done for work in tonight_in(request))
    return tiles.New(left, count_words(left)) if left else None


def _to_book(request: HttpRequest) -> str | None:
    """The book that changed last of those that a teacher writes in, else a new one."""
    if person_of(request).profile != Profile.TEACHER:
        return None
    written = (book.uuid for book in few_in(request, HOMEWORK_BOOK) if book.role >= Role.CONTRIBUTE)
    found = next(written, None)
    return reverse("notebooks:homework_book", args=[found]) if found else reverse("notebooks:homework_new")


def _find_books(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Notebooks, of every kind, whose title holds every word."""
    me = person_of(request)
    rows = every_book(me, reach_in(request))
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(title__icontains=word)
    return [
        search.Hit(
            url=line.url, title=line.resource.title, sub=line.sub, icon=line.kind.icon, cover=line.cover
        )
        for line in lines_of(me, list(rows[:limit]))
    ]


def _find(request: HttpRequest, words: str, limit: int) -> Sequence[search.Hit]:
    """Homework whose subject, title or text holds every word, the nearest to today first."""
    rows = entries_within(roles_on_books(person_of(request), reach_in(request)), today=clock.today())
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(subject__icontains=word) | Q(title__icontains=word) | Q(text__icontains=word))
    return [
        search.Hit(
            url=reverse("notebooks:homework_entry", args=[entry.uuid]),
            title=" · ".join(filter(None, [entry.subject, Homework(entry).name])),
            sub=f"Pour le {day_short(entry.due_on)}",
            icon="notebook",
            cover="green",
        )
        for entry in rows.order_by("-due_on", "-pk")[:limit]
    ]
