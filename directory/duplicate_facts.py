"""Two accounts side by side: what is known of each, and what each has."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from accounts.enums import Profile
from accounts.models import User
from accounts.services.merge import foreseen
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, Membership


@dataclass(frozen=True, slots=True)
class Facts:
    """One account: where it belongs, whom it is tied to, what it has (rows by table)."""

    person: User
    schools: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    family: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=dict)


def facts_of(people: Sequence[User]) -> list[Facts]:
    """The facts of some accounts, in the same order."""
    ids = [person.pk for person in people]
    here = {"person__in": ids, "ended_on__isnull": True}
    schools = _named(Attachment.objects.filter(**here).values_list("person_id", "school__name"))
    classes = _named(ClassAttachment.objects.filter(**here).values_list("person_id", "school_class__label"))
    groups = _named(Membership.objects.filter(person__in=ids).values_list("person_id", "group__name"))
    rights = Administrator.objects.filter(**here).select_related("school", "district", "academy")
    places = _named(
        (right.person_id, str(right.school or right.district or right.academy or right.get_scope_display()))
        for right in rights
    )
    family = _family(ids)
    return [
        Facts(
            person=person,
            schools=schools(person),
            classes=classes(person),
            family=family(person),
            groups=groups(person),
            rights=places(person),
            held=foreseen(person),
        )
        for person in people
    ]


def _family(ids: list[int]) -> Callable[[User], list[str]]:
    """The children of relatives, the relatives of pupils, by name."""
    ties = Guardianship.objects.filter(ended_on__isnull=True).select_related("relative", "pupil")
    children = [(tie.relative_id, tie.pupil.full_name) for tie in ties.filter(relative__in=ids)]
    relatives = [(tie.pupil_id, tie.relative.full_name) for tie in ties.filter(pupil__in=ids)]
    named = {Profile.RELATIVE: _named(children), Profile.PUPIL: _named(relatives)}
    return lambda person: named[Profile(person.profile)](person) if person.profile in named else []


def _named(rows: Iterable[tuple[int, str]]) -> Callable[[User], list[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for person, name in rows:
        found[person].add(name)
    return lambda person: sorted(found[person.pk])
