"""What becomes of notebooks."""

from collections.abc import Sequence

from notebooks.services.memo_hold import KEPT_FOR
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    return [
        Line(
            Fate.KEPT,
            "Vos cahiers de textes, vos carnets et vos cahiers mémo, à vous d’une année à l’autre.",
            "Ton cahier mémo gardé à ton nom\u00a0: il monte de classe avec toi.",
            "sans limite",
        ),
        Line(
            Fate.KEPT,
            "Un mot du carnet de liaison, chez chaque responsable qui l’a reçu, avec sa signature.",
            "",
            "jusqu’à ce que ce responsable le jette",
        ),
        Line(
            Fate.ENDS,
            "La lecture du cahier de textes et des cahiers partagés à la classe.",
            "Le cahier de textes de ta classe\u00a0: l’année d’après, tu as celui de ta nouvelle classe.",
            "au changement d’année de l’école",
        ),
        Line(
            Fate.BACK,
            "Un morceau de page effacé d’un cahier mémo.",
            "Ce que tu viens d’effacer dans un cahier mémo.",
            f"{days(KEPT_FOR)} au moins",
        ),
        Line(Fate.BACK, "Un cahier mis à la Corbeille.", "", "jusqu’à ce qu’on l’efface"),
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="notebooks", order=60, label="Cahiers", icon="notebook", cover="green", lines=_lines
        )
    )
