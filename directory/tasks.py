"""Mails of the directory, sent from the queue: a page's answer takes the same time whoever exists."""

from uuid import UUID

from celery import shared_task

from accounts.models import User
from directory import bulk_jobs, mails, password_jobs
from schools.models import School

__all__ = [
    "bulk_jobs",
    "password_jobs",
    "send_email_confirmation",
    "send_letters",
    "send_password_links",
    "tell_leaving",
    "tell_pre_deleted",
]


@shared_task(name="directory.send_password_links", ignore_result=True)
def send_password_links(email: str) -> None:
    """A forgotten password: one message with each account's link."""
    mails.send_password_links(email)


@shared_task(name="directory.send_email_confirmation", ignore_result=True)
def send_email_confirmation(person: str, email: str) -> None:
    """An address to confirm."""
    found = User.objects.filter(uuid=UUID(person)).first()
    if found is not None:
        mails.send_email_confirmation(found, email)


@shared_task(name="directory.tell_pre_deleted", ignore_result=True)
def tell_pre_deleted(ids: list[int]) -> None:
    """The accounts that last night's job put on their way out."""
    mails.tell_pre_deleted(User.objects.filter(pk__in=ids, pre_deleted_on__isnull=False))


@shared_task(name="directory.tell_leaving", ignore_result=True)
def tell_leaving(ids: list[int]) -> None:
    """The absent whom last night's job found due to be told; not whoever is back since."""
    mails.tell_leaving(User.objects.filter(pk__in=ids, absent_since__isnull=False))


@shared_task(name="directory.send_letters", ignore_result=True)
def send_letters(ids: list[int], school: int) -> None:
    """The first sign-in, by mail: a link each, to those who have none yet."""
    people = User.objects.present().filter(pk__in=ids, activated_at__isnull=True)
    mails.send_letters(people, School.objects.get(pk=school))
