"""Shares at the end of 2025-2026: one thing of each kind of share, and who sees which."""

from dataclasses import dataclass, field
from uuid import uuid4

from accounts.models import User
from core import clock
from directory.enums import GroupKind
from directory.models import Group
from directory.services.opening import open_groups
from sharing.lifetime import year_for
from sharing.models import Grant, Resource
from sharing.querysets import visible_to
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.feeds.sets import noon, person, school_of
from tests.sharing.factories import GrantFactory, ResourceFactory


@dataclass
class Shares:
    """Things of the teacher `SA1`, by title, with the grants given to each."""

    owner: User
    things: dict[str, Resource] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)

    def give(self, title: str, **grantee: object) -> Grant:
        """A thing shared with `person` or `group`, now."""
        thing = self.things.setdefault(title, ResourceFactory(owner=self.owner, title=title))
        told: dict[str, object] = {"resource": thing, "given_by": self.owner.uuid, **grantee}
        self.grants[title] = GrantFactory(**({"to_group": True} | told if "group" in grantee else told))
        return self.grants[title]


def class_group(label: str = "CP", year: int = 2025, profile: str = "PUPIL", school: str = "A") -> Group:
    return Group.objects.get(
        school__joining_key=school, school_class__label=label, school_class__year=year, profile=profile
    )


def school_group(profile: str = "TEACHER", school: str = "A") -> Group:
    return Group.objects.get(school__joining_key=school, kind=GroupKind.SCHOOL, profile=profile)


def manual_group(*members: str, school: str = "A") -> Group:
    group = GroupFactory(school=school_of(school))
    for key in members:
        MembershipFactory(group=group, person=person(key))
    return group


def every_kind(day: str = "2026-06-12") -> Shares:
    """Five things: with the class, the school's teachers, a pupil by name, a favourite's pupil, a manual group."""
    with clock.at(noon(day)):
        open_groups()
        shares = Shares(person("SA1"))
        shares.give("à la classe", group=class_group())
        shares.give("à l’équipe", group=school_group())
        shares.give("par nom", person=person("PA1"))
        shares.give(
            "par favori",
            person=person("PA1"),
            origins=[{"by": "favourite", "uuid": str(uuid4()), "name": "Chorale", "role": 1}],
        )
        shares.give("au groupe", group=manual_group("PA1"))
    return shares


def seen_by(key: str) -> list[str]:
    """The titles that someone sees now."""
    return sorted(visible_to(person(key)).values_list("title", flat=True))


def grants_now() -> list[dict[str, object]]:
    return list(Grant.objects.order_by("pk").values())


def year_given(group: Group) -> int | None:
    return year_for(Group.objects.select_related("school", "school_class").get(pk=group.pk))
