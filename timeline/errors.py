"""Why something of what is new is refused."""

from core.errors import DomainError


class UnknownKind(DomainError):
    """No such kind of event, for this person."""

    code = "news-unknown-kind"
    sentence = "Ce choix ne vous est pas proposé."
    remedy = "Rechargez la page : vous y trouvez les choix qui vous concernent."
    status = 404


class UnknownLink(DomainError):
    """A link to stop mails that is not one of ours, or is cut."""

    code = "news-unknown-link"
    sentence = "Ce lien n’est pas reconnu."
    remedy = "Copiez-le en entier depuis le courriel, ou connectez-vous et ouvrez « Mes choix » dans les nouveautés."
    status = 404
