"""An asynchronous web process's entry: joins the servers, then serves."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ent.settings")

from django.conf import settings

from core.embedded import services

services.join(settings.CARTABLE_DATA)
application = get_asgi_application()
