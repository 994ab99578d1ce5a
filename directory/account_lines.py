"""Accounts in a list of the console, each with what tells it from others and where it stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.enums import Profile
from accounts.models import User
from directory.account_filters import AccountState, state_of
from directory.annuaire.lines import function_of, of_name
from directory.gate import blocked
from directory.models import Attachment, ClassAttachment, Guardianship
from schools.models import School
from ui.french import listed

NO_CLASS = "Sans classe"
LEFT = "A quitté l’école"


@dataclass(slots=True)
class AccountLine:
    """A person as the list tells of them; schools, classes and children are those of the scope."""

    person: User
    state: AccountState
    functions: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    schools: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)

    def sub(self, *, with_school: bool) -> str:
        """What stands under the name: a function, classes, whose relative, where."""
        parts = [*self.functions]
        if self.person.profile == Profile.RELATIVE:
            parts.append(f"Parent {of_name(listed(self.children))}" if self.children else "Parent")
        elif not self.schools:
            parts.append(LEFT)
        elif self.classes:
            parts.append(listed(self.classes))
        elif self.person.profile in {Profile.PUPIL, Profile.TEACHER}:
            parts.append(NO_CLASS)
        if with_school:
            parts.append(listed(self.schools))
        return " · ".join(filter(None, parts)) or str(self.person.get_profile_display()).capitalize()


def account_lines(people: Iterable[User], schools: QuerySet[School]) -> list[AccountLine]:
    """What to say of some accounts, within these schools. Four queries, whatever their number."""
    people = list(people)
    ids = {person.pk for person in people}
    within = schools.order_by().values("pk")
    children: dict[int, list[User]] = defaultdict(list)
    for tie in _ties(ids, within):
        children[tie.relative_id].append(tie.pupil)
    known = ids | {child.pk for each in children.values() for child in each}
    posts: dict[int, list[Attachment]] = defaultdict(list)
    attached = Attachment.objects.filter(person_id__in=known, ended_on__isnull=True, school_id__in=within)
    for post in attached.select_related("school").order_by("school__name", "pk"):
        posts[post.person_id].append(post)
    classes = _classes(known, within)
    out = blocked(people)
    found = []
    for person in people:
        line = AccountLine(person, state_of(person, blocked=person.pk in out))
        mine = children[person.pk]
        line.functions = list(dict.fromkeys(filter(None, map(function_of, posts[person.pk]))))
        line.classes = classes[person.pk]
        line.children = [_with_class(child, classes[child.pk]) for child in mine]
        owners = [person.pk, *(child.pk for child in mine)]
        line.schools = sorted({post.school.name for owner in owners for post in posts[owner]})
        found.append(line)
    return found


def _ties(relatives: set[int], schools: QuerySet[School, Any]) -> QuerySet[Guardianship]:
    """Ties to the pupils of these schools, the eldest first."""
    return (
        Guardianship.objects.filter(
            relative_id__in=relatives,
            ended_on__isnull=True,
            pupil__in=Attachment.objects.filter(
                school_id__in=schools, ended_on__isnull=True, person__guardians__relative_id__in=relatives
            ).values("person_id"),
        )
        .select_related("pupil")
        .order_by("pupil__birth_date", "pupil__sort_name", "pupil_id")
    )


def _classes(people: set[int], schools: QuerySet[School, Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    belongings = ClassAttachment.objects.filter(
        person_id__in=people, ended_on__isnull=True, school_class__school_id__in=schools
    )
    rows = belongings.order_by("school_class__label", "pk").values_list("person_id", "school_class__label")
    for person_id, label in rows:
        found[person_id].append(label)
    return found


def _with_class(child: User, classes: list[str]) -> str:
    return f"{child.first_name} ({listed(classes)})" if classes else child.first_name
