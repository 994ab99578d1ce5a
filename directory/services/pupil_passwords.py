"""Whoever looks after pupils gives them a password: their teachers, their administrators."""

from collections.abc import Iterable

from accounts.enums import Profile
from accounts.models import User
from accounts.services import easy_passwords
from directory.errors import OutOfReach
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.class_sheets import classes_taught, pupils_of
from directory.services.codes import people_looked_after_by


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


def give_password(*, by: User, pupil: User) -> str:
    """The same, for one pupil, by whoever may renew their code. Raises OutOfReach: for pupils alone."""
    if pupil.profile != Profile.PUPIL or not people_looked_after_by(by).filter(pk=pupil.pk).exists():
        raise OutOfReach()
    return easy_passwords.give_passwords(people=[pupil], by=by)[pupil.pk]
