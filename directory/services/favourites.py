"""Favourites: a person's own named sets of recipients. Sharing with one writes what `resolve` answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from accounts.models import User
from core import audit, clock
from core.text import fold
from directory.enums import GroupKind
from directory.errors import (
    FavouriteFull,
    FavouriteNameMissing,
    FavouriteNameTaken,
    MembersNotVisible,
    NoSuchFavourite,
    OutOfReach,
)
from directory.models import Favourite, FavouriteEntry, Group
from directory.querysets import members_of, standpoint_of
from directory.querysets.addressable import addressable_among
from directory.querysets.groups import schools_disclosing_to
from directory.querysets.people import people_within
from directory.rules import Standpoint
from ui.french import listed

# Recipients of one favourite; a group counts for one.
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Whom a favourite stands for, now: persons, each once, never the owner; manual groups, as groups.

    `left_out` names those of its recipients who are no longer within the owner's reach.
    """

    persons: list[User] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def create(*, by: User, name: str, persons: Iterable[User] = (), groups: Iterable[Group] = ()) -> Favourite:
    """A new favourite, with its first recipients.

    Raises FavouriteNameMissing, FavouriteNameTaken, and what `add` raises.
    """
    with audit.acting(by=by):
        favourite = Favourite.objects.create(owner=by, name=_free(by, name), created_at=clock.now())
        audit.record("favourite.created", subject=favourite.uuid, after={"name": favourite.name})
        add(by=by, favourite=favourite, persons=persons, groups=groups)
    return favourite


def rename(*, by: User, favourite: Favourite, name: str) -> Favourite:
    """Grants given through it keep the name that it had. Raises NoSuchFavourite, FavouriteNameMissing,
    FavouriteNameTaken."""
    _require_own(by, favourite)
    with audit.acting(by=by):
        before, favourite.name = favourite.name, _free(by, name, but=favourite)
        favourite.save(update_fields=["name"])
        audit.record(
            "favourite.renamed",
            subject=favourite.uuid,
            before={"name": before},
            after={"name": favourite.name},
        )
    return favourite


def delete(*, by: User, favourite: Favourite) -> None:
    """What was shared through it stays shared. Raises NoSuchFavourite."""
    _require_own(by, favourite)
    with audit.acting(by=by):
        audit.record("favourite.deleted", subject=favourite.uuid, before={"name": favourite.name})
        favourite.delete()


def add(*, by: User, favourite: Favourite, persons: Iterable[User] = (), groups: Iterable[Group] = ()) -> int:
    """Adds recipients within the owner's reach, never the owner; answers how many were not in it yet.

    Raises NoSuchFavourite, OutOfReach, MembersNotVisible (a scolarity group whose members the owner may
    not see could never be shared with), FavouriteFull.
    """
    _require_own(by, favourite)
    people = {person.pk for person in persons} - {by.pk}
    kinds = {group.pk for group in groups}
    if not people and not kinds:
        return 0
    me = standpoint_of(by)
    if people_within(me, people).count() != len(people):
        raise OutOfReach()
    chosen = Group.objects.filter(pk__in=kinds).select_related("school", "school_class")
    reached = addressable_among(me, chosen)
    if len(reached) != len(kinds):
        raise OutOfReach("Un des groupes choisis n’existe pas.")
    _require_seen(me, list(reached.values()))
    with audit.acting(by=by):
        _one_at_a_time(by)
        known = set(favourite.entries.values_list("person_id", "group_id"))
        wanted: set[tuple[int | None, int | None]] = {(pk, None) for pk in people}
        wanted |= {(None, pk) for pk in kinds}
        new = wanted - known
        if len(known) + len(new) > MOST:
            raise FavouriteFull(most=MOST)
        profiles = dict(User.objects.filter(pk__in=[pk for pk, _ in new if pk]).values_list("pk", "profile"))
        FavouriteEntry.objects.bulk_create(
            FavouriteEntry(
                favourite=favourite, person_id=person, group_id=group, profile=profiles.get(person or 0, "")
            )
            for person, group in new
        )
        _record_entries("favourite.entries_added", favourite, new)
    return len(new)


