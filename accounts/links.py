"""Links sent by mail: sealed by the instance's key, good for a day, a password's for one use."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from accounts.models import User
from core import clock

GOOD_FOR = timedelta(hours=24)
_PASSWORD_SALT = "accounts.password_link"  # noqa: S105
_EMAIL_SALT = "accounts.email_link"


def password_token(person: User) -> str:
    """What a link to a new password holds. Used, or the password or the mailbox changed otherwise, it is over."""
    return _password_token(person, int(clock.now().timestamp()))


def password_token_holds(person: User, token: str) -> bool:
    """Whether this token is the person's, unused and less than a day old."""
    try:
        at = base36_to_int(token.partition("-")[0])
    except ValueError:
        return False
    age = clock.now().timestamp() - at
    fits = constant_time_compare(token, _password_token(person, at))
    return fits and 0 <= age <= GOOD_FOR.total_seconds()


@dataclass(frozen=True, slots=True)
class EmailAsked:
    """An address that a person wants as theirs."""

    person: UUID
    email: str
    state: str

    def holds_for(self, person: User) -> bool:
        """Whether the account is opened by what it was when the address was asked for."""
        return constant_time_compare(self.state, _state(person))


def email_token(person: User, email: str) -> str:
    """What a link that confirms an address holds; a change of address meanwhile ends it, and so does whatever
    ends sessions: an intruder who asked for it is out with theirs."""
    told = [str(person.uuid), email, person.own_email, int(clock.now().timestamp()), _state(person)]
    return signing.dumps(told, salt=_EMAIL_SALT)


def read_email_token(token: str) -> tuple[EmailAsked, str] | None:
    """Who asked for which address, and what their address was then; None when it does not hold."""
    try:
        uuid, email, former, at, state = signing.loads(token, salt=_EMAIL_SALT)
    except (signing.BadSignature, ValueError):  # one of before links held a state
        return None
    age = clock.now().timestamp() - at
    if not 0 <= age <= GOOD_FOR.total_seconds():
        return None
    return EmailAsked(UUID(uuid), email, state), former


def _state(person: User) -> str:
    """A seal of what opens the account now."""
    told = (person.uuid, person.password, person.code_counter, person.session_epoch)
    return salted_hmac(_EMAIL_SALT, ":".join(map(str, told)), algorithm="sha256").hexdigest()[:20]


def _password_token(person: User, at: int) -> str:
    told = (person.uuid, person.password, person.code_counter, person.session_epoch, person.contact_email, at)
    sealed = ":".join(map(str, told))
    return f"{int_to_base36(at)}-{salted_hmac(_PASSWORD_SALT, sealed, algorithm='sha256').hexdigest()[:40]}"
