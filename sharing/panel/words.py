"""The words of shares: what each role allows, what a recipient is."""

from dataclasses import dataclass

from directory.enums import GroupKind
from directory.models import Group
from sharing.enums import Role
from ui.french import NBSP, counted


@dataclass(frozen=True, slots=True)
class RoleWords:
    """A role as it is chosen: its number, its name, one line that says what it allows."""

    value: int
    label: str
    line: str
    pupil_line: str


ROLES = (
    RoleWords(Role.READ, Role.READ.label, "Voir et télécharger.", "Regarder."),
    RoleWords(
        Role.COMMENT, Role.COMMENT.label, "Voir, et laisser des commentaires.", "Regarder et écrire un mot."
    ),
    RoleWords(
        Role.CONTRIBUTE,
        Role.CONTRIBUTE.label,
        "Commenter, ajouter et modifier.",
        "Écrire un mot, ajouter et changer des choses.",
    ),
    RoleWords(
        Role.MANAGE,
        Role.MANAGE.label,
        "Tout faire, et partager à son tour.",
        "Tout faire, et partager avec d’autres.",
    ),
)

_GROUPS = {
    GroupKind.CLASS: "Groupe de scolarité",
    GroupKind.SCHOOL: "Groupe de scolarité",
    GroupKind.DIRECTION: "Groupe de scolarité",
    GroupKind.MANUAL: "Groupe manuel",
}


def group_words(group: Group, people: int | None = None) -> str:
    """« Groupe de scolarité · 24 personnes »; no figure where none is given."""
    kind = _GROUPS[GroupKind(group.kind)]
    return kind if people is None else f"{kind} · {counted(people, 'personne')}"


def year_words(year: int) -> str:
    """« année 2026-2027 »."""
    return f"année{NBSP}{year}-{year + 1}"
