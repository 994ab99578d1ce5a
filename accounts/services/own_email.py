"""The address that a person chooses: theirs once a link sent to it was opened."""

from accounts import assurance
from accounts.errors import LinkExpired
from accounts.links import read_email_token
from accounts.models import User
from core import audit


def confirm_own_email(*, token: str) -> User:
    """Keeps the address that the link was sent to. Raises LinkExpired."""
    found = read_email_token(token)
    if found is None:
        raise LinkExpired()
    asked, former = found
    person = User.objects.filter(uuid=asked.person, own_email=former).first()
    if person is None or not asked.holds_for(person):
        raise LinkExpired()
    with audit.acting(by=person):
        person.own_email = asked.email
        person.save(update_fields=["own_email"])
        audit.record("account.email_chosen", subject=person.uuid, before={"own_email": former})
    return person


def forget_own_email(*, by: User) -> User:
    """Back to the address that the feed gives, if any. Raises LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        by.own_email = ""
        by.save(update_fields=["own_email"])
        audit.record("account.email_forgotten", subject=by.uuid)
    return by
