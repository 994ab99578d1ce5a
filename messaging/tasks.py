"""Messages planned for now go; those whose worker died go on; reports and alerts too old are forgotten."""

from celery import shared_task

from messaging.services import alerts, reports, reviews
from messaging.services.alerts import mail_alert
from messaging.services.send import deliver_forgotten, send_by_job, send_planned

__all__ = ["forget_reports", "mail_alert", "send_by_job", "send_due"]


@shared_task(name="messaging.send_due", ignore_result=True)
def send_due() -> None:
    """Each minute: what was planned, what nobody asks to read any more, what is on its way for too long."""
    send_planned()
    reviews.release_unreviewed()
    deliver_forgotten()


@shared_task(name="messaging.forget_reports", ignore_result=True)
def forget_reports() -> None:
    """Each night, reports whose time is over, with what only they kept, and alerts."""
    reports.forget_reports()
    alerts.forget_alerts()
