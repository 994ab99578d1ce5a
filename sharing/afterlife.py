"""What becomes of shares, and of what is thrown away in applications without a trash of their own."""

from collections.abc import Sequence

from directory.enums import GroupKind
from sharing.lifetime import lasts
from sharing.services.withdraw import KEPT
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    ending = "d’une classe" if lasts(GroupKind.SCHOOL) else "d’une classe ou de l’école"
    lines = [
        Line(
            Fate.KEPT,
            "Ce qui est partagé à une personne, par un favori, ou à un groupe manuel.",
            "Ce que l’on a partagé avec toi, par ton nom.",
            "sans limite",
        ),
        Line(
            Fate.ENDS,
            f"Ce qui est partagé à un groupe {ending}\u00a0: ses destinataires ne le voient plus, son auteur le garde.",
            "Ce que l’on a partagé avec toute ta classe\u00a0: tu ne le vois plus l’année d’après.",
            "au changement d’année de l’école",
        ),
        Line(
            Fate.BACK,
            "Les partages retirés par un changement d’année, que l’administration de l’école peut remettre.",
            "",
            f"jusqu’au changement d’année suivant, et {days(KEPT)} au moins",
        ),
        Line(
            Fate.BACK,
            "Les partages que vous retirez vous-même.",
            "",
            f"{days(KEPT)}",
        ),
        Line(
            Fate.BACK,
            "Ce qui est dans la Corbeille.",
            "Ce que tu as mis dans la Corbeille.",
            "jusqu’à ce que la Corbeille soit vidée",
        ),
    ]
    if lasts(GroupKind.SCHOOL):
        kept = "Ce qui est partagé aux groupes de l’école, qui ne sont pas d’une classe."
        lines.insert(1, Line(Fate.KEPT, kept))
    return lines


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="sharing", order=20, label="Mes partages", icon="share", cover="violet", lines=_lines
        )
    )
