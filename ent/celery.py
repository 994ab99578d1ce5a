"""The worker and the scheduler: `celery -A ent worker`, `celery -A ent beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ent.settings")

app = Celery("ent")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


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