def remove(
    *, by: User, favourite: Favourite, persons: Iterable[User] = (), groups: Iterable[Group] = ()
) -> int:
    """Takes recipients out, those no longer within reach too; answers how many were in it.

    Raises NoSuchFavourite.
    """
    _require_own(by, favourite)
    with audit.acting(by=by):
        rows = favourite.entries.filter(person__in=[p.pk for p in persons]) | favourite.entries.filter(
            group__in=[g.pk for g in groups]
        )
        gone: set[tuple[int | None, int | None]] = set(rows.values_list("person_id", "group_id"))
        rows.delete()
        _record_entries("favourite.entries_removed", favourite, gone)
    return len(gone)


def resolve(*, by: User, favourite: Favourite) -> Recipients:
    """Whom a favourite stands for now, as its owner may reach them; six queries at most.

    Manual groups stay groups; a scolarity group is read as the members that it has today. Whoever asks is
    about to use it: the day is written down. Raises
    NoSuchFavourite, and MembersNotVisible where the owner may not see who is in one of its groups.
    """
    _require_own(by, favourite)
    me = standpoint_of(by)
    entries = favourite.entries.select_related("person", "group__school", "group__school_class")
    people = {entry.person.pk: entry.person for entry in entries if entry.person is not None}
    kinds = {entry.group.pk: entry.group for entry in entries if entry.group is not None}
    reached = addressable_among(me, kinds.values())
    groups = sorted(reached.values(), key=lambda group: (fold(group.label), group.pk))
    _require_seen(me, groups)
    scolarity = [group for group in groups if group.kind != GroupKind.MANUAL]
    wanted = set(people)
    if scolarity:
        wanted |= set(members_of(scolarity).values_list("pk", flat=True))
    persons = list(people_within(me, wanted - {by.pk}).order_by("sort_name", "pk"))
    lost = set(people) - {person.pk for person in persons} - {by.pk}
    left_out = sorted((people[pk].full_name for pk in lost), key=fold)
    left_out += sorted((kinds[pk].label for pk in set(kinds) - set(reached)), key=fold)
    manual = [group for group in groups if group.kind == GroupKind.MANUAL]
    _used(favourite)
    return Recipients(persons=persons, groups=manual, left_out=left_out)


def _used(favourite: Favourite) -> None:
    """Once a day is enough."""
    now = clock.now()
    if favourite.used_at is None or now - favourite.used_at > timedelta(days=1):
        Favourite.objects.filter(pk=favourite.pk).update(used_at=now)


def _require_own(by: User, favourite: Favourite) -> None:
    if favourite.owner_id != by.pk:
        raise NoSuchFavourite()


def _require_seen(me: Standpoint, groups: Iterable[Group]) -> None:
    """Raises MembersNotVisible where a scolarity group does not show this person who is in it."""
    scolarity = [group for group in groups if group.kind != GroupKind.MANUAL]
    shown = schools_disclosing_to(me, {group.school_id for group in scolarity})
    hidden = [group.label for group in scolarity if group.school_id not in shown]
    if hidden:
        raise MembersNotVisible(
            f"Vous ne pouvez pas voir qui est dans «\u00a0{listed(hidden)}\u00a0»\u00a0: "
            "un favori de partage ne peut pas le contenir.",
            groups=hidden,
        )


def _free(by: User, name: str, but: Favourite | None = None) -> str:
    """The name as it will be kept; nobody else takes it before the transaction ends."""
    name = " ".join(name.split())
    if not name:
        raise FavouriteNameMissing()
    _one_at_a_time(by)
    others = Favourite.objects.filter(owner=by)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if fold(name) in {fold(taken) for taken in others.values_list("name", flat=True)}:
        raise FavouriteNameTaken()
    return name


def _one_at_a_time(by: User) -> None:
    """Two tabs of one person wait for one another."""
    User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk", flat=True).first()


def _record_entries(verb: str, favourite: Favourite, entries: set[tuple[int | None, int | None]]) -> None:
    if not entries:
        return
    people = User.objects.filter(pk__in=[person for person, _ in entries if person])
    groups = Group.objects.filter(pk__in=[group for _, group in entries if group])
    audit.record(
        verb,
        subject=favourite.uuid,
        after={
            "people": sorted(str(uuid) for uuid in people.values_list("uuid", flat=True)),
            "groups": sorted(str(uuid) for uuid in groups.values_list("uuid", flat=True)),
        },
    )
