"""Why something of the notebooks is refused."""

from core.errors import DomainError, RefusedByRule


class NotYourBook(RefusedByRule):
    """Notebooks of this kind are begun by a school's team."""

    code = "notebook-not-for-you"
    sentence = "Seule l’équipe de l’école crée ce cahier."
    remedy = "Demandez à l’enseignant de la classe."
    status = 403
    to_pupil = "Seuls les adultes de l’école créent ce cahier."


class NotYourClass(RefusedByRule):
    """A notebook is for a class of whoever begins it, or of a school that they direct."""

    code = "notebook-not-your-class"
    sentence = "Cette classe n’est pas l’une des vôtres."
    remedy = "Choisissez une classe où vous enseignez, ou laissez le cahier sans classe."
    status = 403


class NotAWriter(RefusedByRule):
    """One contributes to a notebook to write in it; one changes one’s own entries, or manages it."""

    code = "notebook-not-a-writer"
    sentence = "Vous ne pouvez pas écrire ici."
    remedy = "Demandez à la personne qui gère ce cahier le droit de contribuer."
    status = 403
    to_pupil = "Tu ne peux pas écrire ici."


class NothingWritten(DomainError):
    """A piece of homework that is published says something."""

    code = "homework-empty"
    sentence = "Ce devoir ne dit rien encore."
    remedy = "Écrivez ce qu’il y a à faire, puis publiez-le."


class WrongDays(DomainError):
    """Homework is due on the day that it is given, or after, within a year."""

    code = "homework-wrong-days"
    sentence = "Ces dates ne vont pas ensemble."
    remedy = "Choisissez un jour à rendre qui vient après le jour donné, et à un an au plus."


class OutOfTheBook(RefusedByRule):
    """The entry was taken out of its book, or put back, meanwhile."""

    code = "homework-out-of-the-book"
    sentence = "Ce devoir a changé entretemps."
    remedy = "Rechargez la page pour voir où il en est."


class NotTicked(RefusedByRule):
    """Pupils alone tick their own homework."""

    code = "homework-not-yours-to-tick"
    sentence = "Seuls les élèves cochent leurs devoirs."
    status = 403


class NothingToCopy(DomainError):
    """The week, or the book, that is copied holds nothing."""

    code = "homework-nothing-to-copy"
    sentence = "Il n’y a aucun devoir à copier."
    remedy = "Choisissez une semaine, ou un cahier, où il y a des devoirs."


class TooManyToCopy(DomainError):
    """So many entries (`most`) in one act."""

    code = "homework-too-many-to-copy"
    sentence = "Ce cahier contient trop de devoirs pour être copié d’un coup."
    remedy = "Copiez-le semaine par semaine."


class ForNobodyYet(DomainError):
    """A word is for somebody."""

    code = "word-for-nobody"
    sentence = "Ce mot ne s’adresse à personne."
    remedy = "Choisissez une classe ou des élèves."


class NobodyToReceive(DomainError):
    """No child of whom it is for is at school any more."""

    code = "word-without-families"
    sentence = "Aucun élève n’est concerné par ce mot."
    remedy = "Choisissez une classe qui a des élèves, ou d’autres élèves."


class NotYourPupils(RefusedByRule):
    """Words are written to the families of one's own classes; the direction, of the school."""

    code = "word-not-your-pupils"
    sentence = "Ces élèves ne sont pas dans vos classes."
    remedy = "Retirez-les, ou demandez à la direction d’écrire ce mot."
    status = 403


class NothingToSay(DomainError):
    """A word that goes has a title and a text."""

    code = "word-empty"
    sentence = "Ce mot n’est pas complet."
    remedy = "Donnez-lui un titre et un texte, puis envoyez-le."


class WrongDeadline(DomainError):
    """Its deadline is to come, within a year."""

    code = "word-wrong-deadline"
    sentence = "Cette date limite ne convient pas."
    remedy = "Choisissez un jour à venir, à un an au plus."


class WordMoved(RefusedByRule):
    """The act does not fit what the word is now."""

    code = "word-not-in-this-state"
    sentence = "Ce mot a changé entretemps."
    remedy = "Rechargez la page pour voir où il en est."


class NotAsked(RefusedByRule):
    """It asks nothing of this person, or no more."""

    code = "word-asks-nothing"
    sentence = "Ce mot n’attend plus votre signature."
    remedy = "Pour toute question, écrivez à l’école."


class AnswerNeeded(DomainError):
    """An authorisation is answered by yes or by no."""

    code = "word-answer-needed"
    sentence = "Dites oui ou non."
    remedy = "Choisissez l’un des deux boutons."


class WordRemindedToday(RefusedByRule):
    """Families are reminded once a day at most."""

    code = "word-reminded-today"
    sentence = "Un rappel est déjà parti aujourd’hui."
    remedy = "Vous pourrez en envoyer un autre demain."


class NoFamilyToRemind(RefusedByRule):
    """Everybody who can be reached has signed."""

    code = "word-nobody-to-remind"
    sentence = "Il ne reste personne à relancer ici."
    remedy = "Imprimez les billets de ceux qui n’ont pas d’écran."


class NothingToPrint(RefusedByRule):
    """Nobody is left for whom a slip would be printed."""

    code = "word-nothing-to-print"
    sentence = "Il n’y a aucun billet à imprimer."


class NoCalendar(RefusedByRule):
    """A calendar is of oneself as a pupil, or of one's own child."""

    code = "homework-no-calendar"
    sentence = "L’agenda des devoirs est celui de vos enfants."
    remedy = "Si cet élève est votre enfant, parlez-en à la direction de l’école."
    status = 403
    to_pupil = "Cet agenda n’est pas le tien."
