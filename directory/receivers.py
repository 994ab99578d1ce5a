"""What the directory does when accounts tells it something."""

from typing import Any

from directory.tasks import tell_leaving, tell_pre_deleted


def on_people_pre_deleted(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """They are told, as the law asks, from the queue."""
    if ids:
        tell_pre_deleted.delay(ids)


def on_people_leaving(sender: Any, ids: list[int], **kwargs: Any) -> None:
    """They are told some days before, once."""
    if ids:
        tell_leaving.delay(ids)
