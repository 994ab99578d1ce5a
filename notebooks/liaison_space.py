"""Files joined to words: who opens them (who holds the word, who follows it), who joins them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from documents.errors import NoSuchDocument
from documents.spaces import SpaceUser
from notebooks.enums import WordState
from notebooks.errors import WordMoved
from notebooks.liaison_querysets import copies_of, word_visible_to
from notebooks.models import LiaisonWord
from notebooks.services.liaison_words import SPACE, require_change
from sharing.querysets import reach_of


def _opens(person: User, uuid: UUID) -> bool:
    if copies_of(person).filter(word__uuid=uuid).exists():
        return True
    return word_visible_to(person, reach_of(person), uuid) is not None


def _writes(person: User, uuid: UUID) -> str:
    """Raises NoSuchDocument, NotAWriter, WordMoved once it is closed."""
    word = word_visible_to(person, reach_of(person), uuid)
    if word is None:
        raise NoSuchDocument()
    require_change(person, word)
    if word.state == WordState.CLOSED:
        raise WordMoved()
    return word.title or "Mot aux parents"


def _resources_of(uuids: Sequence[UUID]) -> Mapping[UUID, int]:
    rows = LiaisonWord.objects.filter(uuid__in=list(uuids), book__isnull=False)
    return {uuid: book for uuid, book in rows.values_list("uuid", "book_id") if book is not None}


USER = SpaceUser(
    key=SPACE,
    label="Carnet de liaison",
    icon="heart-handshake",
    url=lambda uuid: reverse("notebooks:liaison_open", args=[uuid]),
    edit_url=lambda uuid: reverse("notebooks:liaison_write", args=[uuid]),
    opens=_opens,
    writes=_writes,
    resources_of=_resources_of,
    copies=True,
)
