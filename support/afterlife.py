"""What becomes of requests for help."""

from collections.abc import Sequence

from support.rules import DRAFT_KEPT, KEPT, REOPENED_WITHIN
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    return [
        Line(
            Fate.KEPT,
            "Vos demandes d’aide et leurs réponses.",
            until=f"{days(KEPT)} une fois terminées",
        ),
        Line(Fate.ENDS, "Un brouillon de demande laissé de côté.", until=days(DRAFT_KEPT)),
        Line(
            Fate.BACK,
            "Une demande terminée, que votre réponse rouvre.",
            until=f"{days(REOPENED_WITHIN)}",
        ),
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="support", order=70, label="Assistance ENT", icon="lifebuoy", cover="teal", lines=_lines
        )
    )
