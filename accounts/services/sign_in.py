"""Who is at the door: a login and a password, or the code of a first time."""

from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password

from accounts import codes, gates
from accounts.attempts import Attempt
from accounts.errors import KeptOut, SignInRefused
from accounts.models import User
from accounts.password_rules import LONGEST
from accounts.rules import normalise_login


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in; `by_code` when what they gave was their activation code: a password comes next.

    `account` is the one whose login it was: the person's own, or one that theirs has absorbed.
    """

    person: User
    account: User
    by_code: bool


def sign_in(*, login: str, secret: str, address: str, device: str = "") -> Entered:
    """Judges what was typed: takes the same time and says the same whether the login exists or not.

    Raises SignInRefused, TooManyAttempts; KeptOut, with the reason, to whoever proved who they are.
    """
    username = normalise_login(login)
    attempt = Attempt(username, address, device=device)
    known = User.everyone.select_related("merged_into")
    account = known.filter(username=username).first() if username else None
    by_password = _holds(account, secret)
    by_code = account is not None and account.code_open and _is_code(account, secret)
    if account is None or not (by_password or by_code):
        raise SignInRefused()
    attempt.succeeded()
    refused = gates.refusal(account.holder)
    if refused is not None:
        raise KeptOut(refused)
    return Entered(person=account.holder, account=account, by_code=by_code and not by_password)


def _holds(person: User | None, secret: str) -> bool:
    """Whether this is the person's password; hashes once in every case."""
    secret = secret[:LONGEST]
    if person is None or not person.password:
        make_password(secret)
        return False
    return check_password(secret, person.password, setter=lambda raw: _rehash(person, raw))


def _rehash(person: User, raw: str) -> None:
    """The hasher's settings changed: the same password, hashed by today's."""
    User.everyone.filter(pk=person.pk, password=person.password).update(password=make_password(raw))
    person.refresh_from_db(fields=["password"])


def _is_code(person: User, secret: str) -> bool:
    return codes.fits(secret, person.uuid, person.code_counter)
