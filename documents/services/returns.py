"""Things that a folder leaves behind when it goes come to their owners' roots: numbered there, and told."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from accounts.models import User
from core import audit, clock
from documents.models import Returned
from documents.services.naming import number_where_taken
from sharing.kinds import SentHome


def came_home(things: Sequence[SentHome]) -> None:
    """In the transaction that sends them: none bears a name that its owner has at their root, and each owner
    will be told of what came back, but of their own acts. Five queries, whatever their number."""
    shown = [each for each in things if each.resource.owner is not None and each.resource.trashed_at is None]
    if not shown:
        return
    number_where_taken([each.resource for each in shown])
    counts: Counter[tuple[int, str, UUID | None]] = Counter()
    for each in shown:
        owner = each.resource.owner
        assert owner is not None
        if owner.uuid != audit.actor() and owner.pre_deleted_on is None and each.folder:
            counts[owner.pk, each.folder, each.of] += 1
    Returned.objects.bulk_create(
        Returned(person_id=person, folder=folder, of=of, count=count, at=clock.now())
        for (person, folder, of), count in counts.items()
    )


def dismiss(*, by: User, uuids: Sequence[UUID]) -> int:
    """`by` has read these; answers how many were theirs."""
    return Returned.objects.filter(person=by, uuid__in=uuids).delete()[0]
