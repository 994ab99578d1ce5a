"""What one made, removed in two steps, whatever its application: to the trash and back, then for good."""

from collections.abc import Sequence

from accounts import assurance
from accounts.models import User
from sharing.models import Resource
from sharing.services import resources as things
from sharing.services.resources import Trashed
from sharing.services.school_things import erase_thrown


def throw(*, by: User, resources: Sequence[Resource]) -> Trashed:
    """To the trash: nobody else sees them any more, and they come back as they were. All, or none.

    Raises NotTheOwner, InTrash.
    """
    return things.trash_all(by=by, resources=resources)


def bring_back(*, by: User, resources: Sequence[Resource]) -> list[Resource]:
    """Out of the trash, for those who saw them too. All, or none. Raises NotTheOwner."""
    return things.restore_all(by=by, resources=resources)


def erase(*, by: User, resources: Sequence[Resource]) -> int:
    """Deletes for good what is in the trash, with what went there with it; answers how many things.

    Raises LowAssurance, NotTheOwner, NotInTrash.
    """
    assurance.require_full()
    return erase_thrown(by=by, resources=resources)
