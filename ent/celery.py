"""The worker and the scheduler: `celery -A ent worker`, `celery -A ent beat`.

A message carries the clock of whoever sent it: a rehearsed year holds in the worker too.
"""

import os
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import (
    beat_init,
    before_task_publish,
    celeryd_init,
    task_postrun,
    task_prerun,
    worker_ready,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ent.settings")

from core import clock

CLOCK = "cartable_clock"  # a message's header: seconds from the machine's clock

app = Celery("ent")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_moved: dict[str, AbstractContextManager[None]] = {}


@before_task_publish.connect
def carry_clock(headers: dict[str, Any] | None = None, **_: Any) -> None:
    if headers is not None:
        headers[CLOCK] = clock.shift().total_seconds()


@task_prerun.connect
def take_clock(task_id: str = "", task: Any = None, **_: Any) -> None:
    seconds = getattr(task.request, CLOCK, None)
    if seconds is not None:
        _moved[task_id] = clock.at(timedelta(seconds=seconds))
        _moved[task_id].__enter__()


@task_postrun.connect
def leave_clock(task_id: str = "", **_: Any) -> None:
    if moved := _moved.pop(task_id, None):
        moved.__exit__(None, None, None)


@celeryd_init.connect
@beat_init.connect
def join_servers(**_: Any) -> None:
    from django.conf import settings

    from core.embedded import services

    services.join(settings.CARTABLE_DATA)


@worker_ready.connect
def say_alive(**_: Any) -> None:
    """Through the queue, so that `/readyz` need not wait for the schedule's first round."""
    app.send_task("core.say_alive")
