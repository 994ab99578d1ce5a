"""What is solved closes by itself; what ended long ago is forgotten."""

from celery import shared_task

from support.services import forget


@shared_task(name="support.forget_tickets", ignore_result=True)
def forget_tickets() -> None:
    """Each night."""
    forget.close_solved()
    forget.forget_tickets()
