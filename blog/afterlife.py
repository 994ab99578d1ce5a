"""What becomes of blogs and their posts."""

from collections.abc import Sequence

from ui import afterlife
from ui.afterlife import Fate, Line


def _lines() -> Sequence[Line]:
    return [
        Line(
            Fate.KEPT,
            "Vos blogs, vos articles et leurs images, à vous d’une année à l’autre.",
            "Tes articles\u00a0: ils restent à toi tant que tu vois le blog.",
            "sans limite",
        ),
        Line(
            Fate.KEPT,
            "L’adresse d’un blog public\u00a0: une fois donnée, elle n’est à aucun autre.",
        ),
        Line(
            Fate.ENDS,
            "La lecture d’un blog partagé à une classe ou à l’école\u00a0: ses lecteurs ne le voient plus.",
            "Le blog de ta classe\u00a0: tu ne le vois plus l’année d’après, sauf si ton enseignant le garde pour toi.",
            "au changement d’année de l’école",
        ),
        Line(
            Fate.BACK,
            "Un article mis à la corbeille par son auteur, un article retiré par qui gère le blog.",
            "Un article que tu as mis à la corbeille.",
            "jusqu’à ce que son auteur l’efface",
        ),
        Line(Fate.BACK, "Un blog mis à la Corbeille.", "", "jusqu’à ce qu’on l’efface"),
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(key="blog", order=50, label="Blog", icon="photo", cover="coral", lines=_lines)
    )
