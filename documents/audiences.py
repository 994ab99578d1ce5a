"""Who sees each thing of a list, in a few words: three queries for a page, however many grants there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Value
from django.db.models.functions import Concat

from sharing.enums import Role
from sharing.lifetime import LASTING, Mark, mark_of
from sharing.models import Grant, Resource
from ui.french import counted

SHOWN = 40  # lines of a thing's own page


@dataclass(frozen=True, slots=True)
class Audience:
    """« Élèves de CE1-CE2 et 2 autres », until when, and the icon that says it."""

    words: str
    until: str
    icon: str


@dataclass(frozen=True, slots=True)
class Reader:
    """One recipient on a thing's own page; `through` names the folder that gives it, '' for the thing."""

    name: str
    profile: str
    role: str
    life: Mark
    through: str


@dataclass(slots=True)
class _Shares:
    """What is known of the grants on one resource: groups and how long they last, persons and one's name."""

    groups: list[tuple[str, Mark]]
    persons: int = 0
    name: str = ""


def audiences_of(resources: Sequence[Resource]) -> dict[int, Audience]:
    """By resource key, those that somebody else sees: by themselves or by the folders above them.

    Persons are counted in the database, and named where they are few; groups are a handful a thing.
    """
    chains = {resource.pk: resource.chain for resource in resources}
    wanted = {key for chain in chains.values() for key in chain}
    shares = _shares(wanted)
    told = {}
    for key, chain in chains.items():
        found = [shares[each] for each in chain if each in shares]
        if found:
            told[key] = _audience(found)
    return told


def readers_of(resource: Resource) -> list[Reader]:
    """Lines of the page of one thing: groups first, then persons by name; at most `SHOWN`. Two queries."""
    grants = (
        Grant.objects.filter(resource_id__in=resource.chain)
        .select_related("person", "group__school", "group__school_class", "resource")
        .order_by("person_id", "pk")[:SHOWN]
    )
    return sorted(
        (
            Reader(
                name=grant.group.label if grant.group else grant.person.full_name,  # type: ignore[union-attr]
                profile="group" if grant.group else str(grant.person.profile).lower(),  # type: ignore[union-attr]
                role=Role(grant.role).label,
                life=mark_of(grant),
                through="" if grant.resource_id == resource.pk else grant.resource.title,
            )
            for grant in grants
        ),
        key=lambda reader: reader.profile != "group",
    )


def _shares(wanted: Iterable[int]) -> dict[int, _Shares]:
    wanted = list(wanted)
    shares: dict[int, _Shares] = defaultdict(lambda: _Shares([]))
    groups = (
        Grant.objects.filter(resource_id__in=wanted, group__isnull=False)
        .select_related("group__school", "group__school_class")
        .order_by("resource_id", "pk")
    )
    for grant in groups:
        assert grant.group is not None
        line = (grant.group.label, mark_of(grant))
        if line not in shares[grant.resource_id].groups:
            shares[grant.resource_id].groups.append(line)
    for key, count, name in _persons(wanted):
        shares[key].persons, shares[key].name = count, name
    return dict(shares)


def _persons(wanted: list[int]) -> list[tuple[int, int, str]]:
    """Key of a resource, number of persons, and the name of one of them."""
    return list(
        Grant.objects.filter(resource_id__in=wanted, person__pre_deleted_on__isnull=True)
        .exclude(person=None)
        .order_by()
        .values_list("resource_id")
        .annotate(count=Count("pk"), name=Min(Concat("person__first_name", Value(" "), "person__last_name")))
    )


def _audience(found: Sequence[_Shares]) -> Audience:
    groups = list(dict.fromkeys(line for shares in found for line in shares.groups))
    persons = sum(shares.persons for shares in found)
    parts = [name for name, _ in groups]
    if persons == 1:
        parts += [shares.name for shares in found if shares.name]
    elif persons:
        parts.append(f"{counted(persons, 'personne')}, à leur nom")
    others = len(parts) - 2
    words = " et ".join(parts) if others <= 0 else f"{parts[0]}, {parts[1]} et {counted(others, 'autre')}"
    ending = [life for _, life in groups if life is not Mark.KEPT]
    first = min(ending, key=LASTING.index, default=Mark.KEPT)
    until = first.short
    if ending and (persons or len(ending) < len(groups) or len(set(ending)) > 1):
        until = f"en partie {first.short}"
    return Audience(words, until, "hourglass" if ending else "bookmark")
