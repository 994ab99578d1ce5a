"""Mails of what is new, and what is too old to be told."""

from celery import shared_task

from timeline.enums import MailPace
from timeline.services import digests, forget

__all__ = ["forget_old", "gather_daily", "gather_weekly", "send_mails"]


@shared_task(name="timeline.gather_daily", ignore_result=True)
def gather_daily() -> None:
    """Each morning, what the daily mail tells."""
    digests.gather(pace=MailPace.DAILY)


@shared_task(name="timeline.gather_weekly", ignore_result=True)
def gather_weekly() -> None:
    """Each Monday, what the weekly mail tells."""
    digests.gather(pace=MailPace.WEEKLY)


@shared_task(name="timeline.send_mails", ignore_result=True)
def send_mails() -> None:
    """Every few minutes: what is to be told soon is gathered, what waits and may go is sent."""
    digests.gather(pace=MailPace.SOON)
    digests.send_waiting()


@shared_task(name="timeline.forget_old", ignore_result=True)
def forget_old() -> None:
    """Each night, what is older than a year and a half."""
    forget.forget_old()
