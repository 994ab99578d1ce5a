"""What feeds still have to bring to a school that begins its new school year."""

from directory.querysets import season as read
from schools import season
from schools.models import School
from schools.season import Item, Step
from ui.french import counted, listed


def classes_told(school: School) -> str:
    """Their labels. Two queries."""
    return listed(read.classes_of([school])[school.pk].awaited)


def levels_told(school: School) -> str:
    """« TPS-PS et CP ». Two queries."""
    return listed(read.classes_of([school])[school.pk].first_levels(school))


ITEMS = (
    Item(
        key=read.AWAITED_CLASSES,
        order=200,
        label="Classes de l’an dernier pas encore arrivées",
        why="Une classe apparait avec son premier élève\u00a0; elle peut aussi avoir changé de nom.",
        read=read.classes,
        say=lambda n: counted(n, "classe attendue", "classes attendues"),
        tell=classes_told,
        done="Toutes les classes de l’an dernier sont là",
        icon="school",
        since=Step.CLASSES,
        arrives=True,
        whole=True,
    ),
    Item(
        key=read.FIRST_LEVELS,
        order=210,
        label="Premiers niveaux attendus",
        why="Leurs élèves sont nouveaux dans ONDE, qui leur attribue d’abord un INE.",
        read=read.classes,
        say=lambda n: counted(n, "niveau attendu", "niveaux attendus"),
        tell=levels_told,
        done="Les premiers niveaux sont arrivés",
        icon="hourglass",
        since=Step.CLASSES,
        arrives=True,
        whole=True,
    ),
    Item(
        key=read.AWAITING_CLASS,
        order=220,
        label="Élèves sans classe",
        why="Ils viendront avec leur classe, ou quitteront l’école, dès qu’ONDE le dira.",
        read=read.places,
        say=lambda n: counted(n, "élève sans classe", "élèves sans classe"),
        done="Chaque élève a sa classe",
        icon="users",
        since=Step.CLASSES,
        arrives=True,
    ),
    Item(
        key=read.AWAITING_INE,
        order=230,
        label="Élèves en attente d’un INE",
        why="Sans INE, un élève venu d’une autre école ne retrouve pas encore son ancien compte.",
        read=read.accounts,
        say=lambda n: counted(n, "élève sans INE", "élèves sans INE"),
        done="Chaque élève a un INE",
        icon="id",
        since=Step.FAMILIES,
        arrives=True,
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for item in ITEMS:
        season.register(item)
