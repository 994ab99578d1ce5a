"""A first sign-in: the code opens a password of one's own."""

from django.contrib.auth.hashers import make_password

from accounts import gates
from accounts.errors import CodeRefused, KeptOut, SignInRefused, WeakPassword
from accounts.models import User
from accounts.password_rules import problems
from accounts.services.passwords import open_holder, owner_of
from accounts.services.sign_in import sign_in
from core import audit, clock


def check_code(*, login: str, code: str, address: str, device: str = "") -> User:
    """The account whose code this is. Raises CodeRefused, TooManyAttempts, KeptOut."""
    try:
        entered = sign_in(login=login, secret=code, address=address, device=device)
    except SignInRefused as refused:
        raise CodeRefused() from refused
    if not entered.by_code:
        raise CodeRefused()
    return entered.account


def activate(*, person: User, code_counter: int, password: str) -> User:
    """Sets the first password of the account whose code of this counter was given, the charter accepted;
    answers the person, whose account may have absorbed that one.

    Raises WeakPassword; CodeRefused when the code was used or renewed meanwhile; KeptOut.
    """
    with audit.acting(by=person):
        fresh = User.everyone.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        if not fresh.code_open or fresh.code_counter != code_counter:
            raise CodeRefused()
        refused = gates.refusal(fresh.holder)
        if refused is not None:
            raise KeptOut(refused)
        found = problems(password, owner_of(fresh))
        if found:
            raise WeakPassword(found)
        now = clock.now()
        fresh.password = make_password(password)
        fresh.activated_at = fresh.activated_at or now
        fresh.charter_accepted_at = now
        fresh.code_open = False
        fresh.save(update_fields=["password", "activated_at", "charter_accepted_at", "code_open"])
        audit.record("account.activated", subject=fresh.uuid)
        return open_holder(fresh)
