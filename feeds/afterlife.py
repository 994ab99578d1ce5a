"""What becomes of feeds, for whoever administers schools."""

from collections.abc import Sequence

from django.http import HttpRequest

from directory.annuaire.viewer import viewer_of
from feeds.services.uploads import KEPT_FOR
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    return [
        Line(Fate.KEPT, "Le compte rendu de chaque alimentation.", until="sans limite"),
        Line(Fate.ENDS, "Les fichiers d’un essai à blanc.", until=days(KEPT_FOR)),
        Line(
            Fate.BACK,
            "Une alimentation appliquée\u00a0: personnes, classes et liens reviennent comme avant elle.",
            until="tant que rien de plus récent n’en dépend",
        ),
    ]


def _administers(request: HttpRequest) -> bool:
    return viewer_of(request).standpoint.administers_something


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="feeds",
            order=90,
            label="Alimentations",
            icon="database-import",
            cover="slate",
            lines=_lines,
            predicate=_administers,
        )
    )
