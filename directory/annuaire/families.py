"""The relatives of pupils, in the order of the pupil's record: whom to call first, who lives elsewhere."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from accounts.enums import Profile
from accounts.models import User
from core.text import fold
from directory.annuaire.card_parts import CONTACT, Part, Stand, parts_of
from directory.annuaire.viewer import Viewer
from directory.enums import TieLimit
from directory.models import Attachment, Guardianship, TieRestriction


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a person; each part '' where unknown, or not told."""

    email: str = ""
    phones: tuple[str, ...] = ()
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.phones or self.address)


@dataclass(frozen=True, slots=True)
class Guardian:
    """A relative of a pupil; `limit` where the direction decided one, `apart` when they live at another
    address than the first relative, as far as both are known and told."""

    person: User
    legal: bool
    limit: str = ""
    contact: Contact = field(default_factory=Contact)
    apart: bool = False


def families_of(pupils: Iterable[User], viewer: Viewer) -> dict[int, list[Guardian]]:
    """The relatives whom the viewer may see, by pupil: teams see all, with what the direction decided, and
    how to reach them; a relative only themself, a pupil their own alone. Two queries, whatever their number.
    """
    me = viewer.person
    found: dict[int, list[Guardian]] = defaultdict(list)
    ids = [pupil.pk for pupil in pupils]
    if me.profile == Profile.PUPIL:
        ids = [pk for pk in ids if pk == me.pk]
    if not ids:
        return found
    told = _told_contacts(ids, viewer)
    standing = TieRestriction.objects.filter(
        pupil_id=OuterRef("pupil_id"), relative_id=OuterRef("relative_id"), lifted_at__isnull=True
    )
    ties = (
        Guardianship.objects.filter(
            pupil_id__in=ids, ended_on__isnull=True, relative_id__in=viewer.people.values("pk")
        )
        .annotate(
            over=Exists(standing.filter(limit=TieLimit.ENDED)),
            limited=Exists(standing.filter(limit=TieLimit.LIMITED)),
        )
        .select_related("relative")
        .order_by("rank", "relative__sort_name", "relative_id")
    )
    if me.profile == Profile.RELATIVE:
        ties = ties.filter(relative_id=me.pk)
    homes: dict[int, str] = {}
    for tie in ties:
        contact = Contact()
        if tie.pupil_id in told and not tie.over:
            contact = contact_of(tie.relative, parts_of(Profile.RELATIVE, Stand.TEAM))
        home = fold(contact.address)
        first = homes.setdefault(tie.pupil_id, home) if home else ""
        limit = TieLimit.ENDED.label if tie.over else TieLimit.LIMITED.label if tie.limited else ""
        found[tie.pupil_id].append(
            Guardian(tie.relative, bool(tie.legal), str(limit), contact, bool(home) and home != first)
        )
    return found


def contact_of(person: User, parts: Collection[Part]) -> Contact:
    """What these parts of a card tell of how to reach someone."""
    if CONTACT.isdisjoint(parts):
        return Contact()
    if Part.OWN_MAIL not in parts:
        return Contact(email=person.email, phones=tuple(filter(None, [person.work_phone])))
    phones = dict.fromkeys(filter(None, [person.mobile_phone, person.home_phone, person.work_phone]))
    town = " ".join(filter(None, [person.postal_code, person.city]))
    address = "\n".join(filter(None, [person.address, town, person.country]))
    return Contact(email=person.contact_email, phones=tuple(phones), address=address)


def _told_contacts(pupils: list[int], viewer: Viewer) -> set[int]:
    """The pupils of whom the viewer may read how to reach the relatives: those of the schools that they
    work in, or administer."""
    if not viewer.in_team:
        return set()
    here = Attachment.objects.filter(
        person_id__in=pupils,
        profile=Profile.PUPIL,
        school_id__in=viewer.schools.values("pk"),
        ended_on__isnull=True,
    )
    return set(here.values_list("person_id", flat=True))
