"""What the pages of groups say of them."""

from dataclasses import dataclass

from directory.enums import GroupKind
from directory.models import Group
from sharing.group_upkeep import Act, Cleaning, Ending, GroupLine, Mark
from ui.french import counted, unbroken

MARKS = {
    Mark.PAST: "Années passées",
    Mark.UNUSED: "Inutilisés",
    Mark.LEFT: "Avec des départs",
}


@dataclass(frozen=True, slots=True)
class Tag:
    text: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A group in the list."""

    line: GroupLine
    sub: str
    tags: list[Tag]


def told(line: GroupLine, *, with_school: bool) -> Told:
    group = line.group
    said = [
        group.school.name if with_school else "",
        "Groupe manuel" if group.kind == GroupKind.MANUAL else "Groupe de scolarité",
        counted(line.members, "membre"),
        counted(line.shares, "partage") if line.shares else "",
    ]
    return Told(line, " · ".join(each for each in said if each), tags(line))


def tags(line: GroupLine) -> list[Tag]:
    group = line.group
    found = []
    if group.protected:
        found.append(Tag("Protégé", icon="lock"))
    if group.open_to_members:
        found.append(Tag("Ouvert à ses membres", "info", "message-circle"))
    if Mark.PAST in line.marks:
        found.append(Tag(year_word(group), "warn", "history"))
    if of_unknown_year(group):
        found.append(Tag("Année inconnue", icon="help-circle"))
    if Mark.UNUSED in line.marks:
        found.append(Tag("Inutilisé", "warn", "circle-dashed"))
    if line.left:
        found.append(Tag(counted(line.left, "personne partie", "personnes parties"), "warn", "user-minus"))
    return found


def year_word(group: Group) -> str:
    """« De 2025-2026 »; '' where no year is known."""
    year = group.school_class.year if group.school_class is not None else group.year
    return f"De {year}-{year + 1}" if year else ""


def of_unknown_year(group: Group) -> bool:
    """Made before groups bore a year, and the log does not tell when."""
    return group.kind == GroupKind.MANUAL and group.year is None and not group.protected


def origin(group: Group) -> str:
    """Where a group, and who is in it, come from."""
    if group.kind == GroupKind.MANUAL:
        if group.protected:
            return unbroken(
                "Groupe du gestionnaire d’accès aux ressources (GAR) : ses membres affectent les ressources "
                "numériques de l’école. Personne ne peut le renommer ni le supprimer, car la plateforme le "
                "cherche à ce nom ; ses membres, eux, se choisissent librement."
            )
        year = "d’une année inconnue" if of_unknown_year(group) else year_word(group)
        return f"Groupe manuel{f', {year.lower()}' if year else ''} : ses membres se choisissent à la main."
    if group.kind == GroupKind.DIRECTION:
        return "Groupe de scolarité : qui dirige l’école, comme le dit l’alimentation."
    if group.kind == GroupKind.CLASS:
        return "Groupe de scolarité : il suit les rattachements à la classe, et ne se modifie pas à la main."
    return "Groupe de scolarité : il suit les rattachements à l’école, et ne se modifie pas à la main."


def ending_words(ending: Ending) -> str:
    """« 3 partages de 2 productions prendront fin pour 24 personnes. »"""
    if not ending.shares:
        return "Rien n’est partagé avec ce groupe : aucun partage ne prendra fin."
    verb = "prendra" if ending.shares < 2 else "prendront"
    return unbroken(
        f"{counted(ending.shares, 'partage')} de {counted(ending.things, 'production')} {verb} fin "
        f"pour {counted(ending.people, 'personne')}."
    )


def cleaning_words(cleaning: Cleaning) -> str:
    if cleaning.act == Act.TAKE_OUT:
        return f"Retirer {counted(cleaning.people, 'personne qui a', 'personnes qui ont')} quitté l’école"
    if cleaning.mark == Mark.UNUSED:
        return "Supprimer : ni membre, ni partage"
    year = year_word(cleaning.line.group).lower()
    return (
        f"Supprimer ce groupe {year} : {counted(cleaning.shares, 'partage')} et "
        f"{counted(cleaning.people, 'membre')}"
    )
