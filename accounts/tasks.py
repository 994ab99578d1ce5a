"""What the queue asks of accounts."""

from typing import Any

from accounts.services import lifecycle
from core import clock
from core.jobs import job
from core.progress import Progress


@job("accounts.advance_lifecycle", label="Délais des comptes absents")
def advance_lifecycle(progress: Progress) -> dict[str, Any]:
    """Each night: grace, pre-deletion, deletion."""
    done = lifecycle.advance(today=clock.today())
    return {"pre_deleted": done.pre_deleted, "deleted": done.deleted}
