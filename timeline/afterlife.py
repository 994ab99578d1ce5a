"""What becomes of what is new."""

from collections.abc import Sequence

from timeline.services.forget import KEPT
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    return [
        Line(
            Fate.ENDS,
            "Les lignes de Nouveautés\u00a0; ce dont elles parlent reste où il est.",
            "Les lignes de tes nouveautés\u00a0; ce dont elles parlent ne bouge pas.",
            days(KEPT),
        )
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="timeline", order=80, label="Nouveautés", icon="bell", cover="coral", lines=_lines
        )
    )
