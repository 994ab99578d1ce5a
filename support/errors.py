"""What the help desk refuses."""

from core.errors import DomainError, RefusedByRule


class NoSuchTicket(DomainError):
    """Nobody's, or between others."""

    code = "no-such-ticket"
    sentence = "Cette demande n’existe pas, ou n’est pas de celles que vous suivez."
    status = 404


class NotForPupils(RefusedByRule):
    """A child asks the adults of their class."""

    code = "ticket-not-for-pupils"
    sentence = "Les élèves ne font pas de demande à l’assistance\u00a0: ils demandent à leur enseignant."
    status = 403
    to_pupil = "Si quelque chose ne marche pas, demande à ta maitresse ou à ton maitre."


class NothingAsked(DomainError):
    """A request says what it is about, and what happens."""

    code = "ticket-says-nothing"
    sentence = "Votre demande est incomplète."
    remedy = "Donnez-lui un titre, et décrivez ce qui se passe en quelques mots."


class NothingAnswered(DomainError):
    """An answer says something, or brings a file."""

    code = "ticket-answer-empty"
    sentence = "Votre réponse est vide."
    remedy = "Écrivez quelques mots, ou joignez un fichier."


class TooManyTickets(RefusedByRule):
    """More than one asks in a day."""

    code = "too-many-tickets"
    sentence = "Vous avez fait beaucoup de demandes depuis hier."
    remedy = "Complétez l’une d’elles, ou réessayez demain."
    status = 429


class NotYoursToHandle(RefusedByRule):
    """Whose turn it is handles a request; never its author."""

    code = "ticket-not-yours-to-handle"
    sentence = "Cette demande est suivie à un autre niveau."
    remedy = "Vous pouvez encore la lire, et y laisser une note interne."
    status = 403


class NotAHelper(RefusedByRule):
    """A request is given to someone who helps at its level."""

    code = "ticket-not-a-helper"
    sentence = "Cette personne ne suit pas les demandes à ce niveau."
    remedy = "Choisissez quelqu’un de la liste."


class TooLateToReopen(RefusedByRule):
    """Past a time one asks anew."""

    code = "ticket-too-late-to-reopen"
    sentence = "Cette demande est close depuis plus d’un mois\u00a0: elle ne se rouvre plus."
    remedy = "Faites-en une nouvelle, en rappelant le numéro de celle-ci."


class TicketEnded(RefusedByRule):
    """What has ended neither waits nor passes on: it is reopened first."""

    code = "ticket-ended"
    sentence = "Cette demande est terminée."
    remedy = "Rouvrez-la d’abord."


class NoLevelThere(RefusedByRule):
    """Nobody helps at that level, or the request does not go there."""

    code = "ticket-no-level-there"
    sentence = "Cette demande ne peut pas être transmise à ce niveau."
    remedy = "Personne n’y administre l’ENT, ou la demande n’en relève pas."


class NoSuchState(RefusedByRule):
    """A helper says that it goes on, waits, or is solved."""

    code = "ticket-no-such-state"
    sentence = "Une demande ne prend pas cet état."


class CannedAnswerExists(RefusedByRule):
    """Two answers of one title in one place."""

    code = "canned-answer-exists"
    sentence = "Une réponse toute prête porte déjà ce titre."
    remedy = "Choisissez un autre titre."


class NotYourPlace(RefusedByRule):
    """Answers kept ready are written by those who administer the place."""

    code = "canned-answer-not-your-place"
    sentence = "Vous n’administrez pas le lieu de cette réponse toute prête."
    status = 403
