"""An application of tests: notes, to which files are joined, and which lie in resources."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from accounts.models import User
from core.storage.models import Blob
from documents import spaces
from documents.errors import NoSuchDocument
from documents.spaces import SpaceUser
from sharing.errors import NotAManager
from sharing.models import Resource

SPACE = "notes"


@dataclass
class Notes:
    """One note, written by its writers and read by its readers (primary keys)."""

    note: UUID = field(default_factory=uuid4)
    writers: set[int] = field(default_factory=set)
    readers: set[int] = field(default_factory=set)
    refused: str = ""
    lies_in: Resource | None = None

    def opens(self, person: User, subject: UUID) -> bool:
        return subject == self.note and person.pk in self.readers | self.writers

    def writes(self, person: User, subject: UUID) -> str:
        if not self.opens(person, subject):
            raise NoSuchDocument()
        if person.pk not in self.writers:
            raise NotAManager()
        return "Ma note"

    def accepts(self, person: User, subject: UUID, blob: Blob) -> None:
        if self.refused and blob.media_type.startswith(self.refused):
            raise NotAManager()

    def resources_of(self, subjects: object) -> dict[UUID, int]:
        return {self.note: self.lies_in.pk} if self.lies_in else {}


def _user(notes: Notes) -> SpaceUser:
    return SpaceUser(
        key=SPACE,
        label="Notes",
        icon="file-text",
        url=lambda uuid: f"/notes/{uuid}/",
        edit_url=lambda uuid: "/documents/",
        opens=notes.opens,
        writes=notes.writes,
        accepts=notes.accepts,
        resources_of=notes.resources_of,
    )


KNOWN = Notes()


def known(writer: User) -> Notes:
    """A note of somebody's, known from now on: for tests that walk addresses one by one."""
    if spaces.user_of(SPACE) is None:
        spaces.register(_user(KNOWN))
    KNOWN.writers.add(writer.pk)
    return KNOWN


@contextmanager
def registered() -> Iterator[Notes]:
    """These notes are known for a while."""
    notes = Notes()
    former = spaces._users.pop(SPACE, None)
    spaces.register(_user(notes))
    try:
        yield notes
    finally:
        del spaces._users[SPACE]
        if former is not None:
            spaces.register(former)
