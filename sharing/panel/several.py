"""Several things in one share panel: which of them can be shared, and who sees them now, told together."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Min

from accounts.models import User
from core.text import fold, uuid_of
from directory.annuaire.lines import lines as told_of
from directory.annuaire.viewer import Viewer
from directory.models import Group
from sharing.enums import Role
from sharing.errors import NothingShared
from sharing.lifetime import Mark, mark_of
from sharing.models import Grant, Resource
from sharing.panel import words
from sharing.panel.lines import counts_of, people_reached
from ui.french import NBSP, counted

# Recipients beyond these are counted, not written.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Reader:
    """A group, or a person, who sees some of these things: how many of them, and as what. `role` is theirs
    where it is the same everywhere, else 0; `key` is what the forms send back."""

    key: str
    name: str
    sub: str
    life: Mark
    things: int
    role: int
    role_label: str
    person: User | None = None

    @property
    def slug(self) -> str:
        """The key as an id of the page."""
        return self.key.replace(":", "-")

    @property
    def kept(self) -> bool:
        return self.life is Mark.KEPT


@dataclass(slots=True)
class Together:
    """What the panel of several things tells."""

    readers: list[Reader] = field(default_factory=list)
    hidden: int = 0
    reached: int = 0


def together(things: Sequence[Resource], viewer: Viewer) -> Together:
    """Who sees at least one of these. At most twelve queries, whatever the number of things and grants."""
    keys = [thing.pk for thing in things]
    owners = {thing.owner_id for thing in things}
    grants = Grant.objects.filter(resource_id__in=keys).order_by()
    counts = {"things": Count("resource_id", distinct=True), "low": Min("role"), "high": Max("role")}
    by_group = {
        row["group_id"]: row
        for row in grants.filter(group__isnull=False).values("group_id").annotate(**counts, year=Max("year"))
    }
    by_person = {
        row["person_id"]: row
        for row in grants.filter(person__isnull=False, person__pre_deleted_on__isnull=True)
        .values("person_id")
        .annotate(**counts)
    }
    groups = _groups(by_group)
    persons = _persons(by_person, viewer)
    distinct = [Grant(group=group) for group in Group.objects.filter(pk__in=by_group)]
    distinct += [Grant(person_id=key) for key in by_person]
    owner = owners.pop() if len(owners) == 1 else None
    return Together(
        readers=[*groups, *persons],
        hidden=max(0, len(by_person) - SHOWN),
        reached=people_reached(distinct, owner=owner),
    )


def _groups(rows: dict[int, Any]) -> list[Reader]:
    found = list(Group.objects.filter(pk__in=rows).select_related("school", "school_class"))
    people = counts_of(found)
    told = [
        Reader(
            key=f"group:{group.uuid}",
            name=group.label,
            sub=words.group_words(group, people.get(group.pk, 0)),
            life=mark_of(Grant(group=group, year=rows[group.pk]["year"])),
            things=rows[group.pk]["things"],
            **_role(rows[group.pk]),
        )
        for group in found
    ]
    return sorted(told, key=lambda each: (each.kept, fold(each.name)))


def _persons(rows: dict[int, Any], viewer: Viewer) -> list[Reader]:
    shown = list(User.objects.filter(pk__in=rows).order_by("sort_name", "pk")[:SHOWN])
    subs = {line.person.pk: line.sub for line in told_of(shown, viewer)} if shown else {}
    return [
        Reader(
            key=f"person:{person.uuid}",
            name=person.full_name,
            sub=subs.get(person.pk, ""),
            life=Mark.KEPT,
            things=rows[person.pk]["things"],
            **_role(rows[person.pk]),
            person=person,
        )
        for person in shown
    ]


def _role(row: dict[str, Any]) -> dict[str, Any]:
    """« Consulter », or « Consulter à Gérer » where things differ."""
    low, high = Role(row["low"]), Role(row["high"])
    same = low == high
    return {
        "role": int(low) if same else 0,
        "role_label": low.label if same else f"{low.label} à {high.label}",
    }


def reader_of(things: Sequence[Resource], key: str) -> dict[str, list[Any]]:
    """The person or the group that a line names, from the grants that are there, as `share.remove_all` takes
    them, whoever they are now. Raises NothingShared."""
    kind, _, text = key.partition(":")
    uuid = uuid_of(text)
    grants = Grant.objects.filter(resource__in=things)
    found: list[Any] = []
    if uuid is not None and kind == "group":
        found = list(Group.objects.filter(uuid=uuid, pk__in=grants.values("group_id")))
    elif uuid is not None and kind == "person":
        found = list(User.objects.filter(uuid=uuid, pk__in=grants.values("person_id")))
    if not found:
        raise NothingShared()
    return {f"{kind}s": found}


def on_how_many(things: int, of: int) -> str:
    """« 2 contenus sur 3 »; nothing where it is all of them."""
    return "" if things == of else f"{counted(things, 'contenu')} sur {of}".replace(" ", NBSP, 1)
