"""What becomes of folders and files."""

from collections.abc import Sequence

from core.storage.collection import KEPT_UNREFERENCED
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    return [
        Line(
            Fate.KEPT,
            "Vos dossiers et vos fichiers\u00a0: personne d’autre ne les supprime.",
            "Tes dossiers et tes fichiers.",
            "sans limite",
        ),
        Line(
            Fate.KEPT,
            "Un fichier que vous avez mis dans un dossier partagé\u00a0: il reste à vous, même si vous ne voyez plus le "
            "dossier, et se retrouve dans Mes documents.",
            "Un fichier que tu as mis dans un dossier de la classe\u00a0: il reste à toi.",
        ),
        Line(
            Fate.BACK,
            "Ce qui est dans la corbeille des documents. L’espace n’est rendu qu’une fois la corbeille vidée.",
            "Ce que tu as mis à la corbeille.",
            "jusqu’à ce qu’elle soit vidée",
        ),
        Line(
            Fate.BACK,
            "Les versions précédentes d’un fichier remplacé.",
            "",
            "jusqu’à leur suppression, ou celle du fichier",
        ),
        Line(
            Fate.ENDS,
            "Ce qui est supprimé pour de bon\u00a0: plus personne ne peut le reprendre, et ses octets sont effacés.",
            "",
            days(KEPT_UNREFERENCED),
        ),
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="documents",
            order=30,
            label="Espace documentaire",
            icon="folder",
            cover="yellow",
            lines=_lines,
        )
    )
