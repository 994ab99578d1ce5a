"""Files and folders as the lists draw them: a fixed number of queries for a page, however long."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from core.storage.models import Blob, ThumbnailState
from core.storage.thumbnails import SMALL
from documents.audiences import Audience, audiences_of
from documents.looks import FOLDER, Look, look_of
from documents.models import File, Star
from documents.views.requests import person_of
from sharing.enums import Role
from sharing.models import Resource
from sharing.rules import Act, may
from ui.french import NBSP, counted, day_short, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A file or a folder as one person sees it. `note` stands where nobody else sees it, or says whose it
    is; `size` in bytes, 0 for a folder."""

    resource: Resource
    look: Look
    role: Role
    owns: bool
    sub: str
    size: int = 0
    thumbnail: str = ""
    starred: bool = False
    audience: Audience | None = None
    note: str = ""

    @property
    def uuid(self) -> Any:
        return self.resource.uuid

    @property
    def title(self) -> str:
        return self.resource.title

    @property
    def is_folder(self) -> bool:
        return self.look is FOLDER

    @property
    def icon(self) -> str:
        return self.look.icon

    @property
    def cover(self) -> str:
        return self.look.cover

    @property
    def kind_word(self) -> str:
        return self.look.word

    @property
    def role_label(self) -> str:
        return self.role.label

    @property
    def url(self) -> str:
        return reverse("documents:folder" if self.is_folder else "documents:file", args=[self.uuid])

    @property
    def download_url(self) -> str:
        name = "documents:folder_zip" if self.is_folder else "documents:file_download"
        return reverse(name, args=[self.uuid])

    @property
    def may_share(self) -> bool:
        return may(self.role, Act.SHARE)

    @property
    def may_edit(self) -> bool:
        """Renames it and moves it."""
        return may(self.role, Act.RENAME)

    @property
    def may_replace(self) -> bool:
        return may(self.role, Act.EDIT) and not self.is_folder


def lines(request: HttpRequest, resources: Iterable[Resource]) -> list[Line]:
    """Lines of some resources of `seen`, in their order. At most seven queries."""
    shown = list(resources)
    if not shown:
        return []
    keys = [resource.pk for resource in shown]
    me = person_of(request)
    blobs = {file.resource_id: file.blob for file in File.objects.filter(pk__in=keys).select_related("blob")}
    starred = set(Star.objects.filter(person=me, resource_id__in=keys).values_list("resource_id", flat=True))
    told = audiences_of([each for each in shown if may(each.my_role, Act.SHARE)])  # type: ignore[attr-defined]
    inside = _counts([each for each in shown if each.pk not in blobs])
    owners = _owners(shown, me.pk)
    made = []
    for resource in shown:
        blob = blobs.get(resource.pk)
        role = Role(resource.my_role)  # type: ignore[attr-defined]
        owner = owners.get(resource.owner_id or 0, "")
        made.append(
            Line(
                resource=resource,
                look=look_of(blob.media_type) if blob else FOLDER,
                role=role,
                owns=resource.owner_id == me.pk or (resource.owner_id is None and role == Role.MANAGE),
                sub=_sub(resource, blob, inside.get(resource.pk, 0)),
                size=blob.size if blob else 0,
                thumbnail=_thumbnail(resource, blob),
                starred=resource.pk in starred,
                audience=told.get(resource.pk),
                note=f"{owner} · {role.label}" if owner else "Pas encore partagé",
            )
        )
    return made


def _sub(resource: Resource, blob: Blob | None, inside: int) -> str:
    """« PDF · 1,8 Mo · 10 sept. », « Dossier · 12 éléments · 14 sept. »."""
    day = day_short(resource.changed_at).replace(" ", NBSP)
    if blob is None:
        return f"Dossier · {counted(inside, 'élément')} · {day}"
    return f"{look_of(blob.media_type).word} · {size(blob.size)} · {day}"


def _thumbnail(resource: Resource, blob: Blob | None) -> str:
    if blob is None or blob.thumbnail_state != ThumbnailState.MADE:
        return ""
    return reverse("documents:thumbnail", args=[resource.uuid, SMALL])


def _counts(folders: list[Resource]) -> dict[int, int]:
    """How many things lie in each folder: of one in the trash, those that went with it; else, those that are in
    no trash."""
    if not folders:
        return {}
    gone = [each.trashed_with_id or each.pk for each in folders if each.trashed_at is not None]
    there = Q(trashed_at=None) | Q(trashed_with__in=gone) if gone else Q(trashed_at=None)
    inside = Resource.objects.filter(there, parent_id__in=[each.pk for each in folders]).order_by()
    return dict(inside.values_list("parent_id").annotate(n=Count("pk")))


def _owners(resources: list[Resource], me: int) -> dict[int, str]:
    """Names of the owners who are somebody else."""
    others = {each.owner_id for each in resources if each.owner_id and each.owner_id != me}
    if not others:
        return {}
    return {person.pk: person.full_name for person in User.objects.filter(pk__in=others)}
