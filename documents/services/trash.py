"""Deletion in two steps: to the trash, and back; then for good, which alone frees space."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import batched

from accounts import assurance
from accounts.models import User
from core import audit
from documents.enums import KINDS
from documents.errors import NotInTrash
from documents.kinds import erase_rows
from documents.models import File
from documents.services.naming import number_where_taken
from sharing.models import Resource
from sharing.services import resources as shared

BATCH = 500


@dataclass(frozen=True, slots=True)
class Trashed:
    """What went to the trash, each thing chosen once; what others had there and is now at their roots."""

    resources: list[Resource]
    sent_home: list[Resource] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Erased:
    """How many things are gone, what they weighed in bytes, and what of others left their folders."""

    count: int
    freed: int
    sent_home: list[Resource] = field(default_factory=list)


def trash(*, by: User, resources: Sequence[Resource]) -> Trashed:
    """Puts things, with what of their owner's lies in them, in the trash: all, or none. No space is freed.
    What lies in another one chosen goes with it. Raises NotTheOwner, InTrash."""
    gone: list[Resource] = []
    home: list[Resource] = []
    waiting = list(resources)
    with audit.acting(by=by):
        while waiting:
            keys = {each.pk for each in waiting}
            tops = [each for each in waiting if not keys & set(each.ancestors)]
            home += shared.trash_all(by=by, resources=tops).sent_home
            gone += tops
            # Chosen too, but of another owner: it left the folder, and still goes.
            inner = keys - {each.pk for each in tops}
            waiting = list(Resource.objects.filter(pk__in=inner, trashed_at__isnull=True).order_by("pk"))
        taken = {each.pk for each in gone}
        return Trashed(gone, [each for each in home if each.pk not in taken])


def restore(*, by: User, resources: Sequence[Resource]) -> list[Resource]:
    """Takes things out of the trash, to where they lay, else to their root; numbered where a name was taken
    meanwhile. Raises NotTheOwner."""
    with audit.acting(by=by):
        back = shared.restore_all(by=by, resources=resources)
        number_where_taken(back)
    return back


def erase(*, by: User, resources: Sequence[Resource]) -> Erased:
    """Deletes for good what is in the trash, with what went there with it; frees its space, and lets its
    contents go. Raises LowAssurance, NotTheOwner, NotInTrash."""
    assurance.require_full()
    with audit.acting(by=by):
        keys = sorted({each.pk for each in resources})
        held = Resource.objects.select_for_update(of=("self",), no_key=True)
        found = list(held.select_related("owner_school").filter(pk__in=keys, kind__in=KINDS).order_by("pk"))
        for each in found:
            shared.require_owner(by, each)
            if each.trashed_at is None:
                raise NotInTrash()
        return _erase([each.pk for each in found])


def empty_trash(*, by: User) -> Erased:
    """`erase` for all that the person put there; safe to be asked twice at once. Raises LowAssurance."""
    assurance.require_full()
    count, freed = 0, 0
    home: list[Resource] = []
    mine = Resource.objects.filter(owner=by, kind__in=KINDS, trashed_at__isnull=False)
    keys = list(mine.filter(trashed_with__isnull=True).order_by("pk").values_list("pk", flat=True))
    for batch in batched(keys, BATCH):
        with audit.acting(by=by):
            held = mine.select_for_update(no_key=True).filter(pk__in=batch).order_by("pk")
            done = _erase(list(held.values_list("pk", flat=True)))
        count, freed, home = count + done.count, freed + done.freed, home + done.sent_home
    return Erased(count, freed, home)


def _erase(tops: list[int]) -> Erased:
    with_them = Resource.objects.select_for_update(no_key=True).filter(trashed_with__in=tops)
    keys = [*tops, *with_them.order_by("pk").values_list("pk", flat=True)]
    freed = sum(File.objects.filter(pk__in=keys).values_list("charged", flat=True))
    erase_rows(keys)
    return Erased(len(keys), freed, shared.forget(keys))
