"""What a school's settings refuse."""

from core.errors import DomainError


class BadSetting(DomainError):
    """A setting of a school that cannot be kept; `field` names it."""

    code = "bad-setting"
    sentence = "Ce réglage ne peut pas être gardé."
