"""An account made by hand ends, or comes back, by the word of whoever administers its person."""

from accounts.models import User
from accounts.services import lifecycle
from directory.authority import require_person, require_whole
from directory.errors import NotOneself


def delete_account(*, by: User, person: User) -> None:
    """« Supprimer le compte »: at once, for one that nobody ever signed in to.

    Raises NotOneself, NotYours, Outranked, BelongsElsewhere, FedAccount, AccountUsed.
    """
    _require(by, person)
    lifecycle.delete(person=person, by=by)


def pre_delete_account(*, by: User, person: User) -> User:
    """« Pré-supprimer le compte »: on its way out, and still to be restored whole.

    Raises NotOneself, NotYours, Outranked, BelongsElsewhere, FedAccount, AlreadyPreDeleted.
    """
    _require(by, person)
    return lifecycle.pre_delete(person=person, by=by)


def restore_account(*, by: User, person: User) -> User:
    """« Restaurer »: as it was. Raises NotYours, Outranked, NotPreDeleted."""
    require_person(by, person)
    return lifecycle.restore(person=person, by=by)


def _require(by: User, person: User) -> None:
    if person.pk == by.pk:
        raise NotOneself()
    require_person(by, person)
    require_whole(by, person)
