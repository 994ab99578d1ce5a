"""The carnet de liaison as sharing knows it."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core import clock
from documents.services import keeping
from notebooks.enums import LIAISON_BOOK, WordState
from notebooks.models import LiaisonBook, LiaisonCopy, LiaisonWord
from notebooks.services.liaison_words import SPACE
from sharing.kinds import Kind


def erase(ids: Sequence[int]) -> None:
    """The carnets, their drafts, and what nobody holds. A word that went stays with who received it, with its
    files, and asks nothing any more."""
    words = LiaisonWord.objects.filter(book__in=list(ids))
    held = Exists(LiaisonCopy.objects.filter(word_id=OuterRef("pk"), relative__isnull=False))
    gone = words.exclude(held)
    keeping.release(space=SPACE, subjects=list(gone.values_list("uuid", flat=True)))
    gone.delete()
    words.filter(state=WordState.SENT).update(state=WordState.CLOSED, closed_at=clock.now())
    words.update(book=None)
    LiaisonBook.objects.filter(pk__in=list(ids)).delete()


def _with_words(ids: Sequence[int]) -> set[int]:
    """Carnets in which others wrote."""
    words = LiaisonWord.objects.filter(author__isnull=False, book__in=list(ids))
    return {book for book in words.values_list("book_id", flat=True) if book is not None}


def _with_copies(ids: Sequence[int]) -> set[int]:
    """Carnets with a word that someone holds."""
    words = LiaisonWord.objects.filter(book__in=list(ids), copies__relative__isnull=False)
    return {book for book in words.values_list("book_id", flat=True) if book is not None}


KIND = Kind(
    key=LIAISON_BOOK,
    app="notebooks",
    app_label="Cahiers",
    label="carnet de liaison",
    icon="heart-handshake",
    cover="blue",
    url=lambda resource: reverse("notebooks:liaison_book", args=[resource.uuid]),
    erase=erase,
    few=True,
    hung_on=_with_words,
    held=_with_copies,
)
