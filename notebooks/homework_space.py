"""Files joined to homework: who opens them, who joins them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from documents.errors import NoSuchDocument
from documents.spaces import SpaceUser
from notebooks.homework_querysets import entry_visible_to
from notebooks.models import HomeworkEntry
from notebooks.services.homework_entries import SPACE, label_of, require_change
from sharing.querysets import reach_of


def _opens(person: User, uuid: UUID) -> bool:
    reach = reach_of(person)
    return (
        entry_visible_to(person, reach, uuid) is not None
        or entry_visible_to(person, reach, uuid, trashed=True) is not None
    )


def _writes(person: User, uuid: UUID) -> str:
    """Raises NoSuchDocument, NotAWriter."""
    entry = entry_visible_to(person, reach_of(person), uuid)
    if entry is None:
        raise NoSuchDocument()
    require_change(person, entry)
    return label_of(entry)


def _resources_of(uuids: Sequence[UUID]) -> Mapping[UUID, int]:
    return dict(HomeworkEntry.objects.filter(uuid__in=list(uuids)).values_list("uuid", "book_id"))


USER = SpaceUser(
    key=SPACE,
    label="Cahier de textes",
    icon="notebook",
    url=lambda uuid: reverse("notebooks:homework_entry", args=[uuid]),
    edit_url=lambda uuid: reverse("notebooks:homework_write", args=[uuid]),
    opens=_opens,
    writes=_writes,
    resources_of=_resources_of,
)
