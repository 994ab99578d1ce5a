"""« Ce que les autres voient de moi »: each part of one's card, and who reads it, by the rule of the card."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.card_parts import Part, Stand, parts_of
from directory.annuaire.families import contact_of
from ui.french import NBSP, day_year

# Who reads, in the order of the columns, in words for an adult and for a pupil.
READERS = (Stand.TEAM, Stand.RELATIVE, Stand.PUPIL, Stand.ADMINISTRATOR)
_ADULT = {
    Stand.TEAM: "Équipe de l’école",
    Stand.RELATIVE: "Parents",
    Stand.PUPIL: "Élèves",
    Stand.ADMINISTRATOR: "Administration",
}
_PUPIL = _ADULT | {Stand.TEAM: "Les maitres", Stand.RELATIVE: "Mes parents", Stand.PUPIL: "Ma classe"}


# What a pupil calls them otherwise.
_IN_PUPILS_WORDS = {Part.PICTURE: "Mon dessin", Part.MOTTO: "Ma phrase", Part.NAME: "Mon nom"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A part of the card: its name, what it tells, and by whom it is read (a value for each of READERS)."""

    part: Part
    label: str
    value: str
    read_by: tuple[tuple[str, bool], ...]


def readers_of(person: User) -> dict[Stand, str]:
    """The columns, in words."""
    words = _PUPIL if person.profile == Profile.PUPIL else _ADULT
    return {stand: words[stand] for stand in READERS}


def seen_by_others(person: User) -> list[Seen]:
    """Each part of one's card that may tell something, with who reads it among those who find one; the
    rules of communication of the school say who does. No query."""
    profile = Profile(person.profile)
    parts = {stand: parts_of(profile, stand) for stand in READERS}
    told = frozenset().union(*parts.values())
    words = readers_of(person)
    renamed = _IN_PUPILS_WORDS if profile == Profile.PUPIL else {}
    return [
        Seen(
            part,
            renamed.get(part, label),
            value(person),
            tuple((words[stand], part in parts[stand]) for stand in READERS),
        )
        for part, label, value in _LINES
        if part in told
    ]


def _nothing(person: User) -> str:
    return ""


def _contact(part: Part) -> Callable[[User], str]:
    """What the card would tell of it, alone."""

    def value(person: User) -> str:
        whole = part in {Part.OWN_MAIL, Part.PHONES, Part.ADDRESS}
        contact = contact_of(person, {part, Part.OWN_MAIL} if whole else {part})
        if part in {Part.WORK_MAIL, Part.OWN_MAIL}:
            return contact.email
        if part in {Part.WORK_PHONE, Part.PHONES}:
            return ", ".join(contact.phones)
        return contact.address.replace("\n", ", ")

    return value


_LINES: tuple[tuple[Part, str, Callable[[User], str]], ...] = (
    (Part.NAME, "Nom et profil", lambda person: f"{person.full_name}, {person.get_profile_display()}"),
    (Part.PICTURE, "Photo", _nothing),
    (Part.MOTTO, "Devise", lambda person: f"«{NBSP}{person.motto}{NBSP}»" if person.motto else ""),
    (Part.PLACES, "École, fonction et classes", _nothing),
    (Part.CHILDREN, "Enfants, pour qui les connait", _nothing),
    (Part.GUARDIANS, "Ma famille", _nothing),
    (Part.TEACHERS, "Mes maitres", _nothing),
    (
        Part.BIRTH_DATE,
        "Mon anniversaire",
        lambda person: day_year(person.birth_date) if person.birth_date else "",
    ),
    (Part.WORK_MAIL, "Courriel connu de l’école", _contact(Part.WORK_MAIL)),
    (Part.WORK_PHONE, "Téléphone au travail", _contact(Part.WORK_PHONE)),
    (Part.OWN_MAIL, "Courriel", _contact(Part.OWN_MAIL)),
    (Part.PHONES, "Téléphones", _contact(Part.PHONES)),
    (Part.ADDRESS, "Adresse", _contact(Part.ADDRESS)),
)
