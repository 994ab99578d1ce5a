"""Why a turnover, or its undo, is refused."""

from core.errors import BadUsage, RefusedByRule


class NothingToUndo(RefusedByRule):
    """No turnover answers, or it was already undone."""

    code = "nothing-to-undo"
    sentence = "Cette bascule n’existe pas ou a déjà été annulée. Rien n’a changé."


class LaterTurnover(RefusedByRule):
    """The school turned again since: that one is undone first."""

    code = "later-turnover"
    sentence = "L’école a basculé de nouveau depuis. Rien n’a changé."
    remedy = "Annulez d’abord la bascule la plus récente."


class AlreadyThatYear(RefusedByRule):
    """The classes are already of the year asked for, or of a later one."""

    code = "already-that-year"
    sentence = "Les classes sont déjà de cette année scolaire. Rien n’a changé."
    remedy = "Vérifiez l’année\N{NO-BREAK SPACE}: c’est celle qui commence."


class NoClassYet(RefusedByRule):
    """No family feed has given the school its classes: nothing turns."""

    code = "no-class-yet"
    sentence = "L’école n’a pas encore eu de classes\N{NO-BREAK SPACE}: il n’y a rien à faire basculer."
    remedy = "Ses classes viendront avec sa première alimentation de familles."


class YearTooFar(BadUsage):
    """A year that is not about to begin."""

    code = "year-too-far"
    sentence = "Cette année scolaire est trop lointaine pour une bascule."
    remedy = "Donnez l’année qui commence\N{NO-BREAK SPACE}: 2026 pour 2026-2027."
