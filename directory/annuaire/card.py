"""A person's card, as one viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.card_parts import Part, Stand, parts_of
from directory.annuaire.families import Contact, Guardian, contact_of, families_of
from directory.annuaire.lines import Belongings, Line, belongings_of, function_of, lines
from directory.annuaire.viewer import Viewer
from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass
from directory.querysets import people_administered_by
from schools.models import School


@dataclass(frozen=True, slots=True)
class Place:
    """A school of the person, what they do there, and their classes in it."""

    school: School
    function: str
    classes: Sequence[SchoolClass]


@dataclass(slots=True)
class Card:
    """Everything that a card may tell this viewer; empty where there is nothing, or nothing to be told."""

    person: User
    own: bool
    # Whether the viewer administers one of the person's schools.
    administered: bool = False
    places: list[Place] = field(default_factory=list)
    children: list[Line] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    teachers: list[Line] = field(default_factory=list)
    contact: Contact = field(default_factory=Contact)
    birth_date: date | None = None


def card_of(person: User, viewer: Viewer) -> Card:
    """The card of a person whom the viewer may see (the caller took them from `viewer.people`): the parts
    that `card_parts` gives. The number of queries depends on profiles only.
    """
    stand = stand_of(person, viewer)
    parts = parts_of(Profile(person.profile), stand)
    found = belongings_of([person], viewer)
    card = Card(person, own=stand == Stand.ONESELF, administered=stand == Stand.ADMINISTRATOR)
    card.places = _places(person, found)
    if Part.CHILDREN in parts:
        children = found.children[person.pk]
        card.children = [Line(child, _child_sub(child, found)) for child in children]
    if Part.GUARDIANS in parts:
        card.guardians = families_of([person], viewer)[person.pk]
    if Part.TEACHERS in parts:
        card.teachers = lines(_teachers(person, viewer, found), viewer, with_school=False)
    if Part.BIRTH_DATE in parts:
        card.birth_date = person.birth_date
    card.contact = contact_of(person, parts)
    return card


def stand_of(person: User, viewer: Viewer) -> Stand:
    """In what quality `viewer` looks at someone within their reach."""
    profile = viewer.person.profile
    if person.pk == viewer.person.pk:
        return Stand.ONESELF
    if not viewer.in_team:
        others = {Profile.PUPIL: Stand.PUPIL, Profile.RELATIVE: Stand.RELATIVE}
        return others.get(Profile(profile), Stand.GUEST)
    if administers(viewer, person):
        return Stand.ADMINISTRATOR
    theirs = Attachment.objects.filter(school_id__in=viewer.schools.values("pk"), ended_on__isnull=True)
    if person.profile == Profile.RELATIVE:
        children = Guardianship.objects.filter(relative_id=person.pk, ended_on__isnull=True)
        theirs = theirs.filter(profile=Profile.PUPIL, person_id__in=children.values("pupil_id"))
    else:
        theirs = theirs.filter(person_id=person.pk)
    return Stand.TEAM if theirs.exists() else Stand.COLLEAGUE


def administers(viewer: Viewer, person: User) -> bool:
    """Whether someone is of the viewer's scope as an administrator."""
    if not viewer.standpoint.administers_something:
        return False
    return people_administered_by(viewer.person).filter(pk=person.pk).exists()


def _places(person: User, found: Belongings) -> list[Place]:
    return [
        Place(
            attachment.school,
            function_of(attachment),
            [c for c in found.classes[person.pk] if c.school_id == attachment.school_id],
        )
        for attachment in found.attachments[person.pk]
    ]


def _child_sub(child: User, found: Belongings) -> str:
    labels = [c.label for c in found.classes[child.pk]]
    schools = [a.school.name for a in found.attachments[child.pk]]
    return " · ".join([*labels, *schools])


def _teachers(pupil: User, viewer: Viewer, found: Belongings) -> list[User]:
    classes = [school_class.pk for school_class in found.classes[pupil.pk]]
    taught = ClassAttachment.objects.filter(
        school_class_id__in=classes, role=ClassRole.TEACHER, ended_on__isnull=True
    )
    return list(viewer.people.filter(pk__in=taught.values("person_id")).order_by("sort_name", "pk"))
