"""What an administrator takes off the card of somebody of their scope: nobody moderates it beforehand."""

from accounts.models import User
from accounts.services import own_card
from directory.authority import require_person


def take_motto_away(*, by: User, person: User) -> User:
    """Raises NotYours, Outranked."""
    require_person(by, person)
    return own_card.take_motto_away(by=by, person=person)


def take_photo_away(*, by: User, person: User) -> User:
    """Raises NotYours, Outranked."""
    require_person(by, person)
    return own_card.take_photo_away(by=by, person=person)
