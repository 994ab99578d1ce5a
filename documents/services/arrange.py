"""Things are renamed, moved and copied, and whoever does it is told who will see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from core import audit
from core.storage.services import hold_all
from documents import rules
from documents.audience_change import AudienceChange, audience_change
from documents.enums import FILE
from documents.errors import NoSuchDocument, WiderAudience
from documents.models import File, FileVersion, Folder
from documents.querysets import seen
from documents.services import quota
from documents.services.naming import free_name, free_names, hold_folder, number_where_taken
from sharing.models import Resource
from sharing.querysets import reach_of
from sharing.rules import Act, Reach, may
from sharing.services import resources as shared


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was moved, or made by copying, and who sees it there."""

    resources: list[Resource]
    change: AudienceChange = field(default_factory=AudienceChange)


def rename(*, by: User, resource: Resource, title: str) -> Resource:
    """A file keeps its ending where none is typed; numbered where its owner has that name there.
    Raises NotAManager, InTrash."""
    with audit.acting(by=by):
        fresh = shared.hold_tree(resource)
        name = rules.renamed(title, fresh.title, file=fresh.kind == FILE)
        if fresh.owner is not None:
            quota.held(fresh.owner)
            name = free_name(name, owner=fresh.owner, parent=fresh.parent, but=fresh.pk)
        return shared.rename(by=by, resource=fresh, title=name)


def move(*, by: User, resources: Sequence[Resource], parent: Resource | None) -> Arranged:
    """Into a folder, or to their owners' roots: all, or none. What lies in what is moved moves along.

    Only who manages a thing moves it, so that a wider audience is theirs to give. Raises NotAManager,
    CannotAddThere, InsideItself, InTrash.
    """
    change = audience_change(resources, parent, but=by)
    was = {each.pk: each.parent_id for each in resources}
    with audit.acting(by=by):
        moved = shared.place_all(by=by, resources=resources, parent=parent)
        # What lay there already keeps its name; who comes takes another.
        number_where_taken(sorted(moved, key=lambda each: (was[each.pk] != each.parent_id, each.pk)))
    return Arranged(moved, change)


def copy(*, by: User, resources: Sequence[Resource], parent: Resource | None) -> Arranged:
    """Copies what `by` sees, with all that they see in it, into a folder to which they contribute or to
    their root: all, or none. Copies are theirs and charged to them; contents are stored once.

    Raises NoSuchDocument (not seen, or in the trash), WiderAudience (others would see what `by` does not
    manage), CannotAddThere, InTrash, QuotaExceeded, StorageGone.
    """
    reach = reach_of(by)
    change = audience_change(resources, parent, but=by)
    with audit.acting(by=by):
        tops = _tops(by, resources, reach)
        foreign = [each for each in tops if not may(each.my_role, Act.SHARE)]  # type: ignore[attr-defined]
        if foreign and audience_change(foreign, parent, but=by).wider:
            raise WiderAudience()
        below = _below(by, tops, reach)
        hold_folder(parent)
        sizes = dict(File.objects.filter(pk__in=[each.pk for each in below]).values_list("pk", "size"))
        quota.charge(by, sum(sizes.values()))
        names = dict(
            zip(
                [top.pk for top in tops],
                free_names([top.title for top in tops], owner=by, parent=parent),
                strict=True,
            )
        )
        wanted = [
            shared.New(
                key=each.pk,
                kind=each.kind,
                title=names.get(each.pk, each.title),
                above=None if each.pk in names else each.parent_id,
            )
            for each in below
        ]
        made = shared.create_all(owner=by, wanted=wanted, parent=parent, by=by)
        _copy_contents(made, by)
    return Arranged([made[top.pk] for top in tops], change)


def _tops(by: User, resources: Sequence[Resource], reach: Reach) -> list[Resource]:
    """Each as seen now; what lies in another one chosen is copied with it."""
    wanted = {each.pk for each in resources}
    found = list(seen(by, reach).filter(pk__in=wanted, trashed_at__isnull=True).order_by("pk"))
    if len(found) != len(wanted):
        raise NoSuchDocument()
    return [each for each in found if not wanted & set(each.ancestors)]


def _below(by: User, tops: list[Resource], reach: Reach) -> list[Resource]:
    """The things themselves and all below them, folders before what lies in them."""
    keys = {top.pk for top in tops}
    under = seen(by, reach).filter(ancestors__overlap=list(keys), trashed_at__isnull=True)
    return [*tops, *sorted(under, key=lambda each: (len(each.ancestors), each.pk))]


def _copy_contents(made: dict[int, Resource], by: User) -> None:
    """Rows of the copies: the version shown alone, held once more."""
    files = File.objects.filter(pk__in=made)
    copies = {file.pk: file for file in files}
    hold_all([file.blob_id for file in copies.values()])
    folders = [new for old, new in made.items() if old not in copies]
    Folder.objects.bulk_create([Folder(resource=each) for each in folders])
    rows = [
        File(
            resource=made[old],
            blob_id=file.blob_id,
            size=file.size,
            charged=file.size,
            media_type=file.media_type,
        )
        for old, file in copies.items()
    ]
    File.objects.bulk_create(rows)
    FileVersion.objects.bulk_create(
        FileVersion(
            file=row,
            number=1,
            blob_id=row.blob_id,
            name=row.resource.title,
            size=row.size,
            media_type=row.media_type,
            by=by.uuid,
            at=row.resource.created_at,
        )
        for row in rows
    )
