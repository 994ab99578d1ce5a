"""Why something of the notice board is refused."""

from core.errors import DomainError, RefusedByRule


class NothingToTell(DomainError):
    """A notice that is posted has a title."""

    code = "notice-without-title"
    sentence = "Cette actualité n’a pas de titre."
    remedy = "Donnez-lui un titre court, puis publiez-la."


class ForNobody(DomainError):
    """A notice that is posted is for some profile, and the classes named are the school's."""

    code = "notice-for-nobody"
    sentence = "Cette actualité ne s’adresse à personne."
    remedy = "Cochez au moins un profil, puis publiez-la."


class WrongDates(DomainError):
    """It ends on its first day or later, within a year; it is not posted once over."""

    code = "notice-wrong-dates"
    sentence = "Ces dates ne vont pas ensemble."
    remedy = "Choisissez un dernier jour à venir, après le premier, et à un an au plus."


class NotInThisStage(RefusedByRule):
    """The act does not fit what the notice is now."""

    code = "notice-not-in-this-stage"
    sentence = "Cette actualité a changé entretemps."
    remedy = "Rechargez la page pour voir où elle en est."


class NothingAsked(RefusedByRule):
    """It asks nothing of this person."""

    code = "notice-asks-nothing"
    sentence = "Cette actualité ne vous demande pas de confirmer que vous l’avez lue."
    status = 403


class RemindedToday(RefusedByRule):
    """Relatives are reminded once a day at most."""

    code = "notice-reminded-today"
    sentence = "Un rappel est déjà parti aujourd’hui."
    remedy = "Vous pourrez en envoyer un autre demain."


class NobodyToRemind(RefusedByRule):
    """Everybody who was asked has read it."""

    code = "notice-nobody-to-remind"
    sentence = "Il ne reste personne à relancer."


class TooManyFavourites(RefusedByRule):
    """So many applications at hand (`most`)."""

    code = "too-many-app-favourites"
    sentence = "Votre accueil porte déjà beaucoup de favoris."
    remedy = "Retirez-en un, puis ajoutez celui-ci."
    to_pupil = "Tu as déjà beaucoup de favoris. Enlèves-en un d’abord."
