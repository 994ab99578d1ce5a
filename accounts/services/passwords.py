"""A password changed by its owner, by the one they have or by a link sent to them; sessions ended."""

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from accounts import assurance
from accounts.attempts import Attempt
from accounts.enums import Profile
from accounts.errors import LinkExpired, WeakPassword, WrongPassword
from accounts.links import password_token_holds
from accounts.models import User
from accounts.password_rules import LONGEST, Owner, problems
from core import audit, clock


def owner_of(person: User) -> Owner:
    """What the password rules ask about a person."""
    return Owner(Profile(person.profile), person.username, person.first_name, person.last_name)


def change_password(*, by: User, present: str, password: str, address: str) -> User:
    """Changes one's own password: every other session of theirs ends. Whoever has two logins, of accounts
    made one, changes that of the one whose present password they give.

    Raises LowAssurance, WrongPassword, TooManyAttempts, WeakPassword.
    """
    assurance.require_full()
    attempt = Attempt(by.username, address, kind="change")
    accounts = [by, *User.everyone.filter(merged_into=by).exclude(password="").order_by("pk")]
    mine = next((each for each in accounts if check_password(present[:LONGEST], each.password)), None)
    if mine is None:
        raise WrongPassword()
    attempt.succeeded()
    with audit.acting(by=by):
        return _set(_locked(mine), password, "account.password_changed")


def reset_password(*, person: User, token: str, password: str) -> User:
    """Sets the password by a link sent by mail, once; activates whoever had never signed in. Answers the
    person, whose account may have absorbed that one.

    Raises LinkExpired, WeakPassword.
    """
    with audit.acting(by=person):
        fresh = _locked(person)
        if not password_token_holds(fresh, token):
            raise LinkExpired()
        return _set(fresh, password, "account.password_reset")


def sign_out_everywhere(*, by: User) -> User:
    """Ends every session of one's own; the caller keeps theirs with `sessions.renew`. Raises LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        User.objects.filter(pk=by.pk).update(session_epoch=F("session_epoch") + 1)
        audit.record("account.signed_out_everywhere", subject=by.uuid)
    by.refresh_from_db(fields=["session_epoch"])
    return by


def _locked(person: User) -> User:
    return User.everyone.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def _set(person: User, password: str, verb: str) -> User:
    found = problems(password, owner_of(person))
    if found:
        raise WeakPassword(found)
    person.password = make_password(password)
    person.activated_at = person.activated_at or clock.now()
    person.code_open = False
    person.save(update_fields=["password", "activated_at", "code_open"])
    audit.record(verb, subject=person.uuid)
    return open_holder(person)


def open_holder(account: User) -> User:
    """The person of an account of which the password was just set: of an absorbed one, the account that
    has it is in use too, and its sessions end."""
    if account.merged_into_id is None:
        return account
    holders = User.everyone.filter(pk=account.merged_into_id)
    holders.update(session_epoch=F("session_epoch") + 1)
    for name in ("activated_at", "charter_accepted_at"):
        holders.filter(**{f"{name}__isnull": True}).update(**{name: getattr(account, name)})
    return holders.get()
