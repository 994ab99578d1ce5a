"""Passwords given to pupils by whoever teaches them, to be told or printed once."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts import assurance
from accounts.easy_passwords import easy_password
from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from core.audit import Entry, Someone


def give_passwords(*, people: Iterable[User], by: Someone) -> dict[int, str]:
    """Gives each of these pupils a password easy to read and type, theirs until they change it; their code and
    former password open nothing any more, their sessions end. Answers the passwords, which are kept nowhere,
    by primary key.

    Who may is the directory's rule; for pupils alone. Both logins of an account that absorbed another open it.
    Raises LowAssurance.
    """
    assurance.require_full()
    chosen = list(people)
    if any(person.profile != Profile.PUPIL for person in chosen):
        raise ValueError("easy passwords are for pupils")
    given: dict[int, str] = {}
    with audit.acting(by=by):
        for person in sorted(chosen, key=lambda each: each.pk):
            given[person.pk] = easy_password()
            accounts = User.everyone.filter(Q(pk=person.pk) | Q(merged_into=person.pk))
            accounts.update(
                password=make_password(given[person.pk]),
                code_open=False,
                session_epoch=F("session_epoch") + 1,
                activated_at=Coalesce("activated_at", clock.now()),
            )
        audit.record_all(Entry(verb="account.password_given", subject=person.uuid) for person in chosen)
    return given
