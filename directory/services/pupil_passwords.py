"""A teacher gives a password to pupils of their own class, who lost theirs or have none yet."""

from collections.abc import Iterable

from accounts.models import User
from accounts.services import easy_passwords
from directory.errors import OutOfReach
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.class_sheets import classes_taught, pupils_of


def give_passwords(*, by: User, school_class: SchoolClass, pupils: Iterable[User]) -> dict[int, str]:
    """Passwords of two words and two digits, to be shown or printed once, by primary key; sessions end.

    A pupil of primary school may keep theirs: asked to choose another alone at a screen, the youngest would
    be left outside; *Mon compte* changes it. Raises OutOfReach: for teachers of the class, for its pupils.
    """
    chosen = list(pupils)
    if not classes_taught(standpoint_of(by)).filter(pk=school_class.pk).exists():
        raise OutOfReach("Cette classe n’existe pas.")
    keys = {pupil.pk for pupil in chosen}
    if pupils_of(school_class).filter(pk__in=keys).count() != len(keys):
        raise OutOfReach()
    return easy_passwords.give_passwords(people=chosen, by=by)
