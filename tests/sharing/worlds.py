"""A school with something to share, for tests of the acts."""

from dataclasses import dataclass

from accounts.enums import Profile
from accounts.models import User
from directory.models import Group
from schools.models import School
from sharing.models import Resource
from tests.directory.worlds import ClassWorld, school_world
from tests.sharing.factories import ResourceFactory


@dataclass
class SharingWorld:
    """A teacher's folder and a note in it; the class's groups; the director is a colleague."""

    school: School
    here: ClassWorld
    teacher: User
    director: User
    pupil: User
    other_pupil: User
    folder: Resource
    note: Resource

    def group(self, profile: Profile = Profile.PUPIL) -> Group:
        """A group of the class."""
        rows = Group.objects.select_related("school", "school_class")
        return rows.get(school_class=self.here.school_class, profile=profile)

    def school_group(self, profile: Profile = Profile.TEACHER) -> Group:
        rows = Group.objects.select_related("school", "school_class")
        return rows.get(school=self.school, kind="SCHOOL", profile=profile)


def sharing_world(**traits: object) -> SharingWorld:
    world = school_world(**traits)
    here = world.classes[0]
    folder = ResourceFactory(owner=here.teacher, title="Dossier de lecture", kind="box")
    note = ResourceFactory(owner=here.teacher, title="Poésie", parent=folder)
    return SharingWorld(
        world.school, here, here.teacher, world.director, here.pupils[0], here.pupils[1], folder, note
    )
