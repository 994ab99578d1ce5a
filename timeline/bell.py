"""The number on the shell's bell: what someone has not read."""

from django.http import HttpRequest
from django.urls import reverse

from directory.annuaire.viewer import viewer_of
from sharing.reaching import reach_in
from timeline.lines import number_words
from timeline.querysets import unread_count
from ui import applications
from ui.bell import Bell


def ring(request: HttpRequest) -> Bell:
    """The bell of whoever is signed in, with its number."""
    most = Bell("", "").most
    shut = applications.closed(request)
    count = unread_count(viewer_of(request).person, reach_in(request), most=most + 1, shut=shut)
    words = number_words(count) if count else ""
    return Bell(reverse("timeline:index"), reverse("timeline:bell"), count, words)
