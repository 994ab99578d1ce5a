"""Groups cleaned, one or all of a school at once: what is done is what was foreseen, and still holds."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import User
from core import audit
from directory.models import Group
from directory.querysets import members_who_left
from directory.services import groups as service
from sharing.group_upkeep import Act, Cleaning, cleanings_of


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`deleted` names the groups that are no more; `taken_out` counts memberships ended; `skipped` is how
    many of the acts asked hold no longer."""

    deleted: list[str] = field(default_factory=list)
    taken_out: int = 0
    skipped: int = 0


def clean_groups(*, by: User, groups: QuerySet[Group], keys: Collection[str]) -> Cleaned:
    """Does, among what would clean these groups, the acts of these keys (`Cleaning.key`), all or none.

    Raises NotYours.
    """
    with audit.acting(by=by):
        asked = set(keys)
        chosen = [each for each in cleanings_of(groups) if each.key in asked]
        ended = {each.line.group.pk for each in chosen if each.act == Act.DELETE}
        deleted: list[str] = []
        taken_out = 0
        for each in chosen:
            if each.act == Act.DELETE:
                service.delete_group(by=by, group=each.line.group)
                deleted.append(each.line.group.label)
            elif each.line.group.pk not in ended:
                taken_out += _take_out(by, each)
    return Cleaned(deleted, taken_out, len(asked) - len(chosen))


def _take_out(by: User, cleaning: Cleaning) -> int:
    group = cleaning.line.group
    return service.remove_members(by=by, group=group, people=members_who_left(group))
