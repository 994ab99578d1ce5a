"""Who is in a class or a school, among those that one viewer may see.

Keys are read first, from the tables of belonging, and given on as lists: joined to one another in one
statement, the same questions take the planner astray.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.annuaire.viewer import Viewer
from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment, SchoolClass
from directory.querysets.people import relatives_in_classes, relatives_in_schools
from schools.models import School


@dataclass(frozen=True, slots=True)
class Kind:
    """People of a school shown together: a key for addresses, a French title, the profiles it holds,
    and the keys of those whom the viewer may see."""

    key: str
    title: str
    profiles: tuple[Profile, ...]
    ids: Sequence[int] = ()

    @property
    def count(self) -> int:
        return len(self.ids)

    @property
    def people(self) -> UserQuerySet:
        """By name."""
        return User.objects.filter(pk__in=self.ids).order_by("sort_name", "pk")


KINDS = (
    Kind("equipe", "Équipe", (Profile.TEACHER, Profile.STAFF)),
    Kind("eleves", "Élèves", (Profile.PUPIL,)),
    Kind("parents", "Parents", (Profile.RELATIVE,)),
    Kind("invites", "Invités", (Profile.GUEST,)),
)


def class_members(school_class: SchoolClass, viewer: Viewer) -> dict[Profile, list[User]]:
    """Teachers, pupils and relatives of a class within the viewer's reach, by name. Three queries."""
    rows = ClassAttachment.objects.filter(school_class=school_class, ended_on__isnull=True)
    members = {profile: set[int]() for profile in (Profile.TEACHER, Profile.PUPIL, Profile.RELATIVE)}
    for person_id, role in rows.values_list("person_id", "role"):
        members[Profile.PUPIL if role == ClassRole.PUPIL else Profile.TEACHER].add(person_id)
    members[Profile.RELATIVE].update(relatives_in_classes([school_class.pk]))
    everybody = set[int]().union(*members.values())
    people = list(viewer.people.filter(pk__in=everybody).order_by("sort_name", "pk"))
    return {profile: [p for p in people if p.pk in ids] for profile, ids in members.items()}


def kinds_of(school: School, viewer: Viewer) -> list[Kind]:
    """The kinds of people that the viewer may see in a school; none that is empty. Three queries."""
    members: dict[str, set[int]] = {profile: set() for profile in Profile}
    rows = Attachment.objects.filter(school=school, ended_on__isnull=True)
    for person_id, profile in rows.values_list("person_id", "profile"):
        members[profile].add(person_id)
    members[Profile.RELATIVE].update(relatives_in_schools([school.pk]))
    everybody = set[int]().union(*members.values())
    visible = set(viewer.people.filter(pk__in=everybody).values_list("pk", flat=True))
    kinds = [
        Kind(
            k.key, k.title, k.profiles, sorted(visible & set[int]().union(*(members[p] for p in k.profiles)))
        )
        for k in KINDS
    ]
    return [kind for kind in kinds if kind.ids]
