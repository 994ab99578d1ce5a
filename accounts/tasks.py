"""What the queue asks of accounts."""

from importlib import import_module
from typing import Any

from django.conf import settings

from accounts import open_sessions
from accounts.services import lifecycle
from core import clock
from core.jobs import job
from core.progress import Progress


@job("accounts.advance_lifecycle", label="Délais des comptes absents")
def advance_lifecycle(progress: Progress) -> dict[str, Any]:
    """Each night: grace, pre-deletion, deletion."""
    done = lifecycle.advance(today=clock.today())
    return {"pre_deleted": done.pre_deleted, "deleted": done.deleted}


@job("accounts.clear_sessions", label="Sessions terminées")
def clear_sessions(progress: Progress) -> dict[str, Any] | None:
    """Each night: sessions that ended leave the database."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    open_sessions.forget_old()
    return None
