"""Light is the exercise book, dark is the blackboard: a cookie holds the choice, none means the device's."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

COOKIE = "theme"
LIGHT, DARK, DEVICE = "light", "dark", "device"
CHOICES: tuple[tuple[str, str, str], ...] = (
    (DEVICE, "Comme l’appareil", "device-laptop"),
    (LIGHT, "Clair", "sun"),
    (DARK, "Sombre", "moon"),
)
_KEPT = timedelta(days=365)


def chosen(request: HttpRequest) -> str:
    """`light`, `dark`, or '' for the device's wish; any other value counts as none."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in {LIGHT, DARK} else ""


def keep(response: HttpResponse, choice: str, *, secure: bool) -> None:
    """Writes the choice on the answer; `device` forgets it. Read by the page's script, so not HttpOnly."""
    if choice in {LIGHT, DARK}:
        response.set_cookie(COOKIE, choice, max_age=_KEPT, secure=secure, httponly=False, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
