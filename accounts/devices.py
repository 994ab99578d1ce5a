"""A browser in which someone got in before: a random mark in a cookie, which says nothing by itself.

It lets its owner in while somebody of the same address guesses: a pupil who types wrong passwords at
school shuts nobody out of a browser of their own.
"""

import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "cartable_device"
KEPT_FOR = timedelta(days=90)
_MARK = re.compile(r"[A-Za-z0-9_-]{32}")


def mark_of(request: HttpRequest) -> str:
    """This browser's mark; a new one where it has none that could be ours."""
    held = request.COOKIES.get(COOKIE, "")
    return held if _MARK.fullmatch(held) else secrets.token_urlsafe(24)


def keep(response: HttpResponse, mark: str) -> None:
    """Leaves the mark in the browser of whoever has just got in."""
    response.set_cookie(
        COOKIE, mark, max_age=KEPT_FOR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
