"""Files and folders for tests, made by the services themselves, and shares of them."""

from io import BytesIO
from typing import Any

from accounts.models import User
from core import invariants
from core.storage import services as storage
from core.storage.models import Blob
from documents.models import Allowance, File
from documents.services import files, folders
from sharing.enums import Role
from sharing.models import Resource
from tests.accounts.factories import PersonFactory
from tests.sharing.factories import GrantFactory


def teacher(**traits: Any) -> User:
    person: User = PersonFactory(teacher=True, activated=True, **traits)
    return person


def content(data: bytes = b"bonjour", name: str = "a.txt") -> Blob:
    return storage.receive(file=BytesIO(data), name=name).blob


def file(
    owner: User, name: str = "a.txt", data: bytes = b"bonjour", folder: Resource | None = None
) -> Resource:
    received = storage.receive(file=BytesIO(data), name=name)
    return files.add(by=owner, blob=received.blob, name=received.name, folder=folder)


def folder(owner: User, title: str = "Sorties", parent: Resource | None = None) -> Resource:
    return folders.create_folder(by=owner, title=title, parent=parent)


def share(resource: Resource, person: User, role: Role = Role.READ) -> None:
    GrantFactory(resource=resource, person=person, role=role)


def used(person: User) -> int:
    found = Allowance.objects.filter(person=person).first()
    return found.used if found else 0


def allow(person: User, limit: int) -> None:
    """Gives a person a space of so many bytes."""
    Allowance.objects.update_or_create(person=person, defaults={"limit": limit})


def row(resource: Resource) -> File:
    return File.objects.get(pk=resource.pk)


def broken() -> list[str]:
    """The invariants of documents and sharing that do not hold."""
    return [each.invariant.name for each in invariants.run_all()]
