"""People in a list, each with what tells them from others: a class, a function, whose relative they are."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import Profile
from accounts.models import User
from core.text import fold
from directory.annuaire.viewer import Viewer
from directory.enums import TieLimit
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass, TieRestriction
from schools.models import School
from ui.french import day_year, listed

HEAD = "Direction"
_ELIDES = re.compile("[aeiouh]|y[^aeiou]")


@dataclass(frozen=True, slots=True)
class Line:
    """A person and the words under their name; `sub` is '' where nothing more is known."""

    person: User
    sub: str


@dataclass(slots=True)
class Belongings:
    """Where people are, as one viewer may know it."""

    attachments: dict[int, list[Attachment]] = field(default_factory=lambda: defaultdict(list))
    classes: dict[int, list[SchoolClass]] = field(default_factory=lambda: defaultdict(list))
    children: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))

    def schools_of(self, person: User) -> list[School]:
        """Own schools, or those of the children that the viewer may see, by name, each once."""
        owners = [person.pk, *(child.pk for child in self.children[person.pk])]
        found = {a.school_id: a.school for owner in owners for a in self.attachments[owner]}
        return sorted(found.values(), key=lambda school: (fold(school.name), school.pk))

    def leave_out(self, school_class: SchoolClass) -> None:
        """Forgets a class that goes without saying."""
        for person_id, classes in self.classes.items():
            self.classes[person_id] = [each for each in classes if each.pk != school_class.pk]


def belongings_of(people: Iterable[User], viewer: Viewer) -> Belongings:
    """Schools, classes and children of some people, as `viewer` may know them. Three queries at most.

    Teachers and staff see every school of the people within their reach; families and pupils see
    those that are theirs too. Children outside the viewer's reach are not named.
    """
    found = Belongings()
    ids = {person.pk for person in people}
    relatives = {person.pk for person in people if person.profile == Profile.RELATIVE}
    if relatives:
        for tie in _ties_of(relatives, viewer):
            found.children[tie.relative_id].append(tie.pupil)
            ids.add(tie.pupil_id)
    attachments = Attachment.objects.filter(person_id__in=ids, ended_on__isnull=True)
    belongings = ClassAttachment.objects.filter(person_id__in=ids, ended_on__isnull=True)
    if not viewer.in_team:
        attachments = attachments.filter(school_id__in=viewer.schools.values("pk"))
        belongings = belongings.filter(school_class_id__in=viewer.classes.values("pk"))
    for attachment in attachments.select_related("school").order_by("school__name", "school_id"):
        found.attachments[attachment.person_id].append(attachment)
    for belonging in belongings.select_related("school_class__school").order_by("school_class__label", "pk"):
        found.classes[belonging.person_id].append(belonging.school_class)
    return found


def _ties_of(relatives: set[int], viewer: Viewer) -> QuerySet[Guardianship]:
    """Ties to the children whom the viewer may see, the eldest first; not those that the direction ended."""
    ended = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"),
        pupil_id=OuterRef("pupil_id"),
        limit=TieLimit.ENDED,
        lifted_at__isnull=True,
    )
    return (
        Guardianship.objects.filter(
            ~Exists(ended),
            relative_id__in=relatives,
            ended_on__isnull=True,
            pupil_id__in=viewer.people.values("pk"),
        )
        .select_related("pupil")
        .order_by("pupil__birth_date", "pupil__sort_name", "pupil_id")
    )


def lines(
    people: Iterable[User],
    viewer: Viewer,
    *,
    with_school: bool = True,
    of_class: SchoolClass | None = None,
) -> list[Line]:
    """Each person with what to say of them; `with_school=False` and `of_class` where the page names
    the school, or the class, already.

    Two of one name and one line are told apart, before teachers and staff only, by their birth date,
    or by their login. Three queries at most.
    """
    people = list(people)
    found = belongings_of(people, viewer)
    if of_class is not None:
        found.leave_out(of_class)
    subs = {
        person.pk: _sub(person, found, with_school=with_school, with_profile=of_class is None)
        for person in people
    }
    if viewer.in_team:
        seen = Counter((person.sort_name, subs[person.pk]) for person in people)
        for person in people:
            if seen[person.sort_name, subs[person.pk]] > 1:
                subs[person.pk] = " · ".join(filter(None, [subs[person.pk], _mark(person)]))
    return [Line(person, subs[person.pk]) for person in people]


def function_of(attachment: Attachment) -> str:
    """What a person does in a school, in words: the feed's, else the direction, else the profile."""
    if attachment.function_label:
        return attachment.function_label
    return HEAD if attachment.is_head else ""


def named_with_class(pupil: User, found: Belongings) -> str:
    """« Noé Morel (CP A) », or the name alone."""
    labels = listed([school_class.label for school_class in found.classes[pupil.pk]])
    return f"{pupil.full_name} ({labels})" if labels else pupil.full_name


def of_name(name: str) -> str:
    """« de Noé », « d’Inès »; an h is silent in first names (« d’Hugo »), a y before a consonant sings (« d’Yves »)."""
    return f"d’{name}" if _ELIDES.match(fold(name)) else f"de {name}"


def _sub(person: User, found: Belongings, *, with_school: bool, with_profile: bool) -> str:
    parts = []
    if person.profile == Profile.RELATIVE:
        children = [named_with_class(child, found) for child in found.children[person.pk]]
        parts.append(f"parent {of_name(listed(children))}" if children else str(person.get_profile_display()))
    else:
        functions = dict.fromkeys(filter(None, map(function_of, found.attachments[person.pk])))
        labels = [school_class.label for school_class in found.classes[person.pk]]
        parts += [*functions, listed(labels)]
        if with_profile and not any(parts):
            parts.append(str(person.get_profile_display()))
    if with_school:
        parts.append(listed([school.name for school in found.schools_of(person)]))
    return " · ".join(filter(None, parts))


def _mark(person: User) -> str:
    """What tells two people of one name apart."""
    if person.birth_date is not None:
        return day_year(person.birth_date)
    return person.username
