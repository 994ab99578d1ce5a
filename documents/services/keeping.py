"""What other applications keep here: each content once for a person, with where it is used."""

from uuid import UUID

from accounts.models import User
from core import audit, clock
from core.storage.models import Blob
from documents import spaces
from documents.models import File, Use
from documents.services import files, quota
from sharing.models import Resource


def keep(*, by: User, blob: Blob, name: str, space: str, subject: UUID, label: str) -> Resource:
    """A file of `by`'s for an application's thing; the one that they keep already, where its content is the
    same: then nothing more is charged. Raises QuotaExceeded, StorageGone, ValueError (an unknown space)."""
    if spaces.user_of(space) is None:
        raise ValueError(f"no space user {space} is registered")
    with audit.acting(by=by):
        quota.held(by)
        there = File.objects.filter(
            kept=True, blob=blob, resource__owner=by, resource__trashed_at__isnull=True
        )
        found = there.select_related("resource").order_by("pk").first()
        resource = found.resource if found else files.add(by=by, blob=blob, name=name, kept=True)
        use(file=resource, space=space, subject=subject, label=label)
    return resource


def use(*, file: Resource, space: str, subject: UUID, label: str) -> None:
    """One more place that uses a file; told twice, it is one."""
    Use.objects.bulk_create(
        [Use(file_id=file.pk, space=space, subject=subject, label=label[:255], at=clock.now())],
        ignore_conflicts=True,
    )


def release(*, space: str, subjects: list[UUID]) -> int:
    """These things are no more, or use nothing any more; the files stay their owners'. Answers how many uses
    ended."""
    return Use.objects.filter(space=space, subject__in=subjects).delete()[0]
