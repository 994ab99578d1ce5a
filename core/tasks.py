"""What core asks of the queue by itself."""

import logging

from celery import shared_task
from django.core.cache import cache

from core import invariants, jobs
from core.storage import tasks as storage_tasks

__all__ = ["check_invariants", "forget_finished_jobs", "resend_forgotten_jobs", "say_alive", "storage_tasks"]

log = logging.getLogger(__name__)

ALIVE_KEY = "worker:alive"
ALIVE_SECONDS = 30


@shared_task(name="core.resend_forgotten_jobs", ignore_result=True)
def resend_forgotten_jobs() -> None:
    """Jobs whose message was lost are sent again."""
    jobs.resend_forgotten()


@shared_task(name="core.forget_finished_jobs", ignore_result=True)
def forget_finished_jobs() -> None:
    """Jobs long finished leave the database."""
    jobs.forget_finished()


@shared_task(name="core.say_alive", ignore_result=True)
def say_alive() -> None:
    """A worker took this message: `/readyz` reads the mark that it leaves."""
    cache.set(ALIVE_KEY, True, ALIVE_SECONDS)


@shared_task(name="core.check_invariants", ignore_result=True)
def check_invariants() -> None:
    """What must always be true is asked each night; what is not is an error of the log."""
    for broken in invariants.run_all():
        log.error(
            "invariant %s is broken by %d rows: %s", broken.invariant.name, broken.count, broken.rows[:3]
        )
