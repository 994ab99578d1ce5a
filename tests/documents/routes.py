"""Addresses for `tests/house/routes.py`, of the pages of the Espace documentaire: a teacher's folder and file."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from core import clock
from core.storage.services import receive
from documents.models import Comment, Returned
from documents.services import files, folders
from sharing.models import Resource
from tests.house.world import HouseWorld

TITLE = "Dictées de l’année"


def folder(world: HouseWorld, owner: str = "teacher") -> dict[str, Any]:
    person = world.people[owner]
    found = Resource.objects.filter(owner=person, kind="folder", title=TITLE).first()
    return {"uuid": (found or folders.create_folder(by=person, title=TITLE)).uuid}


def file(world: HouseWorld, owner: str = "teacher") -> dict[str, Any]:
    person = world.people[owner]
    found = Resource.objects.filter(owner=person, kind="file").first()
    if found is None:
        received = receive(file=BytesIO("Mots à savoir.".encode()), name="mots.txt")
        found = files.add(by=person, blob=received.blob, name=received.name)
    return {"uuid": found.uuid}


def version(world: HouseWorld) -> dict[str, Any]:
    return file(world) | {"number": 1}


def comment(world: HouseWorld) -> dict[str, Any]:
    resource = Resource.objects.get(**file(world))
    made = Comment.objects.create(
        resource=resource, author=world.people["teacher"], text="Bien.", at=clock.now()
    )
    return {"uuid": resource.uuid, "comment": made.uuid}


def returned(world: HouseWorld) -> dict[str, Any]:
    """A note to the teacher."""
    made = Returned.objects.create(person=world.people["teacher"], folder=TITLE, count=2, at=clock.now())
    return {"key": made.uuid}


def upload(world: HouseWorld) -> dict[str, Any]:
    """One that never was: what the protocol is asked of, without a word of theirs."""
    return {"upload": uuid4()}
