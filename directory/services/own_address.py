"""Someone wants an address as theirs: its holder is asked by mail, and nobody's mailbox is flooded."""

from accounts import assurance, attempts
from accounts.errors import TooManyAttempts
from accounts.models import User
from directory.tasks import send_email_confirmation

HOUR = 3600
TIMES = 5


def ask_confirmation(*, person: User, email: str) -> None:
    """Sends the link that confirms an address, from the queue. Raises LowAssurance; TooManyAttempts past
    five an hour, for the person as for the address."""
    assurance.require_full()
    of_person = attempts.allow("confirm-by", str(person.uuid), times=TIMES, seconds=HOUR)
    to_address = attempts.allow("confirm-to", email.lower(), times=TIMES, seconds=HOUR)
    if not (of_person and to_address):
        raise TooManyAttempts(HOUR)
    send_email_confirmation.delay(str(person.uuid), email)
