"""What belongs to a school, removed in two steps by its administrators: to the trash and back, then for good.
It is entrusted and ceded as anything is: `hand_over`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from accounts.models import User
from core import audit
from sharing import kinds
from sharing.errors import NotInTrash
from sharing.models import Resource
from sharing.services.resources import Trashed, forget, require_owner, restore, trash


def put_away(*, by: User, resource: Resource) -> Trashed:
    """To the trash: nobody sees it any more, and it can come back. Raises NotTheOwner, InTrash."""
    return trash(by=by, resource=resource)


def bring_back(*, by: User, resource: Resource) -> Resource:
    """Out of the trash, as it was for those who saw it. Raises NotTheOwner."""
    return restore(by=by, resource=resource)


def erase(*, by: User, resource: Resource) -> int:
    """Deletes for good what is in the trash, with what went there with it; answers how many things.

    Raises NotTheOwner, NotInTrash.
    """
    return erase_thrown(by=by, resources=[resource])


def erase_thrown(*, by: User, resources: Sequence[Resource]) -> int:
    """Deletes for good what its owner put in the trash, a person or a school, with what went there with it: all, or
    none; answers how many things. Raises NotTheOwner, NotInTrash."""
    with audit.acting(by=by):
        held = Resource.objects.select_for_update(of=("self",), no_key=True).select_related("owner_school")
        fresh = list(held.filter(pk__in=[each.pk for each in resources]).order_by("pk"))
        for each in fresh:
            require_owner(by, each)
            if each.trashed_at is None:
                raise NotInTrash()
        with_them = Resource.objects.select_for_update(no_key=True).filter(trashed_with__in=fresh)
        rows = [(each.pk, each.kind) for each in fresh]
        rows += list(with_them.order_by("pk").values_list("pk", "kind"))
        delete_all(rows)
    return len(rows)


def delete_all(rows: Iterable[tuple[int, str]]) -> None:
    """Deletes things (keys and kinds), through their applications first, in the caller's transaction."""
    found = list(rows)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for pk, key in found:
        by_kind[key].append(pk)
    registered = {kind.key: kind for kind in kinds.all_kinds()}
    for key, ids in by_kind.items():
        registered[key].erase(ids)
    forget([pk for pk, _ in found])
