"""One of one's sessions ended, from another."""

from importlib import import_module
from uuid import UUID

from django.conf import settings

from accounts import assurance
from accounts.errors import NoSuchSession
from accounts.models import OpenSession, User
from core import audit


def end_session(*, by: User, session: UUID) -> None:
    """Ends one of one's own sessions, at its next request. Raises LowAssurance, NoSuchSession."""
    assurance.require_full()
    with audit.acting(by=by):
        found = OpenSession.objects.filter(person=by, uuid=session).first()
        if found is None:
            raise NoSuchSession()
        import_module(settings.SESSION_ENGINE).SessionStore(found.key).delete()
        found.delete()
        audit.record("account.session_ended", subject=by.uuid)
