"""What a school's settings refuse."""

from core.errors import DomainError


class BadSetting(DomainError):
    """A setting of a school that cannot be kept; `field` names it."""

    code = "bad-setting"
    sentence = "Ce réglage ne peut pas être gardé."


class NotToBeSeen(DomainError):
    """An item of the season that no word sets aside: only its count does."""

    code = "season-item-not-to-be-seen"
    status = 409
    sentence = "Ce point ne se coche pas à la main."
    remedy = "Il se coche de lui-même quand il n’y a plus rien à y faire."


class NotOfTheYear(DomainError):
    """A first day of class outside of its school year."""

    code = "day-not-of-the-year"
    sentence = "Ce jour n’est pas de cette année scolaire."
    remedy = "Choisissez le premier jour de classe de l’année qui se prépare."
