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


class NothingEnds(RefusedByRule):
    """What one would decide does not end with the year: it was decided elsewhere, or its share was changed."""

    code = "nothing-ends"
    sentence = "Ce partage ne prend pas fin avec l’année\N{NO-BREAK SPACE}: il n’y a rien à décider."
    remedy = "Rechargez la page\N{NO-BREAK SPACE}: il a changé entre-temps."


class ColleagueMissing(BadUsage):
    """Nobody, or nobody within reach, is named as the colleague to whom a thing is entrusted."""

    code = "colleague-missing"
    sentence = "À qui la confier\N{NO-BREAK SPACE}? Ce collègue n’est pas trouvé."
    remedy = "Écrivez son prénom et son nom, puis choisissez dans la liste."


class SeveralColleagues(BadUsage):
    """Two colleagues bear the name that was typed."""

    code = "several-colleagues"
    sentence = "Plusieurs collègues portent ce nom."
    remedy = "Choisissez la bonne personne dans la liste, avec sa classe et son école."


class OwnedAlready(RefusedByRule):
    """The colleague named owns the thing."""

    code = "owned-already"
    sentence = "Cette production est déjà à cette personne\N{NO-BREAK SPACE}: elle la gère."
    remedy = "Choisissez quelqu’un d’autre, ou laissez partir le partage."


class NobodyToKeepFor(RefusedByRule):
    """None of those who will no longer see a thing may be shared with."""

    code = "nobody-to-keep-for"
    sentence = "Vous ne pouvez partager avec aucune de ces personnes\N{NO-BREAK SPACE}: rien n’est gardé."
    remedy = "Confiez cette production à un collègue qui les joint."


class NoSuchDecision(BadUsage):
    """A decision taken back already, or somebody else's."""

    code = "no-such-decision"
    sentence = "Ce choix n’existe pas, ou il est déjà annulé."
    status = 404


class YearTurned(RefusedByRule):
    """The school has passed to the next year: what was decided before is done."""

    code = "year-turned"
    sentence = "L’école a déjà changé d’année\N{NO-BREAK SPACE}: ce choix ne s’annule plus."
    remedy = "Modifiez le partage de cette production."
