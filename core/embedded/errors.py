"""What can go wrong while servers start, in words that say what to do."""

from core.errors import DomainError


class ServerDidNotStart(DomainError):
    """An embedded server ended, or did not answer in time; `log` is the file that tells why."""

    code = "server-did-not-start"
    sentence = "Un serveur embarqué n’a pas démarré."
    status = 503


class DataNotOurs(DomainError):
    """The data folder cannot be written by this user."""

    code = "data-not-ours"
    status = 503
