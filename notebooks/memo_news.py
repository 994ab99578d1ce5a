"""What a cahier mémo tells in what is new: there is something new in it; once for a while, however many write."""

from datetime import timedelta

from django.urls import reverse

from accounts.models import User
from core import clock
from notebooks.models import MemoPage
from sharing.models import Resource
from sharing.querysets import told_of
from timeline.kinds import Kind, Telling, Told, register
from timeline.models import Event
from timeline.services.record import Happening, record
from ui.french import counted, listed

WRITTEN = "notebooks.memo_written"
QUIET = timedelta(hours=12)


def tell_written(*, by: User, book: Resource, page: MemoPage) -> None:
    """Its readers learn that there is something new in a book: once in half a day for what its owner writes,
    and once for what all others do, so that a class that works brings one line."""
    owner = by.pk == book.owner_id
    since = clock.now() - QUIET
    if Event.objects.filter(kind=WRITTEN, resource=book.pk, at__gt=since, data={"owner": owner}).exists():
        return
    persons, groups = told_of(book)
    record(
        Happening(
            kind=WRITTEN,
            by=by.uuid,
            persons=[person for person in persons if person != by.pk],
            groups=groups,
            resource=book.pk,
            about=page.uuid,
            data={"owner": owner},
        )
    )


def register_kinds() -> None:
    """To be called in `ready()`."""
    register(
        Kind(
            key=WRITTEN,
            order=42,
            app="notebooks",
            app_label="Cahiers",
            label="Les pages des cahiers mémo",
            icon="notebook",
            cover="violet",
            words=_words,
        )
    )


def _words(telling: Telling) -> Told:
    books = {event.resource_id: event.resource for event in telling.events}
    titles = [f"«\u00a0{book.title}\u00a0»" for book in books.values() if book]
    if len(titles) > 1:
        number = counted(len(titles), "cahier mémo", "cahiers mémo")
        return Told(f"Du nouveau dans {number}", listed(titles[:3]), reverse("notebooks:memo_index"))
    (book,) = books.values()
    assert book is not None
    page = reverse("notebooks:memo_book", args=[book.uuid])
    return Told(f"Du nouveau dans le cahier mémo {titles[0]}", telling.who, page)
