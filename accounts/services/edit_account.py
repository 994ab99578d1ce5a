"""Who someone is, corrected by hand where no feed states it."""

from typing import Any

from accounts import assurance
from accounts.enums import Source
from accounts.errors import FedAccount
from accounts.models import User
from core import audit
from core.audit import Someone

# A login is kept for life, and one's own mail is the person's.
EDITABLE = ("first_name", "last_name", "birth_date", "civility", "email", "mobile_phone")


def edit_account(*, by: Someone, person: User, **said: Any) -> User:
    """Changes what is said of `EDITABLE`; the login stays. Who may is the directory's rule.

    Raises LowAssurance; FedAccount: what a feed states is corrected where the feed comes from.
    """
    assurance.require_full()
    unknown = set(said) - set(EDITABLE)
    if unknown:
        raise TypeError(f"not to be edited: {sorted(unknown)}")
    with audit.acting(by=by):
        fresh = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        if fresh.source != Source.MANUAL:
            raise FedAccount()
        given = {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}
        changed = {name: value for name, value in given.items() if getattr(fresh, name) != value}
        if changed:
            before = {name: getattr(fresh, name) for name in changed}
            for name, value in changed.items():
                setattr(fresh, name, value)
            fresh.save(update_fields=list(changed))
            audit.record("account.edited", subject=fresh.uuid, before=_told(before), after=_told(changed))
    return fresh


def _told(values: dict[str, Any]) -> dict[str, str | None]:
    return {name: str(value) if value is not None else None for name, value in values.items()}
