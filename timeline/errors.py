"""Why something of what is new is refused."""

from core.errors import DomainError


class UnknownKind(DomainError):
    """No such kind of event, for this person."""

    code = "news-unknown-kind"
    sentence = "Ce choix ne vous est pas proposé."
    remedy = "Rechargez la page : vous y trouvez les choix qui vous concernent."
    status = 404
