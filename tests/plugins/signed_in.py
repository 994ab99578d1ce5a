"""The test client signs people in as the site does: Django's own way would bring its permission tables."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.test.client import ClientMixin


def _login(self: Any, user: Any, backend: str | None = None) -> None:
    from accounts import sessions

    request = HttpRequest()
    request.session = self.session or import_module(settings.SESSION_ENGINE).SessionStore()
    sessions.begin(request, user)
    request.session.save()
    self._set_login_cookies(request)


ClientMixin._login = _login  # type: ignore[attr-defined]
