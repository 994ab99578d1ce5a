"""One's documents, for one's archive: the files in their folders, and what applications keep; and, for the rooms
above, the files joined to things of theirs."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models.functions import Lower

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import Chapter, JoinedFile, Line, Lists, join, write_list
from documents.enums import FILE, FOLDER
from documents.models import Comment, File, Use
from sharing.models import Resource
from ui.french import day_year, size

LIST = "Liste de mes fichiers"
TRASH = "Corbeille"
ELSEWHERE = "Ajoutés dans des dossiers partagés"
IN_APPS = "Ajoutés dans les applis"
BATCH = 500


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="documents",
            order=90,  # the last: what applications show is in the archive beside it, once
            folder="Documents",
            title="Mes documents",
            hint="Mes fichiers, rangés dans leurs dossiers\u00a0; ceux de la corbeille aussi.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """Each file under the folders of one's own that it lies in."""
    folders, lists = _folders_of(person), Lists(shelf, one="fichier")
    files = File.objects.filter(resource__owner=person, kept=False).select_related("resource", "blob")
    shelf.expect(files.count())
    for file in files.order_by(Lower("resource__title"), "pk").iterator(chunk_size=BATCH):
        _put(shelf, lists, file, *_path(file.resource, folders))
    kept = File.objects.filter(resource__owner=person, kept=True, resource__trashed_at__isnull=True)
    for file in kept.select_related("resource", "blob").order_by("pk").iterator(chunk_size=BATCH):
        if file.blob_id not in shelf.archive.given:
            _put(shelf, lists, file, IN_APPS, file.resource.title)
    lists.close()
    _say_comments(shelf, person)


def pieces_in(space: str, subjects: Collection[UUID]) -> dict[UUID, list[Use]]:
    """The files joined to these things, in their order; each thing has its list. One query."""
    found: dict[UUID, list[Use]] = {subject: [] for subject in subjects}
    uses = Use.objects.filter(space=space, subject__in=subjects, file__resource__trashed_at__isnull=True)
    for use in uses.select_related("file__resource", "file__blob").order_by("pk") if found else ():
        found[use.subject].append(use)
    return found


def put_beside(
    shelf: Shelf, page: str, uses: Iterable[Use], *folder: str
) -> tuple[dict[UUID, str], list[JoinedFile]]:
    """Keeps files joined beside the page that shows them: the places of those that its text shows, by their
    UUID, and the others."""
    pictures: dict[UUID, str] = {}
    others: list[JoinedFile] = []
    for use in uses:
        resource, blob = use.file.resource, use.file.blob
        if use.inline:
            pictures[resource.uuid] = shelf.keep(blob, *folder, resource.title, at=use.at)
        else:
            others += join(shelf, page, blob, *folder, resource.title, caption=use.caption, at=use.at)
    return pictures, others


def _put(shelf: Shelf, lists: Lists, file: File, *path: str) -> None:
    place = shelf.keep(file.blob, *path, at=file.resource.changed_at)
    if place:
        told = takeout.joined(
            ["\u00a0› ".join(path[:-1]), size(file.size), day_year(file.resource.changed_at)]
        )
        lists.add(LIST, path[-1], place, told)
    shelf.done()


def _folders_of(person: User) -> dict[int, Resource]:
    return {each.pk: each for each in Resource.objects.filter(owner=person, kind=FOLDER)}


def _path(resource: Resource, folders: dict[int, Resource]) -> Sequence[str]:
    """From one's own folders; from somebody else's, which one may see no more, apart."""
    names, above = [resource.title], resource.parent_id
    while above in folders:
        names.append(folders[above].title)
        above = folders[above].parent_id
    if resource.trashed_at is not None:
        names.append(TRASH)
    elif above is not None:
        names.append(ELSEWHERE)
    return names[::-1]


def _say_comments(shelf: Shelf, person: User) -> None:
    """What one said of files: of whose, one's own alone are named."""
    said = Comment.objects.filter(author=person, resource__kind=FILE).select_related("resource")
    lines = []
    for each in said.order_by("-at", "-pk").iterator(chunk_size=BATCH):
        own = each.resource.owner_id == person.pk
        lines.append(
            Line(
                f"Sur «\u00a0{each.resource.title}\u00a0»" if own else "Sur un document partagé",
                sub=takeout.joined([day_year(each.at), each.text]),
            )
        )
    if lines:
        place = shelf.place("Mes commentaires.html")
        write_list(shelf, place, title="Mes commentaires", chapters=[Chapter("", lines)], first=False)
