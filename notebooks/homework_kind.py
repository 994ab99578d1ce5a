"""The cahier de textes as sharing knows it."""

from collections.abc import Sequence

from django.urls import reverse

from documents.services import keeping
from notebooks.enums import HOMEWORK_BOOK
from notebooks.models import HomeworkBook, HomeworkEntry
from notebooks.services.homework_entries import SPACE
from sharing.kinds import Kind


def erase(ids: Sequence[int]) -> None:
    """The books, their entries and what was ticked; files stay their owners'."""
    entries = HomeworkEntry.objects.filter(book__in=list(ids))
    keeping.release(space=SPACE, subjects=list(entries.values_list("uuid", flat=True)))
    entries.delete()
    HomeworkBook.objects.filter(pk__in=list(ids)).delete()


def _with_entries(ids: Sequence[int]) -> set[int]:
    """Books in which others wrote."""
    entries = HomeworkEntry.objects.filter(book__in=list(ids), trashed_at__isnull=True)
    return set(entries.values_list("book_id", flat=True))


KIND = Kind(
    key=HOMEWORK_BOOK,
    app="notebooks",
    app_label="Cahiers",
    label="cahier de textes",
    icon="notebook",
    cover="green",
    url=lambda resource: reverse("notebooks:homework_book", args=[resource.uuid]),
    erase=erase,
    few=True,
    hung_on=_with_entries,
)
