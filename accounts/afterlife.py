"""What becomes of an account, and of what is in it, when one leaves."""

from collections.abc import Sequence

from django.conf import settings

from accounts.delays import LEGAL_DAYS
from ui import afterlife
from ui.afterlife import Fate, Line, days


def _lines() -> Sequence[Line]:
    grace, last = settings.CARTABLE_GRACE_DAYS, settings.CARTABLE_PRE_DELETION_DAYS
    return [
        Line(
            Fate.KEPT,
            "Votre identifiant, votre mot de passe et tout ce que vous avez fait vous suivent d’une année à l’autre, "
            "et d’une école à l’autre.",
            "Ton nom, ton mot de passe et tout ce que tu as fait te suivent, même si tu changes de classe ou d’école.",
        ),
        Line(
            Fate.ENDS,
            "Quand plus aucune école ne vous connait, le compte reste ouvert comme avant, puis il n’ouvre plus que sa "
            "page de départ, puis il est supprimé avec ce que personne d’autre ne lit.",
            "Si tu quittes l’école pour de bon, ton compte reste encore ouvert un moment, puis il est effacé.",
            f"{days(grace)}, puis {days(last)}\u00a0; {days(LEGAL_DAYS)} au plus, dit la loi",
        ),
        Line(
            Fate.BACK,
            "Un compte pas encore supprimé est rétabli entier dès qu’une école vous nomme de nouveau.",
            "Si tu reviens avant, tu retrouves tout.",
            f"jusqu’à {days(grace + last)} après le départ",
        ),
    ]


def register() -> None:
    """To be called in `ready()`."""
    afterlife.register(
        afterlife.Entry(key="account", order=10, label="Mon compte", icon="user", cover="teal", lines=_lines)
    )
