"""Who sees a thing in one place and would not, or no longer, in another: told before it is moved or copied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from sharing.models import Grant, Resource

type Key = tuple[str, int]  # ("person" or "group" or "school", its primary key)


@dataclass(frozen=True, slots=True)
class AudienceChange:
    """`gains` and `loses` by key, with the names shown: groups' labels, persons' names. A folder's owner
    sees what lies in it, as its recipients do."""

    gains: dict[Key, str] = field(default_factory=dict)
    loses: dict[Key, str] = field(default_factory=dict)

    @property
    def wider(self) -> bool:
        return bool(self.gains)

    @property
    def gained(self) -> list[str]:
        """Names of those who will see it."""
        return sorted(self.gains.values())

    @property
    def lost(self) -> list[str]:
        return sorted(self.loses.values())


def audience_change(
    resources: Sequence[Resource], parent: Resource | None, *, but: User | None = None
) -> AudienceChange:
    """What changes for at least one of these, were they in `parent` (None: a root). Two queries.

    A thing's own shares follow it; what it has of the folders above stays behind, and is given by those of
    `parent` in their place. `but` is left out: whoever acts knows that they see it.
    """
    after_chain = parent.chain if parent else []
    keys = {key for each in resources for key in each.chain} | set(after_chain)
    shown = _audiences(keys)
    after = _union(shown, after_chain)
    gains: dict[Key, str] = {}
    loses: dict[Key, str] = {}
    for each in resources:
        own = shown.get(each.pk, {})
        before = _union(shown, each.chain)
        gains |= {key: name for key, name in after.items() if key not in before}
        loses |= {key: name for key, name in before.items() if key not in after and key not in own}
    if but is not None:
        gains.pop(("person", but.pk), None)
        loses.pop(("person", but.pk), None)
    return AudienceChange(gains, loses)


def _audiences(keys: Iterable[int]) -> dict[int, dict[Key, str]]:
    """By resource: its owner and its grantees."""
    found: dict[int, dict[Key, str]] = {}
    rows = Resource.objects.filter(pk__in=keys).select_related("owner", "owner_school")
    for each in rows:
        if each.owner is not None:
            found[each.pk] = {("person", each.owner.pk): each.owner.full_name}
        elif each.owner_school is not None:
            found[each.pk] = {("school", each.owner_school.pk): each.owner_school.name}
    grants = Grant.objects.filter(resource__in=keys)
    for grant in grants.select_related("person", "group__school", "group__school_class"):
        if grant.person is not None:
            found[grant.resource_id]["person", grant.person.pk] = grant.person.full_name
        elif grant.group is not None:
            found[grant.resource_id]["group", grant.group.pk] = grant.group.label
    return found


def _union(shown: dict[int, dict[Key, str]], chain: Iterable[int]) -> dict[Key, str]:
    return {key: name for each in chain for key, name in shown.get(each, {}).items()}
