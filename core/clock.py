"""What time it is: one function for all, over a context variable that jobs carry.

`CARTABLE_NOW` (ISO 8601, outside production) starts the clock of commands, web and worker at that
instant, from which it runs on, so that a school year can be rehearsed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_shift: ContextVar[timedelta | None] = ContextVar("cartable_clock_shift", default=None)
_process_shift: dict[str, timedelta] = {}


def now() -> datetime:
    """The present instant, aware."""
    moved = shift()  # first: the clock must not read earlier than the instant it starts at
    return timezone.now() + moved


def today() -> date:
    """The present day in the current time zone."""
    return timezone.localtime(now()).date()


def shift() -> timedelta:
    """How far this context's clock runs from the machine's."""
    carried = _shift.get()
    return carried if carried is not None else _started_shift()


@contextmanager
def at(instant: datetime | timedelta) -> Iterator[None]:
    """Runs a block with the clock started at an aware instant, or shifted by a duration."""
    moved = instant if isinstance(instant, timedelta) else instant - timezone.now()
    token = _shift.set(moved)
    try:
        yield
    finally:
        _shift.reset(token)


def _started_shift() -> timedelta:
    wanted = os.environ.get("CARTABLE_NOW", "")
    if not wanted or settings.CARTABLE_PRODUCTION:
        return timedelta(0)
    if wanted not in _process_shift:
        instant = datetime.fromisoformat(wanted)
        if timezone.is_naive(instant):
            instant = timezone.make_aware(instant)
        _process_shift[wanted] = instant - timezone.now()
    return _process_shift[wanted]
