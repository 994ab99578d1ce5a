"""A new activation code: the former one, and the password, no longer open anything."""

from collections.abc import Iterable

from django.db.models import F

from accounts import assurance
from accounts.models import User
from core import audit
from core.audit import Entry, Someone


def renew_codes(*, people: Iterable[User], by: Someone | None) -> int:
    """Gives each of these people a new code, whose first use asks for a password; ends their sessions.

    Who may is the directory's rule. Answers how many. Raises LowAssurance.
    """
    assurance.require_full()
    chosen = list(people)
    with audit.acting(by=by):
        keys = [person.pk for person in chosen]
        # Codes of accounts that theirs have absorbed open theirs too.
        User.everyone.filter(merged_into__in=keys).update(
            code_counter=F("code_counter") + 1, code_open=True, password=""
        )
        count = User.objects.filter(pk__in=keys).update(
            code_counter=F("code_counter") + 1,
            code_open=True,
            password="",
            session_epoch=F("session_epoch") + 1,
        )
        audit.record_all(Entry(verb="account.code_renewed", subject=person.uuid) for person in chosen)
    return count
