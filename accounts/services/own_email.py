"""The address that a person chooses: theirs once a link sent to it was opened."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts import assurance
from accounts.errors import LinkExpired
from accounts.links import read_email_token
from accounts.models import User
from core import audit
from core.audit import Entry, Someone
from core.models import AuditEntry

CHOSEN = "account.email_chosen"


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
        audit.record(CHOSEN, subject=person.uuid, before={"own_email": former})
    return person


def forget_own_email(*, by: User) -> User:
    """Back to the address that the feed gives, if any. Raises LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        by.own_email = ""
        by.save(update_fields=["own_email"])
        audit.record("account.email_forgotten", subject=by.uuid)
    return by


def chosen_since(since: datetime) -> QuerySet[AuditEntry, UUID | None]:
    """Who chose an address since, by UUID."""
    return AuditEntry.objects.filter(verb=CHOSEN, at__gte=since).order_by().values_list("subject", flat=True)


def forget_chosen_since(*, people: Iterable[User], since: datetime, by: Someone | None) -> int:
    """Addresses that these people chose since are theirs no more: an intruder may have chosen them. Who may is
    the directory's rule. Answers how many. Raises LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        rows = User.everyone.filter(pk__in=[person.pk for person in people], uuid__in=chosen_since(since))
        found = list(rows.exclude(own_email="").select_for_update(of=("self",)))
        User.everyone.filter(pk__in=[person.pk for person in found]).update(own_email="")
        audit.record_all(
            Entry(verb="account.email_forgotten", subject=person.uuid, before={"own_email": person.own_email})
            for person in found
        )
    return len(found)
