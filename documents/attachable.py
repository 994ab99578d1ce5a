"""What of the Espace documentaire may be joined to something, of an application or a message: files that one
manages, found folder by folder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models.functions import Lower

from accounts.models import User
from core.text import uuid_of
from documents import querysets
from documents.enums import FILE, FOLDER
from documents.errors import NoSuchDocument
from documents.looks import Look, look_of
from documents.querysets import Resources
from sharing.errors import NotAManager
from sharing.models import Resource
from sharing.rules import Act, Reach, may

TYPED = 80  # letters looked at; the rest is not
MOST = 100  # lines of a page: a search finds the others


@dataclass(frozen=True, slots=True)
class Choice:
    """A file that may be joined."""

    resource: Resource
    look: Look
    size: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place: the folders above it and in it, the files that may be joined, how many may not, whether more
    are there than are shown; what was asked."""

    trail: list[Resource]
    folders: list[Resource]
    files: list[Choice]
    withheld: int
    more: bool
    typed: str = ""
    shared: bool = False


def files_seen(person: User, reach: Reach | None = None) -> Resources:
    """Files that someone sees, none in the trash."""
    return querysets.seen(person, reach).filter(kind=FILE, trashed_at__isnull=True)


def managed_files(person: User, documents: Iterable[Resource]) -> list[Resource]:
    """These files as they are now, each once, with their contents; to join one to something is to share it: each
    must be managed. A query. Raises NoSuchDocument, NotAManager."""
    asked = list(dict.fromkeys(each.pk for each in documents))
    found = files_seen(person).filter(pk__in=asked).select_related("file__blob")
    known = {each.pk: each for each in found}
    if len(known) != len(asked):
        raise NoSuchDocument()
    if not all(may(each.my_role, Act.SHARE) for each in known.values()):  # type: ignore[attr-defined]
        raise NotAManager()
    return [known[key] for key in asked]


def shelf_asked(person: User, reach: Reach, asked: Mapping[str, str]) -> Shelf:
    """The place that a page asks for: `dossier`, `partages`, or what is looked for (`q`). Raises NoSuchDocument
    for a folder that is none of theirs."""
    folder = None
    if asked.get("dossier"):
        folders = querysets.seen(person, reach).filter(kind=FOLDER, trashed_at__isnull=True)
        folder = folders.filter(uuid=uuid_of(asked["dossier"])).first()
        if folder is None:
            raise NoSuchDocument()
    return shelf(
        person, reach, folder=folder, shared="partages" in asked, typed=asked.get("q", "").strip()[:TYPED]
    )


def shelf(
    person: User, reach: Reach, *, folder: Resource | None = None, shared: bool = False, typed: str = ""
) -> Shelf:
    """A folder; with none, one's own root, or what is `shared` with one; or what a search finds everywhere.
    Five queries at most."""
    if typed:
        things = querysets.named(files_seen(person, reach), typed)
    elif folder is not None:
        things = querysets.inside(person, folder, reach)
    else:
        things = (querysets.shared if shared else querysets.mine)(person, reach)
        things = things.filter(trashed_at__isnull=True)
    things = things.order_by(Lower("title"), "pk")
    folders = list(things.filter(kind=FOLDER)[: MOST + 1])
    found = list(things.filter(kind=FILE).select_related("file")[: MOST + 1])
    usable = [each for each in found[:MOST] if may(each.my_role, Act.SHARE)]  # type: ignore[attr-defined]
    return Shelf(
        trail=[*querysets.above(person, folder, reach), folder] if folder is not None else [],
        folders=folders[:MOST],
        files=[Choice(each, look_of(each.file.media_type), each.file.size) for each in usable],
        withheld=len(found[:MOST]) - len(usable),
        more=len(found) > MOST or len(folders) > MOST,
        typed=typed,
        shared=shared,
    )
