"""The worker and the scheduler: `celery -A ent worker`, `celery -A ent beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init

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
