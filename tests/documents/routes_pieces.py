"""Rows of the table of routes: files joined to a note of the teacher's."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents.services import keeping
from tests.documents import routes as documents
from tests.documents.factories import content
from tests.documents.joined import SPACE, known
from tests.house.rows import Row, row, signed_in
from tests.house.world import TEACHER, HouseWorld

type Address = Callable[[HouseWorld], dict[str, Any]]


def _note(world: HouseWorld) -> dict[str, Any]:
    return {"space": SPACE, "subject": known(world.people[TEACHER]).note}


def _joined(world: HouseWorld) -> Any:
    about = _note(world)
    return keeping.join(by=world.people[TEACHER], **about, blob=content(), name="plan.txt").uuid


def _piece(world: HouseWorld) -> dict[str, Any]:
    return _note(world) | {"file": _joined(world)}


def _file(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _joined(world)}


def _told(world: HouseWorld) -> dict[str, Any]:
    return _note(world) | {"pk": _joined(world)}


def _chosen(world: HouseWorld) -> dict[str, Any]:
    return {"documents": [str(documents.file(world)["uuid"])]}


def _picture(world: HouseWorld) -> dict[str, Any]:
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG")
    return {"image": SimpleUploadedFile("arbre.png", made.getvalue())}


def _note_row(good: int = 200, address: Address = _note, **rest: Any) -> Row:
    return row(TEACHER, good=good, address=address, **rest)


PAGES = {
    # Its part is asked by htmx; the page itself is the application's.
    "pieces:joined": _note_row(302),
    "pieces:choose": _note_row(),
    "pieces:remove": _note_row(302, _piece, method="post"),
    "pieces:caption": _note_row(204, _piece, method="post"),
    "pieces:picture": _note_row(201, method="post", data=_picture),
    "pieces:content": _note_row(address=_file),
    "pieces:download": _note_row(address=_file),
    # A text has no small picture.
    "pieces:thumbnail": _note_row(404, lambda world: _file(world) | {"size": 320}),
    "pieces:uploads": signed_in(204, method="options"),
}
API = {
    "pieces-list": _note_row(anonymous=403),
    "pieces-detail": _note_row(204, _told, method="delete", anonymous=403),
    "pieces-documents": _note_row(201, method="post", data=_chosen, anonymous=403),
}
