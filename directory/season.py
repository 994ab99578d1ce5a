"""What the directory has to say of a school that prepares the new school year."""

from accounts.enums import Profile
from directory.labels import MEMBERS
from directory.querysets import season as read
from schools import season
from schools.models import School
from schools.season import Item, Step
from ui.french import agree, counted, day_short, listed


def blocks_told(school: School) -> str:
    """« Élèves et parents, depuis le 24 août ». One query."""
    rows = read.profile_blocks().filter(school=school).order_by("starts_at", "pk")
    since = {str(block.profile): block.starts_at for block in rows}
    if not since:
        return ""
    names = [MEMBERS[profile] for profile in Profile if profile in since]
    return f"{listed(names)}, depuis le {day_short(min(since.values()))}".capitalize()


def classes_told(school: School) -> str:
    """« Sans enseignant : CE1 B et CM2 ». Two queries."""
    without = read.classes_of([school])[school.pk].without_teacher
    return f"Sans enseignant\u00a0: {listed(without)}" if without else ""


ITEMS = (
    Item(
        key=read.BLOCKS,
        order=100,
        label="Débloquer les comptes des élèves et des parents",
        why="Un profil bloqué ne peut pas entrer, même s’il est arrivé depuis.",
        read=read.blocks,
        say=lambda n: f"{counted(n, 'profil')} {agree(n, 'bloqué')}",
        tell=blocks_told,
        done="Aucun blocage en cours",
        act="Débloquer",
        icon="lock",
        presses=Step.FAMILIES,
    ),
    Item(
        key=read.TEACHERS_LEFT,
        order=110,
        label="Détacher les enseignants partis",
        why="Un enseignant parti voit encore les groupes de l’école tant qu’il y est rattaché.",
        read=read.accounts,
        say=lambda n: f"{counted(n, 'enseignant')} {agree(n, 'absent')} de l’alimentation",
        done="Aucun enseignant absent de l’alimentation",
        act="Vérifier",
        icon="user-minus",
        since=Step.STAFF,
    ),
    Item(
        key=read.IDLE_TEACHERS,
        order=120,
        label="Associer les enseignants à leur classe",
        why="Sans cela, l’enseignant ne voit ni ses élèves ni leurs parents, et eux ne le trouvent pas.",
        read=read.places,
        say=lambda n: counted(n, "enseignant sans classe", "enseignants sans classe"),
        tell=classes_told,
        done="Chaque enseignant a une classe",
        act="Associer",
        icon="school",
        since=Step.CLASSES,
        may_be_seen=True,
    ),
    Item(
        key=read.PAST_GROUPS,
        order=130,
        label="Supprimer les groupes manuels des années passées",
        why="Un ancien groupe garde ses membres et ses partages, même ceux de qui a quitté l’école.",
        read=read.past_groups,
        say=lambda n: counted(n, "groupe d’une année passée", "groupes d’années passées"),
        done="Aucun groupe manuel d’une année passée",
        act="Trier",
        icon="users-group",
        since=Step.STAFF,
    ),
    Item(
        key=read.BY_HAND,
        order=140,
        label="Supprimer les anciens comptes manuels",
        why="Aucune alimentation ne les retire\u00a0: ils gardent leurs accès jusqu’à ce que vous les supprimiez.",
        read=read.accounts,
        say=lambda n: counted(n, "compte créé à la main", "comptes créés à la main"),
        done="Aucun compte créé à la main",
        act="Vérifier",
        icon="pencil",
        may_be_seen=True,
    ),
    Item(
        key=read.DUPLICATES,
        order=150,
        label="Réunir les comptes en double",
        why="Une personne qui a deux comptes cherche ses messages et ses documents dans le mauvais.",
        read=read.duplicates,
        say=lambda n: counted(n, "personne en double", "personnes en double"),
        done="Aucun compte en double",
        act="Comparer",
        icon="users",
    ),
    Item(
        key=read.LETTERS,
        order=160,
        label="Remettre leur courrier aux nouveaux",
        why="Identifiant et code de première connexion ne leur parviennent que par ce courrier.",
        read=read.letters,
        say=lambda n: counted(n, "nouveau courrier à remettre", "nouveaux courriers à remettre"),
        done="Chaque nouveau s’est déjà connecté",
        act="Imprimer",
        icon="mail",
        since=Step.STAFF,
        may_be_seen=True,
    ),
    Item(
        key=read.NOT_ACTIVATED,
        order=170,
        label="Relancer qui n’a pas activé son compte",
        why="Qui n’a jamais activé son compte ne lit ni les messages ni les mots de l’école.",
        read=read.accounts,
        say=lambda n: f"{counted(n, 'compte')} jamais {agree(n, 'activé')}",
        done="Tous les comptes sont activés",
        act="Voir",
        icon="user",
        since=Step.FAMILIES,
        may_be_seen=True,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for item in ITEMS:
        season.register(item)
