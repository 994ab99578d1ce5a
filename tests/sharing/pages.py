"""A teacher who shares a note, for tests of the panel and of the lists."""

from dataclasses import dataclass, field
from typing import Any

from accounts.enums import Profile
from accounts.models import User
from directory.enums import GroupKind
from directory.models import Group
from directory.services import favourites
from sharing.enums import Role
from sharing.models import Resource
from sharing.services import share
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.sharing.factories import ResourceFactory

HTMX = {"HX-Request": "true"}


@dataclass
class ShareWorld:
    """A school of one class; its teacher's note, shared with nobody yet; a manual group and a favourite."""

    school: SchoolWorld
    note: Resource
    pupils_group: Group
    manual: Group
    favourite: Any
    colleagues: list[User] = field(default_factory=list)

    @property
    def teacher(self) -> User:
        return self.school.classes[0].teacher

    @property
    def pupils(self) -> list[User]:
        return self.school.classes[0].pupils


def share_world(*, pupils: int = 3) -> ShareWorld:
    school = school_world(classes=2, pupils=pupils)
    teacher = school.classes[0].teacher
    pupils_group = Group.objects.select_related("school", "school_class").get(
        kind=GroupKind.CLASS, school_class=school.classes[0].school_class, profile=Profile.PUPIL
    )
    manual = GroupFactory(school=school.school, name="Besoins lecture")
    for pupil in school.classes[0].pupils[:2]:
        MembershipFactory(group=manual, person=pupil)
    colleagues = [school.director, school.classes[1].teacher]
    favourite = favourites.create(by=teacher, name="Équipe du cycle 2", persons=colleagues)
    note = ResourceFactory(owner=teacher, title="Sortie au moulin")
    return ShareWorld(school, note, pupils_group, manual, favourite, colleagues)


def share_everything(world: ShareWorld) -> None:
    """The class, a pupil by name, a favourite, a manual group."""
    share.share(
        by=world.teacher,
        resource=world.note,
        persons=[world.pupils[0]],
        groups=[world.pupils_group, world.manual],
        favourites=[world.favourite],
        role=Role.READ,
    )
