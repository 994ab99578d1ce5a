"""Who is in a class or a school, among those that one viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.annuaire.viewer import Viewer
from directory.enums import GroupKind
from directory.models import Group, SchoolClass, ScolarityMembership
from schools.models import School


@dataclass(frozen=True, slots=True)
class Kind:
    """People of a school shown together: a key for addresses, a French title, the profiles it holds."""

    key: str
    title: str
    profiles: tuple[Profile, ...]
    count: int = 0


KINDS = (
    Kind("equipe", "Équipe", (Profile.TEACHER, Profile.STAFF)),
    Kind("eleves", "Élèves", (Profile.PUPIL,)),
    Kind("parents", "Parents", (Profile.RELATIVE,)),
    Kind("invites", "Invités", (Profile.GUEST,)),
)


def class_members(school_class: SchoolClass, viewer: Viewer) -> dict[Profile, list[User]]:
    """Teachers, pupils and relatives of a class within the viewer's reach, by name. Three queries."""
    groups = dict(
        Group.objects.filter(school_class=school_class, kind=GroupKind.CLASS).values_list("pk", "profile")
    )
    members = ScolarityMembership.objects.filter(group_id__in=list(groups)).values_list(
        "group_id", "person_id"
    )
    profiles: dict[int, set[Profile]] = {}
    for group_id, person_id in members:
        profiles.setdefault(person_id, set()).add(Profile(groups[group_id]))
    found: dict[Profile, list[User]] = {Profile.TEACHER: [], Profile.PUPIL: [], Profile.RELATIVE: []}
    for person in viewer.people.filter(pk__in=list(profiles)).order_by("sort_name", "pk"):
        for profile in profiles[person.pk]:
            found[profile].append(person)
    return found


def kinds_of(school: School, viewer: Viewer) -> list[Kind]:
    """The kinds of people that the viewer may see in a school, each with how many. Two queries."""
    groups = _groups(school, tuple(Profile))
    counts = dict.fromkeys(Profile, 0)
    members = (
        ScolarityMembership.objects.filter(
            group_id__in=list(groups), person_id__in=viewer.people.values("pk")
        )
        .values("group_id")
        .annotate(n=Count("person_id", distinct=True))
        .values_list("group_id", "n")
    )
    for group_id, n in members:
        counts[groups[group_id]] += n
    kinds = [Kind(k.key, k.title, k.profiles, sum(counts[p] for p in k.profiles)) for k in KINDS]
    return [kind for kind in kinds if kind.count]


def school_members(school: School, viewer: Viewer, profiles: Sequence[Profile]) -> UserQuerySet:
    """People of these profiles in a school, within the viewer's reach, by name."""
    members = ScolarityMembership.objects.filter(group_id__in=list(_groups(school, profiles)))
    return viewer.people.filter(pk__in=members.values("person_id")).order_by("sort_name", "pk")


def _groups(school: School, profiles: Sequence[Profile]) -> dict[int, Profile]:
    """A school's groups of scolarity for these profiles. Given as a list to the view of memberships:
    the planner does not push a join into it."""
    rows = Group.objects.filter(school=school, kind=GroupKind.SCHOOL, profile__in=profiles)
    return {pk: Profile(profile) for pk, profile in rows.values_list("pk", "profile")}
