"""Why a turnover, or its undo, is refused."""

from core.errors import RefusedByRule


class NothingToUndo(RefusedByRule):
    """No turnover answers, or it was already undone."""

    code = "nothing-to-undo"
    sentence = "Cette bascule n’existe pas ou a déjà été annulée. Rien n’a changé."


class LaterTurnover(RefusedByRule):
    """The school turned again since: that one is undone first."""

    code = "later-turnover"
    sentence = "L’école a basculé de nouveau depuis. Rien n’a changé."
    remedy = "Annulez d’abord la bascule la plus récente."
