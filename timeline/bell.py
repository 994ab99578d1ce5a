"""The bell of the shell, rung by what someone has not read."""

from django.http import HttpRequest
from django.urls import reverse

from directory.annuaire.viewer import viewer_of
from sharing.reaching import reach_in
from timeline.lines import number_words
from timeline.querysets import unread_count
from ui import applications, bell

MOST = 99
_KEPT = "_timeline_unread"


def ring(request: HttpRequest) -> bell.Bell:
    """Counted once a request."""
    count = getattr(request, _KEPT, None)
    if count is None:
        shut = applications.closed(request)
        count = unread_count(viewer_of(request).person, reach_in(request), most=MOST + 1, shut=shut)
        setattr(request, _KEPT, count)
    words = number_words(count) if count else ""
    return bell.Bell(reverse("timeline:index"), reverse("timeline:bell"), count, words, MOST)


def register() -> None:
    """To be called in `ready()`."""
    bell.provide(ring)
