"""The sessions of a person, as they may know them and end them one by one: told by `accounts.sessions`."""

import re
from collections import OrderedDict
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import OpenSession, User
from core import clock

# When it was opened, kept in the session itself: one without is not followed.
OPENED = "opened"
# A use is written down so often, not at each request; each process remembers what it wrote.
EVERY = timedelta(minutes=10).total_seconds()
_REMEMBERED = 20_000
_written: OrderedDict[str, float] = OrderedDict()

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
UNKNOWN = "Navigateur inconnu"


def device_of(agent: str) -> str:
    """« Firefox sur Windows », from what the browser says of itself; nothing else of it is kept."""
    agent = agent[:400]
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if re.search(rf"\b{mark}", agent)), "")
    return " sur ".join(filter(None, [browser, system])) or UNKNOWN


def open_sessions_of(person: User) -> QuerySet[OpenSession]:
    """Those that still hold, the last used first."""
    since = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return OpenSession.objects.filter(person=person, seal=_seal(person), used_at__gt=since)


def key_of(request: HttpRequest) -> str:
    """The key of this request's session, which has one once it is kept."""
    return request.session.session_key or ""


def opened(request: HttpRequest, person: User) -> None:
    """A session begins."""
    now = clock.now()
    request.session[OPENED] = now.timestamp()
    if not request.session.session_key:
        request.session.create()
    OpenSession.objects.create(
        person=person,
        key=key_of(request),
        seal=_seal(person),
        device=device_of(request.headers.get("User-Agent", "")),
        opened_at=now,
        used_at=now,
    )


def renewed(request: HttpRequest, former: str, person: User) -> None:
    """A session goes on under another key, and another seal."""
    OpenSession.objects.filter(key=former).update(
        key=key_of(request), seal=_seal(person), used_at=clock.now()
    )


def ended(key: str) -> None:
    """A session is no more."""
    OpenSession.objects.filter(key=key).delete()


def note_use(session: SessionBase) -> None:
    """Writes down that a session is used, every ten minutes at most."""
    opened_at, key = session.get(OPENED), session.session_key or ""
    if opened_at is None:
        return
    now = clock.now().timestamp()
    if abs(now - _written.get(key, opened_at)) < EVERY:
        return
    _written[key] = now
    _written.move_to_end(key)
    while len(_written) > _REMEMBERED:
        _written.popitem(last=False)
    OpenSession.objects.filter(key=key).update(used_at=clock.now())


def forget_old() -> int:
    """Each night: those that nobody has used for as long as a session lasts. Answers how many."""
    since = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return OpenSession.objects.filter(used_at__lte=since).delete()[0]


def _seal(person: User) -> str:
    return person.get_session_auth_hash()
