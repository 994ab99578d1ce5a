"""What the queue asks of accounts."""

from importlib import import_module
from typing import Any

from django.conf import settings

from accounts import open_sessions, takeout_job
from accounts.services import lifecycle, takeout
from core import clock
from core.jobs import job
from core.progress import Progress

__all__ = ["advance_lifecycle", "clear_sessions", "forget_takeouts", "takeout_job"]


@job("accounts.advance_lifecycle", label="Délais des comptes absents")
def advance_lifecycle(progress: Progress) -> dict[str, Any]:
    """Each night: grace, notice, pre-deletion, deletion."""
    done = lifecycle.advance(today=clock.today())
    return {"told": done.told, "pre_deleted": done.pre_deleted, "deleted": done.deleted}


@job("accounts.clear_sessions", label="Sessions terminées")
def clear_sessions(progress: Progress) -> dict[str, Any] | None:
    """Each night: sessions that ended leave the database."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    open_sessions.forget_old()
    return None


@job("accounts.forget_takeouts", label="Archives de contenus périmées")
def forget_takeouts(progress: Progress) -> dict[str, Any]:
    """Each night: archives past their days."""
    return {"forgotten": takeout.forget_old()}
