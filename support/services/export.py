"""A list of requests leaves the site: that is written down."""

from accounts.models import User
from core import audit


def exported(*, by: User, count: int) -> None:
    """Who took how many, when."""
    with audit.acting(by=by):
        audit.record("ticket.exported", after={"count": count})
