"""What a person's favourites need after a year: recipients who left or are no longer what they were, lists that
nothing was done with."""

from dataclasses import dataclass, field
from datetime import timedelta

from accounts.models import User
from core import clock
from directory.annuaire.viewer import Viewer
from directory.models import Favourite, FavouriteEntry, Group
from directory.querysets.favourites import favourites_of, groups_for_favourites

UNUSED = timedelta(days=365)


@dataclass(slots=True)
class Upkeep:
    """A favourite; `gone` are no longer within reach, `changed` have another profile than on the day they were
    added, `groups` may be used no more; `unused`: nothing was done with it for a year."""

    favourite: Favourite
    gone: list[User] = field(default_factory=list)
    changed: list[User] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unused: bool = False

    @property
    def to_clean(self) -> int:
        return len(self.gone) + len(self.changed) + len(self.groups)

    @property
    def names(self) -> list[str]:
        """Whom cleaning takes out."""
        return [
            *(each.full_name for each in (*self.gone, *self.changed)),
            *(each.label for each in self.groups),
        ]


def upkeep_of(viewer: Viewer) -> list[Upkeep]:
    """One's favourites, those that need something first. Five queries at most, whatever their number."""
    long_ago = clock.now() - UNUSED
    found = {
        favourite.pk: Upkeep(favourite, unused=(favourite.used_at or favourite.created_at) < long_ago)
        for favourite in favourites_of(viewer.person)
    }
    entries = list(
        FavouriteEntry.objects.filter(favourite__in=found)
        .select_related("person", "group__school", "group__school_class")
        .order_by("person__sort_name", "pk")
    )
    people = {entry.person_id for entry in entries if entry.person_id}
    groups = {entry.group_id for entry in entries if entry.group_id}
    near = set(viewer.people.filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    usable = groups_for_favourites(viewer.standpoint).filter(pk__in=groups)
    known = set(usable.values_list("pk", flat=True)) if groups else set()
    for entry in entries:
        kept = found[entry.favourite_id]
        if entry.person is not None and entry.person_id not in near:
            kept.gone.append(entry.person)
        elif entry.person is not None and entry.profile not in ("", entry.person.profile):
            kept.changed.append(entry.person)
        elif entry.group is not None and entry.group_id not in known:
            kept.groups.append(entry.group)
    return sorted(found.values(), key=lambda each: not (each.to_clean or each.unused))
