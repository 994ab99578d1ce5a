"""What becomes of messages, and of their reports."""

from collections.abc import Sequence

from messaging.rules import ALERT_KEPT, RECALLED_WITHIN, REPORT_KEPT, REPORT_KEPT_OPEN
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    return [
        Line(
            Fate.KEPT,
            "Vos messages reçus et envoyés, avec leurs pièces jointes\u00a0: le changement d’année n’y touche pas.",
            "Tes messages.",
            "jusqu’à leur suppression",
        ),
        Line(
            Fate.KEPT,
            "Un message signalé, pour les administrateurs de l’école, même si ses destinataires le suppriment.",
            "Un message que tu as signalé\u00a0: des adultes le gardent pour t’aider.",
            f"{days(REPORT_KEPT)} une fois traité, {days(REPORT_KEPT_OPEN)} au plus",
        ),
        Line(
            Fate.KEPT,
            "Une alerte sur un compte qui écrit comme un compte volé, pour ses administrateurs.",
            "",
            days(ALERT_KEPT),
        ),
        Line(
            Fate.BACK,
            "Un message envoyé, repris à ceux qui ne l’ont pas encore lu.",
            "Un message que tu viens d’envoyer, pour ceux qui ne l’ont pas encore lu.",
            days(RECALLED_WITHIN),
        ),
        Line(
            Fate.BACK,
            "Un message mis à la corbeille.",
            "Un message mis à la corbeille.",
            "jusqu’à ce qu’on l’efface",
        ),
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(
            key="messaging", order=40, label="Messagerie", icon="mail", cover="blue", lines=_lines
        )
    )
