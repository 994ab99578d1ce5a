"""What the queue asks of sharing."""

from typing import Any

from core.jobs import job
from core.progress import Progress
from sharing.services import withdraw


@job("sharing.forget_withdrawals", label="Retraits qui ne se reprennent plus")
def forget_withdrawals(progress: Progress) -> dict[str, Any]:
    """Each night: shares set aside long ago, after the school's next rollover, are erased."""
    return {"forgotten": withdraw.forget_old()}
