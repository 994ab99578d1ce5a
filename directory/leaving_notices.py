"""Who is told that an account closes: its person, and of a pupil the legal relatives, in one notice each."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.enums import Profile
from accounts.leaving import Leaving, leavings_of
from accounts.models import User
from directory.annuaire.children import free_ties_of
from ui.french import listed, of


@dataclass(frozen=True, slots=True)
class ChildLeaving:
    """A child whose account closes, and when."""

    pupil: User
    leaving: Leaving

    @property
    def of_whom(self) -> str:
        """« de Léa », « d’Élise »."""
        return of(self.pupil.first_name)

    @property
    def title(self) -> str:
        """« Le compte de Léa va bientôt fermer »."""
        return f"Le compte {self.of_whom} va bientôt fermer"


@dataclass(slots=True)
class Notice:
    """What one person is told: of their own account (`own`), of their children's, or of both."""

    person: User
    own: Leaving | None = None
    children: list[ChildLeaving] = field(default_factory=list)

    def subject(self, *, closed: bool) -> str:
        what = "est fermé" if closed else "va être fermé"
        if self.person.profile == Profile.PUPIL:
            return f"Ton compte Cartable {what}"
        if self.own is not None:
            return f"Votre compte Cartable {what}"
        names = [child.pupil.first_name for child in self.children]
        if len(names) == 1:
            return f"Le compte Cartable {of(names[0])} {what}"
        return f"Comptes Cartable de {listed(names)}\u00a0: ils {'sont' if closed else 'vont être'} fermés"


def notices_of(people: Iterable[User]) -> list[Notice]:
    """For each who can be written to: an address, and an account that they have opened; of a child who
    never opened theirs nobody is told. Three queries."""
    leaving = list(people)
    days = leavings_of(leaving)
    notices = {each.pk: Notice(each, own=days[each.pk]) for each in leaving if each.pk in days}
    opened = [each for each in leaving if each.pk in days and each.activated_at]
    pupils = {each.pk: each for each in opened if each.profile == Profile.PUPIL}
    ties = free_ties_of(list(pupils)).filter(
        ~Q(legal=False), relative__pre_deleted_on__isnull=True, relative__merged_into__isnull=True
    )
    for tie in ties.select_related("relative").order_by("pk"):
        notice = notices.setdefault(tie.relative_id, Notice(tie.relative))
        notice.children.append(ChildLeaving(pupils[tie.pupil_id], days[tie.pupil_id]))
    return [each for each in notices.values() if each.person.contact_email and each.person.activated_at]
