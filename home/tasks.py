"""Notices whose day has come."""

from celery import shared_task

from home.services import tell

__all__ = ["tell_notices"]


@shared_task(name="home.tell_notices", ignore_result=True)
def tell_notices() -> None:
    """Every few minutes: told in what is new, each once."""
    tell.tell_due()
