"""A person's card, as one viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.lines import Belongings, Line, belongings_of, function_of, lines
from directory.annuaire.viewer import Viewer
from directory.enums import ClassRole, TieLimit
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass, TieRestriction
from schools.models import School


@dataclass(frozen=True, slots=True)
class Place:
    """A school of the person, what they do there, and their classes in it."""

    school: School
    function: str
    classes: Sequence[SchoolClass]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person; each part '' where unknown."""

    email: str = ""
    phones: Sequence[str] = ()
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phones or self.address)


@dataclass(frozen=True, slots=True)
class Guardian:
    """A relative of a pupil, in the order of the pupil's record; `limit` where the direction decided one."""

    person: User
    legal: bool
    limit: str = ""


@dataclass(slots=True)
class Card:
    """Everything that a card may tell this viewer; empty where there is nothing, or nothing to be told."""

    person: User
    own: bool
    places: list[Place] = field(default_factory=list)
    children: list[Line] = field(default_factory=list)
    guardians: list[Guardian] = field(default_factory=list)
    teachers: list[Line] = field(default_factory=list)
    contact: Contact = field(default_factory=Contact)
    birth_date: date | None = None


def card_of(person: User, viewer: Viewer) -> Card:
    """The card of a person whom the viewer may see (the caller took them from `viewer.people`).

    A relative's mail, telephones and address are for themself and for the team of their children's
    schools; a pupil's card has none; relatives of one pupil read nothing of one another on it. The
    number of queries depends on profiles only.
    """
    found = belongings_of([person], viewer)
    card = Card(person, own=person.pk == viewer.person.pk, places=_places(person, found))
    if person.profile == Profile.RELATIVE:
        children = found.children[person.pk]
        card.children = [Line(child, _child_sub(child, found)) for child in children]
    if person.profile == Profile.PUPIL:
        card.guardians = _guardians(person, viewer)
        card.teachers = lines(_teachers(person, viewer, found), viewer, with_school=False)
        card.birth_date = person.birth_date if card.own or viewer.in_team else None
    if may_read_contact(person, viewer):
        card.contact = _contact(person, whole=card.own or person.profile == Profile.RELATIVE)
    return card


def may_read_contact(person: User, viewer: Viewer) -> bool:
    """Whether `viewer` may read how to reach `person`: themself, or the team of the schools of a
    relative's children, colleagues of one school, and whoever administers it. Never for a pupil.
    """
    if person.profile == Profile.PUPIL:
        return False
    if person.pk == viewer.person.pk:
        return True
    if not viewer.in_team:
        return False
    theirs = Attachment.objects.filter(school_id__in=viewer.schools.values("pk"), ended_on__isnull=True)
    if person.profile == Profile.RELATIVE:
        children = Guardianship.objects.filter(relative_id=person.pk, ended_on__isnull=True)
        theirs = theirs.filter(profile=Profile.PUPIL, person_id__in=children.values("pupil_id"))
    else:
        theirs = theirs.filter(person_id=person.pk)
    return theirs.exists()


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


def _guardians(pupil: User, viewer: Viewer) -> list[Guardian]:
    """The relatives that the viewer may see: teams see all, with what the direction decided; a relative
    only themself, a pupil their own alone."""
    if viewer.person.profile == Profile.PUPIL and pupil.pk != viewer.person.pk:
        return []
    standing = TieRestriction.objects.filter(
        pupil_id=pupil.pk, relative_id=OuterRef("relative_id"), lifted_at__isnull=True
    )
    ties = (
        Guardianship.objects.filter(
            pupil_id=pupil.pk,
            ended_on__isnull=True,
            relative_id__in=viewer.people.values("pk"),
        )
        .annotate(
            over=Exists(standing.filter(limit=TieLimit.ENDED)),
            limited=Exists(standing.filter(limit=TieLimit.LIMITED)),
        )
        .select_related("relative")
        .order_by("rank", "relative__sort_name", "relative_id")
    )
    if viewer.person.profile == Profile.RELATIVE:
        ties = ties.filter(relative_id=viewer.person.pk)
    return [
        Guardian(
            tie.relative,
            bool(tie.legal),
            str(TieLimit.ENDED.label if tie.over else TieLimit.LIMITED.label if tie.limited else ""),
        )
        for tie in ties
    ]


def _teachers(pupil: User, viewer: Viewer, found: Belongings) -> list[User]:
    classes = [school_class.pk for school_class in found.classes[pupil.pk]]
    taught = ClassAttachment.objects.filter(
        school_class_id__in=classes, role=ClassRole.TEACHER, ended_on__isnull=True
    )
    return list(viewer.people.filter(pk__in=taught.values("person_id")).order_by("sort_name", "pk"))


def _contact(person: User, *, whole: bool) -> Contact:
    """Colleagues read the mail and the number at work; the rest is for families' teams and oneself."""
    if not whole:
        return Contact(email=person.email, phones=list(filter(None, [person.work_phone])))
    phones = dict.fromkeys(filter(None, [person.mobile_phone, person.home_phone, person.work_phone]))
    town = " ".join(filter(None, [person.postal_code, person.city]))
    address = "\n".join(filter(None, [person.address, town, person.country]))
    return Contact(email=person.contact_email, phones=list(phones), address=address)
